#include "kernel/lists/search_terms.hpp"

#include <algorithm>

namespace ponte::records {
namespace {

constexpr int most_words = 8;
// Under three characters no trigram exists.
constexpr std::size_t shortest_fragment = 3;

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

// One thing that must be found, in any of its forms.
struct Term {
    std::vector<std::string> forms;
};

// The first word of `text`, taken off it; a phrase in quotes is one word.
std::string_view take_word(std::string_view& text) {
    const bool is_phrase = text.starts_with('"') && text.find('"', 1) != text.npos;
    const std::size_t begin = is_phrase ? 1 : 0;
    const std::size_t end = std::min(text.find(is_phrase ? '"' : ' ', begin), text.size());
    const auto word = text.substr(begin, end - begin);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

// "(11) 98765-4321" is one number though it has a blank; "10 20" are two.
std::string_view take_number(std::string_view& text) {
    std::size_t end = 0, digits = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t begin = text.size() - rest.size();
        const auto word = take_word(rest);
        if (!word.empty() && !is_part_of_number(word)) {
            break;
        }
        end = begin + word.size();
        digits += word.size();
    }
    const auto number = text.substr(0, end);
    constexpr std::size_t digits_of_phone = 8;
    const bool is_one = has_mask(number.substr(0, number.find(' '))) || digits >= digits_of_phone;
    if (!is_one) {
        return {};
    }
    text.remove_prefix(end);
    return number;
}

Term number_term(std::string_view number) {
    Term term{number_forms(number)};
    if (term.forms.empty()) {
        term.forms.emplace_back(number);
    }
    return term;
}

// A word may be a number with its mask: "12.abc.345/01de-35" and what stands in a name so.
Term word_term(std::string_view word) {
    Term term{{std::string(word)}};
    if (has_mask(word) && word.find('@') == word.npos) {
        for (std::string& form : number_forms(word)) {
            if (utf8_length(form) >= shortest_fragment) {
                term.forms.push_back(std::move(form));
            }
        }
    }
    return term;
}

std::vector<Term> terms_of(std::string_view text) {
    std::vector<Term> terms;
    while (!text.empty() && static_cast<int>(terms.size()) < most_words) {
        if (text.front() == ' ') {
            text.remove_prefix(1);
        } else if (const auto number = take_number(text); !number.empty()) {
            terms.push_back(number_term(number));
        } else if (const auto word = take_word(text); !word.empty()) {
            terms.push_back(word_term(word));
        }
    }
    return terms;
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
    const auto wanted = terms_of(text);
    SearchTerms terms;
    const auto add = [&](const std::string& indexed, const std::string& column,
                         const std::vector<std::string>& patterns) {
        std::string any, any_found;
        for (const std::string& pattern : patterns) {
            const std::string like = " like " + sql.add(pattern);
            any += (any.empty() ? "" : " or ") + indexed + like;
            any_found += (any_found.empty() ? "(" : " or (") + column + " || '')" + like;
        }
        terms.condition += (terms.condition.empty() ? "(" : " and (") + any + ")";
        terms.filter += (terms.filter.empty() ? "(" : " and (") + any_found + ")";
    };
    for (const Term& term : wanted) {
        if (wanted.size() == 1 && term.forms.size() == 1 &&
            utf8_length(term.forms.front()) < shortest_fragment) {
            // A word too short for fragments, alone: titles that begin so.
            const std::string title = "sort_key(t." + std::string(kind.entity->title) + ")";
            add(title, begins_with_title(kind) ? "t.search" : title,
                {like_escaped(term.forms.front()) + "%"});
            continue;
        }
        std::vector<std::string> patterns;
        for (const std::string& form : term.forms) {
            patterns.push_back(containing(form));
        }
        add("t.search", "t.search", patterns);
        if (term.forms.size() == 1) {
            add_fragments(terms.fragments, term.forms.front());
        }
    }
    if (terms.condition.empty()) {
        terms.condition = terms.filter = "true";
    }
    return terms;
}

}  // namespace ponte::records
