#include <cstring>

#include "kernel/values/readers.hpp"

namespace ponte {
namespace values {
namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Length of the invisible character at the start or end of the text; 0 when there is none.
std::size_t invisible_at_start(std::string_view text) {
    if (is_blank(text.front())) {
        return 1;
    }
    if (text.starts_with("\xC2\xA0")) {
        return 2;
    }
    return text.starts_with("\xE2\x80\x8B") || text.starts_with("\xEF\xBB\xBF") ||
                   text.starts_with("\xE2\x80\xAF")
               ? 3
               : 0;
}

std::size_t invisible_at_end(std::string_view text) {
    if (is_blank(text.back())) {
        return 1;
    }
    if (text.ends_with("\xC2\xA0")) {
        return 2;
    }
    return text.ends_with("\xE2\x80\x8B") || text.ends_with("\xEF\xBB\xBF") ||
                   text.ends_with("\xE2\x80\xAF")
               ? 3
               : 0;
}

// Eight bytes at a time: is everything printable ASCII (no control character, no high bit)?
bool is_plain_word(const char* bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    constexpr std::uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    const std::uint64_t below_blank = (word - ones * 0x20u) & ~word & highs;
    const std::uint64_t delete_sign = word ^ (ones * 0x7Fu);
    const std::uint64_t has_delete = (delete_sign - ones) & ~delete_sign & highs;
    return ((word & highs) | below_blank | has_delete) == 0;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = invisible_at_start(text);
        if (length == 0) {
            break;
        }
        text.remove_prefix(length);
    }
    while (!text.empty()) {
        const std::size_t length = invisible_at_end(text);
        if (length == 0) {
            break;
        }
        text.remove_suffix(length);
    }
    return text;
}

std::string_view text_problem(std::string_view text, Lines lines) {
    std::size_t i = 0;
    while (i + 8 <= text.size() && is_plain_word(text.data() + i)) {
        i += 8;
    }
    bool has_high = false;
    for (std::size_t j = i; j < text.size(); ++j) {
        const auto c = static_cast<unsigned char>(text[j]);
        const bool is_line = lines == Lines::many && (c == '\n' || c == '\r' || c == '\t');
        if ((c < 0x20 && !is_line) || c == 0x7F) {
            return "characters";
        }
        has_high = has_high || c >= 0x80;
    }
    return has_high && !is_valid_utf8(text.substr(i)) ? "encoding" : "";
}

}  // namespace values

bool is_valid_utf8(std::string_view text) {
    const auto* at = reinterpret_cast<const unsigned char*>(text.data());
    const auto* end = at + text.size();
    const auto follows = [&](std::ptrdiff_t n) { return at + n < end && (at[n] & 0xC0) == 0x80; };
    while (at < end) {
        if (*at < 0x80) {
            ++at;
        } else if (*at >= 0xC2 && *at <= 0xDF) {
            if (!follows(1)) {
                return false;
            }
            at += 2;
        } else if (*at >= 0xE0 && *at <= 0xEF) {
            if (!follows(1) || !follows(2) || (*at == 0xE0 && at[1] < 0xA0) ||
                (*at == 0xED && at[1] > 0x9F)) {  // overlong forms and surrogates
                return false;
            }
            at += 3;
        } else if (*at >= 0xF0 && *at <= 0xF4) {
            if (!follows(1) || !follows(2) || !follows(3) || (*at == 0xF0 && at[1] < 0x90) ||
                (*at == 0xF4 && at[1] > 0x8F)) {
                return false;
            }
            at += 4;
        } else {
            return false;
        }
    }
    return true;
}

std::size_t utf8_length(std::string_view text) {
    std::size_t length = 0;
    for (const char c : text) {
        length += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }
    return length;
}

std::string pascal_case(std::string_view name) {
    std::string out;
    bool starts_word = true;
    for (const char c : name) {
        if (c == '_' || c == '-' || c == '.') {
            starts_word = true;
            continue;
        }
        const bool is_small = c >= 'a' && c <= 'z';
        out.push_back(starts_word && is_small ? static_cast<char>(c - 32) : c);
        starts_word = false;
    }
    return out;
}

std::string camel_case(std::string_view snake) {
    std::string out;
    out.reserve(snake.size());
    bool is_start = false;
    for (const char c : snake) {
        if (c == '_') {
            is_start = true;
            continue;
        }
        out.push_back(is_start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        is_start = false;
    }
    return out;
}

std::string snake_case(std::string_view camel) {
    std::string out;
    out.reserve(camel.size() + 4);
    for (const char c : camel) {
        if (c >= 'A' && c <= 'Z') {
            out.push_back('_');
            out.push_back(static_cast<char>(c - 'A' + 'a'));
        } else {
            out.push_back(c);
        }
    }
    return out;
}

}  // namespace ponte
