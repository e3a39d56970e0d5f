// What copying from chats, address books and web pages leaves in text without anybody seeing it.
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>

#include "kernel/values/readers.hpp"

namespace ponte::values {
namespace {

struct Range {
    utf8proc_int32_t first, last;
};

constexpr Range unseen[] = {
    {0xAD, 0xAD},     {0x34F, 0x34F},   {0x61C, 0x61C},   {0x115F, 0x1160}, {0x17B4, 0x17B5},
    {0x180B, 0x180E}, {0x200B, 0x200B}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F},
    {0x3164, 0x3164}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF},
};
constexpr Range blanks[] = {
    {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029},
    {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
};
// They join what stands beside them in emoji and in some scripts; in ours they are dirt.
constexpr Range joiners{0x200C, 0x200D};
constexpr utf8proc_int32_t first_that_joins = 0x600;

bool is_in(utf8proc_int32_t c, Range range) { return c >= range.first && c <= range.last; }

bool is_in(utf8proc_int32_t c, std::span<const Range> ranges) {
    return std::ranges::any_of(ranges, [c](Range range) { return is_in(c, range); });
}

bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Letters of Latin-1 and what cannot be dirt: nothing to look at twice.
bool is_surely_clean(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x80) {
            continue;
        }
        if (c != 0xC3 || i + 1 == text.size()) {
            return false;
        }
        ++i;
    }
    return true;
}

std::string without_dirt(std::string_view text) {
    std::string out;
    utf8proc_int32_t before = 0;
    for (std::size_t i = 0; i < text.size();) {
        utf8proc_int32_t c = 0;
        const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + i;
        const auto length = static_cast<std::size_t>(
            utf8proc_iterate(at, static_cast<utf8proc_ssize_t>(text.size() - i), &c));
        const bool is_dirt = is_in(c, unseen) || (is_in(c, joiners) && before < first_that_joins);
        if (is_in(c, blanks)) {
            out.push_back(' ');
        } else if (!is_dirt) {
            out.append(text.substr(i, length));
            before = c;
        }
        i += length;
    }
    return out;
}

void compose(std::string& text) {
    utf8proc_uint8_t* made = nullptr;
    const auto* from = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto length =
        utf8proc_map(from, static_cast<utf8proc_ssize_t>(text.size()), &made,
                     static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(made, &std::free);
    if (length >= 0) {
        text.assign(reinterpret_cast<const char*>(made), static_cast<std::size_t>(length));
    }
}

}  // namespace

std::string_view cleaned(std::string_view text, std::string& store) {
    if (is_plain(text) || is_surely_clean(text) || !is_valid_utf8(text)) {
        return text;
    }
    store = without_dirt(text);
    if (!is_surely_clean(store)) {
        compose(store);
    }
    return store;
}

}  // namespace ponte::values
