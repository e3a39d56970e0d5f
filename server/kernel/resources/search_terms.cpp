#include "kernel/resources/search_terms.hpp"

#include <algorithm>

namespace ponte::resources {
namespace {

constexpr int most_words = 8;
// Under three characters no trigram exists.
constexpr std::size_t shortest_fragment = 3;

// "(11) 98765-4321" is looked up as the digits that it holds.
std::string digits_of_number(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            digits.push_back(c);
        } else if (std::string_view(" ()-+./").find(c) == std::string_view::npos) {
            return {};
        }
    }
    return digits.size() >= 4 ? digits : std::string{};
}

std::string containing(std::string_view text) { return "%" + like_escaped(text) + "%"; }

// "ana@cliente.com": the index knows ana, cliente and com, and how rare each is.
void add_fragments(std::vector<std::string>& fragments, std::string_view word) {
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
    };
    while (!word.empty()) {
        const auto end = std::find_if_not(word.begin(), word.end(), is_letter);
        const std::string_view part(word.begin(), end);
        if (utf8_length(part) >= shortest_fragment) {
            fragments.push_back(containing(part));
        }
        word = std::string_view(std::find_if(end, word.end(), is_letter), word.end());
    }
}

const Field* first_searched(const Kind& kind) {
    const auto& fields = kind.entity->fields;
    const auto first = std::find_if(fields.begin(), fields.end(),
                                    [](const Field& field) { return field.is_searchable; });
    return first == fields.end() ? nullptr : &*first;
}

// The column `search` holds the searched fields in the order of their declaration.
bool begins_with_title(const Kind& kind) {
    return first_searched(kind)->name == kind.entity->title;
}

}  // namespace

std::string like_escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') {
            out.push_back('\\');
        }
        out.push_back(c);
    }
    return out;
}

SearchTerms search_terms(const Kind& kind, std::string_view text, Sql& sql) {
    if (!first_searched(kind)) {
        throw bad_parameter("search", "not_searchable");
    }
    SearchTerms terms;
    const auto add = [&](const std::string& indexed, const std::string& column,
                         const std::string& pattern) {
        const std::string like = " like " + sql.add(pattern);
        terms.condition += (terms.condition.empty() ? "" : " and ") + indexed + like;
        terms.filter += (terms.filter.empty() ? "(" : " and (") + column + " || '')" + like;
    };
    const std::string digits = digits_of_number(text);
    if (!digits.empty()) {
        add("t.search", "t.search", containing(digits));
        terms.fragments.push_back(containing(digits));
        return terms;
    }
    for (int words = 0; !text.empty() && words < most_words;) {
        const auto blank = text.find(' ');
        const auto word = text.substr(0, blank);
        text = blank == std::string_view::npos ? std::string_view{} : text.substr(blank + 1);
        if (word.empty()) {
            continue;
        }
        if (words++ == 0 && text.empty() && utf8_length(word) < shortest_fragment) {
            // A word too short for fragments, alone: titles that begin so.
            const std::string title = "sort_key(t." + std::string(kind.entity->title) + ")";
            add(title, begins_with_title(kind) ? "t.search" : title, like_escaped(word) + "%");
        } else {
            add("t.search", "t.search", containing(word));
            add_fragments(terms.fragments, word);
        }
    }
    if (terms.condition.empty()) {
        terms.condition = terms.filter = "true";
    }
    return terms;
}

}  // namespace ponte::resources
