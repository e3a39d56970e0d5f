// Search and sorting compare text without case and accents: letter by letter what the database's
// sort_key makes of it, for every character there is (a test compares them all).
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "kernel/values.hpp"
#include "kernel/values/folding.hpp"

namespace ponte {
namespace {

constexpr char32_t end_of_tables = 0x20000;  // beyond stand Han characters, which stay as they are

struct Character {
    char32_t code = 0;
    std::size_t length = 1;
};

// Bytes that are no UTF-8 come out one by one.
Character character_at(std::string_view text, std::size_t i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const auto next = [&](std::size_t n) {
        return i + n < text.size() ? static_cast<unsigned char>(text[i + n]) & 0x3Fu : 0u;
    };
    if (lead >= 0xC2 && lead <= 0xDF) {
        return {((lead & 0x1Fu) << 6) | next(1), 2};
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return {((lead & 0x0Fu) << 12) | (next(1) << 6) | next(2), 3};
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        return {((lead & 0x07u) << 18) | (next(1) << 12) | (next(2) << 6) | next(3), 4};
    }
    return {lead, 1};
}

// Where a character's replacement stands in the list, in pages of which most stay empty.
class FoldTable {
public:
    FoldTable() {
        const std::string_view list = values::foldings;
        for (std::size_t begin = 0; begin < list.size();) {
            const std::size_t end = std::min(list.find(' ', begin), list.size());
            const Character from = character_at(list, begin);
            add(from.code, begin + from.length);
            begin = end + 1;
        }
    }

    // Empty when the character stays as it is.
    std::string_view of(char32_t code) const {
        if (code >= end_of_tables || !pages_[code >> 8]) {
            return {};
        }
        const std::uint16_t at = (*pages_[code >> 8])[code & 0xFF];
        const std::string_view list = values::foldings;
        return at == 0 ? std::string_view{} : list.substr(at, list.find(' ', at) - at);
    }

private:
    using Page = std::array<std::uint16_t, 256>;

    void add(char32_t code, std::size_t place) {
        auto& page = pages_[code >> 8];
        if (!page) {
            page = std::make_unique<Page>();
        }
        (*page)[code & 0xFF] = static_cast<std::uint16_t>(place);
    }

    std::array<std::unique_ptr<Page>, (end_of_tables >> 8)> pages_;
};

bool is_blank(char32_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0; }

// Accents that stand beside their letter, and rings and frames around one.
bool vanishes(char32_t c) {
    return (c >= 0x300 && c <= 0x362) || (c >= 0x20DD && c <= 0x20E4 && c != 0x20E1);
}

}  // namespace

std::string folded(std::string_view text) {
    static const FoldTable table;
    std::string out;
    out.reserve(text.size());
    bool is_gap = false;
    for (std::size_t i = 0; i < text.size();) {
        const Character c = character_at(text, i);
        const std::string_view as_written = text.substr(i, c.length);
        i += c.length;
        if (is_blank(c.code)) {
            is_gap = !out.empty();
            continue;
        }
        if (is_gap) {
            out.push_back(' ');
            is_gap = false;
        }
        if (c.length == 1) {
            const bool is_capital = c.code >= 'A' && c.code <= 'Z';
            out.push_back(is_capital ? static_cast<char>(c.code + 32) : as_written[0]);
        } else if (!vanishes(c.code)) {
            const std::string_view replacement = table.of(c.code);
            out.append(replacement.empty() ? as_written : replacement);
        }
    }
    return out;
}

}  // namespace ponte
