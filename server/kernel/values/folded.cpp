// Search and sorting compare text without case and accents. The tables say, for each Latin letter
// that Unicode composes of a base letter and marks, that base letter in lower case; they agree with
// what the database's unaccent and lower make of it (a test compares both).
#include <algorithm>
#include <string>

#include "kernel/values.hpp"

namespace ponte {
namespace {

// '.' keeps the character, '#' has several letters (below).
constexpr std::string_view from_00c0 =
    "aaaaaa#ceeeeiiiidnooooo#ouuuuy##aaaaaa#ceeeeiiiidnooooo#ouuuuy#y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii##jjkkqlllllll"
    "lllnnnnnn#nnoooooo##rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "bbbb...ccdddd...effg.#iikkl..nn.oo##pp.....ttttuu.vyyzz........."
    "....#########aaiioouuuuuuuuuu.aaaa..ggggkkoooo..j###gg..nnaa...."
    "aaaaeeeeiiiioooorrrruuuusstt..hh.d..zzaaeeooooooooyylntj##acclts"
    "z..bu.eejj..rryy";
constexpr std::string_view from_1e00 =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwya.ss#.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy##vvyy";

struct Letters {
    char32_t from;
    std::string_view to;
};

constexpr Letters several[] = {
    {0xC6, "ae"},   {0xE6, "ae"},   {0xD7, "*"},   {0xDE, "th"},  {0xFE, "th"},  {0xDF, "ss"},
    {0x1E9E, "ss"}, {0xF7, "/"},    {0x132, "ij"}, {0x133, "ij"}, {0x149, "'n"}, {0x152, "oe"},
    {0x153, "oe"},  {0x195, "hv"},  {0x1A2, "oi"}, {0x1A3, "oi"}, {0x1C4, "dz"}, {0x1C5, "dz"},
    {0x1C6, "dz"},  {0x1F1, "dz"},  {0x1F2, "dz"}, {0x1F3, "dz"}, {0x1C7, "lj"}, {0x1C8, "lj"},
    {0x1C9, "lj"},  {0x1CA, "nj"},  {0x1CB, "nj"}, {0x1CC, "nj"}, {0x238, "db"}, {0x239, "qp"},
    {0x1EFA, "ll"}, {0x1EFB, "ll"}, {0xA1, "!"},   {0xA9, "(c)"}, {0xAB, "<<"},  {0xAD, "-"},
    {0xAE, "(r)"},  {0xB1, "+/-"},  {0xBB, ">>"},  {0xBC, "1/4"}, {0xBD, "1/2"}, {0xBE, "3/4"},
    {0xBF, "?"}};

std::string_view several_letters(char32_t c) {
    const auto found = std::ranges::find(several, c, &Letters::from);
    return found == std::end(several) ? std::string_view{} : found->to;
}

char32_t lower_of(char32_t c) {
    const bool is_greek = c >= 0x391 && c <= 0x3A9 && c != 0x3A2;
    const bool is_cyrillic = c >= 0x410 && c <= 0x42F;
    return is_greek || is_cyrillic ? c + 0x20 : c;
}

void append_utf8(std::string& out, char32_t c) {
    if (c < 0x800) {
        out.push_back(static_cast<char>(0xC0 | (c >> 6)));
    } else {
        out.push_back(static_cast<char>(0xE0 | (c >> 12)));
        out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    }
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
}

void append_folded(std::string& out, char32_t c) {
    if (c >= 0x300 && c <= 0x362) {
        return;  // accents that stand beside their letter
    }
    char base = '.';
    if (c >= 0xC0 && c < 0xC0 + from_00c0.size()) {
        base = from_00c0[c - 0xC0];
    } else if (c >= 0x1E00 && c < 0x1E00 + from_1e00.size()) {
        base = from_1e00[c - 0x1E00];
    }
    if (base != '.' && base != '#') {
        out.push_back(base);
    } else if (const auto letters = several_letters(c); !letters.empty()) {
        out.append(letters);
    } else {
        append_utf8(out, lower_of(c));
    }
}

bool is_blank(char32_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0; }

}  // namespace

std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool is_gap = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        char32_t c = lead;
        std::size_t length = 1;
        const auto next = [&](std::size_t n) {
            return i + n < text.size() ? static_cast<unsigned char>(text[i + n]) & 0x3Fu : 0u;
        };
        if (lead >= 0xC2 && lead <= 0xDF) {
            c = ((lead & 0x1Fu) << 6) | next(1);
            length = 2;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            c = ((lead & 0x0Fu) << 12) | (next(1) << 6) | next(2);
            length = 3;
        } else if (lead >= 0xF0) {
            length = 4;
        }
        if (is_blank(c)) {
            is_gap = !out.empty();
            i += length;
            continue;
        }
        if (is_gap) {
            out.push_back(' ');
            is_gap = false;
        }
        if (length == 1) {
            out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : text[i]);
        } else if (length == 4) {
            out.append(text.substr(i, length));
        } else {
            append_folded(out, c);
        }
        i += length;
    }
    return out;
}

}  // namespace ponte
