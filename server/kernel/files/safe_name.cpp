#include "kernel/files/safe_name.hpp"

#include <cstdint>

#include "kernel/http.hpp"
#include "kernel/values.hpp"

namespace ponte::files {
namespace {

constexpr std::size_t longest_ending = 20;

std::size_t bytes_at(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

std::uint32_t letter_at(std::string_view text, std::size_t at, std::size_t bytes) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    std::uint32_t letter = bytes == 1 ? byte(0) : byte(0) & (0x7fU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        letter = (letter << 6U) | (byte(i) & 0x3fU);
    }
    return letter;
}

// Control characters; marks of direction, with which "exe.pdf" can be read backwards; marks without
// a width, and ends of lines.
bool is_unseen(std::uint32_t letter) {
    return letter < 0x20 || (letter >= 0x7f && letter <= 0x9f) || letter == 0xad ||
           letter == 0x61c || (letter >= 0x200b && letter <= 0x200f) ||
           (letter >= 0x2028 && letter <= 0x202e) || (letter >= 0x2060 && letter <= 0x206f) ||
           letter == 0xfeff || (letter >= 0xfff0 && letter <= 0xfffb) ||
           (letter >= 0xe0000 && letter <= 0xe007f);
}

// What file systems take for something else.
bool is_reserved(char c) { return std::string_view("<>:\"|?*").find(c) != std::string_view::npos; }

std::string first_letters(std::string_view text, std::size_t most) {
    std::size_t at = 0;
    for (std::size_t letters = 0; at < text.size() && letters < most; ++letters) {
        at += bytes_at(text, at);
    }
    return std::string(text.substr(0, at));
}

}  // namespace

std::string ending_of(std::string_view name) {
    const auto dot = name.rfind('.');
    if (dot == name.npos || dot == 0 || name.size() - dot - 1 > longest_ending) {
        return {};
    }
    return folded(name.substr(dot + 1));
}

std::string safe_name(std::string_view sent, std::string_view otherwise) {
    if (!is_valid_utf8(sent)) {
        return std::string(otherwise);
    }
    sent = sent.substr(sent.find_last_of("/\\") + 1);
    std::string name;
    for (std::size_t at = 0; at < sent.size();) {
        const std::size_t bytes = bytes_at(sent, at);
        if (!is_unseen(letter_at(sent, at, bytes))) {
            is_reserved(sent[at]) ? name.push_back('_') : (void)name.append(sent, at, bytes);
        }
        at += bytes;
    }
    // Leading dots hide a file, trailing ones are dropped by some systems and change its ending.
    const auto first = name.find_first_not_of(" .");
    const auto last = name.find_last_not_of(" .");
    if (first == name.npos) {
        return std::string(otherwise);
    }
    name = name.substr(first, last - first + 1);
    if (utf8_length(name) > longest_name) {
        const auto dot = name.rfind('.');
        const bool has_ending = dot != name.npos && name.size() - dot <= longest_ending;
        const std::string ending = has_ending ? name.substr(dot) : std::string{};
        name = first_letters(name, longest_name - utf8_length(ending)) + ending;
    }
    return name;
}

std::string content_disposition(Shown shown, std::string_view name) {
    std::string plain;
    for (const char c : name) {
        const bool is_plain = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '%';
        plain.push_back(is_plain ? c : '_');
    }
    return std::string(shown == Shown::in_place ? "inline" : "attachment") + "; filename=\"" +
           plain + "\"; filename*=UTF-8''" + http::url_encode(name);
}

}  // namespace ponte::files
