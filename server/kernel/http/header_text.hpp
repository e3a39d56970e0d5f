// Header names and values are ASCII words whose case does not count.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace ponte::http {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

inline std::string lower_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

inline bool is_same_word(std::string_view text, std::string_view lower_case_word) {
    return text.size() == lower_case_word.size() &&
           std::equal(text.begin(), text.end(), lower_case_word.begin(),
                      [](char a, char b) { return lower(a) == b; });
}

constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

// Takes the part before the next `separator` off the front of `rest`.
constexpr std::string_view take_part(std::string_view& rest, char separator) {
    const auto end = std::min(rest.find(separator), rest.size());
    const auto part = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

}  // namespace ponte::http
