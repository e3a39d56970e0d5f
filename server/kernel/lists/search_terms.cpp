#include "kernel/lists/search_terms.hpp"

#include <algorithm>

#include "kernel/entities/expected_table.hpp"
#include "kernel/values/field_type.hpp"

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
    const auto first = std::find_if(fields.begin(), fields.end(), is_in_search_text);
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

namespace {

// Of so many records that a link may point to, those that have the word are looked for.
constexpr const char* most_linked = "10000";

bool is_number(const std::string& word) {
    constexpr std::size_t most_digits = 15;
    return word.size() <= most_digits &&
           std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

// A word as conditions that any of which may hold.
class AnyOf {
public:
    AnyOf(const Ctx& ctx, const Kind& kind, Sql& sql) : ctx_(ctx), kind_(kind), sql_(sql) {}

    void like(const std::string& column, const std::vector<std::string>& patterns,
              bool is_beginning) {
        for (const std::string& pattern : patterns) {
            const std::string like = " like " + sql_.add(pattern);
            add(column + like, "(" + found_in(is_beginning) + " || '')" + like);
            for (const Link& link : kind_.links) {
                if (link.field && link.field->is_searchable && link.target) {
                    const std::string linked = of_linked(link, is_beginning, like);
                    add(linked, linked);
                }
            }
        }
    }
    void number(const std::string& word) {
        for (const Field& field : kind_.entity->fields) {
            const bool is_compared =
                field.is_searchable && field_type(field.type).searched == Searched::its_number;
            if (is_compared && is_number(word)) {
                const std::string equal =
                    "t." + std::string(field.name) + " = " + sql_.add(word) + "::bigint";
                add(equal, equal);
            }
        }
    }
    void close(SearchTerms& terms) && {
        terms.condition += (terms.condition.empty() ? "(" : " and (") + any_ + ")";
        terms.filter += (terms.filter.empty() ? "(" : " and (") + any_found_ + ")";
    }

private:
    void add(const std::string& indexed, const std::string& found) {
        any_ += (any_.empty() ? "" : " or ") + indexed;
        any_found_ += (any_found_.empty() ? "" : " or ") + found;
    }
    std::string found_in(bool is_beginning) const {
        const bool is_title = is_beginning && !begins_with_title(kind_);
        return is_title ? "sort_key(t." + std::string(kind_.entity->title) + ")" : "t.search";
    }
    // As an array, so that the index of the link serves beside that of the fragments.
    std::string of_linked(const Link& link, bool is_beginning, const std::string& like) {
        const Entity& target = *link.target->entity;
        const std::string reach = reach_sql(ctx_, *link.target, "read", sql_, "g");
        return link.sql + " = any (array(select g.id from " + std::string(target.table) +
               " g where g.tenant_id = $1" +
               (target.can_be_deleted ? " and g.deleted_at is null" : "") + " and " +
               (is_beginning ? "sort_key(g." + std::string(target.title) + ")" : "g.search") +
               like + (reach.empty() ? "" : " and " + reach) + " limit " + most_linked + "))";
    }

    const Ctx& ctx_;
    const Kind& kind_;
    Sql& sql_;
    std::string any_, any_found_;
};

bool finds_elsewhere(const Kind& kind) {
    return std::ranges::any_of(kind.entity->fields, [](const Field& field) {
        return field.is_searchable && !is_in_search_text(field);
    });
}

}  // namespace

SearchTerms search_terms(const Ctx& ctx, const Kind& kind, std::string_view text, Sql& sql) {
    if (!first_searched(kind)) {
        throw bad_parameter("search", "not_searchable");
    }
    const auto wanted = terms_of(text);
    SearchTerms terms;
    for (const Term& term : wanted) {
        AnyOf any(ctx, kind, sql);
        const bool is_one = term.forms.size() == 1;
        if (is_one) {
            any.number(term.forms.front());
        }
        // A word too short for fragments, alone: titles that begin so.
        const bool is_short =
            wanted.size() == 1 && is_one && utf8_length(term.forms.front()) < shortest_fragment;
        if (is_short) {
            any.like("sort_key(t." + std::string(kind.entity->title) + ")",
                     {like_escaped(term.forms.front()) + "%"}, true);
        } else {
            std::vector<std::string> patterns;
            for (const std::string& form : term.forms) {
                patterns.push_back(containing(form));
            }
            any.like("t.search", patterns, false);
        }
        std::move(any).close(terms);
        if (is_one && !is_short && !finds_elsewhere(kind)) {
            add_fragments(terms.fragments, term.forms.front());
        }
    }
    if (terms.condition.empty()) {
        terms.condition = terms.filter = "true";
    }
    return terms;
}

}  // namespace ponte::records
