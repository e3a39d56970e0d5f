// What a column probably means: by the words of its header in both languages; where that says
// nothing, by what is in it. A guess that the content contradicts is none.
#include <algorithm>
#include <set>
#include <tuple>

#include "kernel/imports/mapping.hpp"
#include "kernel/imports/option_names.hpp"
#include "kernel/values/field_type.hpp"
#include "kernel/words.hpp"

namespace ponte::imports {
namespace {

using records::Kind;

std::vector<std::string> in_both(const std::string& key) {
    std::vector<std::string> names = listed(Language::pt, key);
    for (std::string& name : listed(Language::en, key)) {
        names.push_back(std::move(name));
    }
    return names;
}

bool contains(const std::vector<std::string>& list, const std::string& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

// Every word that a header may use for a target: its names, its labels, and what words.json lists
// under "<entity>.<field>.headers" and "type.<type>.headers".
std::vector<std::string> names_of(const Kind& kind, const Target& target) {
    std::vector<std::string> names{plain_header(target.name)};
    if (target.custom) {
        names.push_back(plain_header(target.custom->name));
        names.push_back(plain_header(target.custom->key));
    } else if (target.field) {
        const std::string field(target.field->name);
        const std::string own = std::string(kind.entity->name) + "." + field;
        names.push_back(plain_header(field));
        for (const Language language : {Language::pt, Language::en}) {
            names.push_back(plain_header(Words::all().find(language, own)));
            names.push_back(plain_header(Words::all().find(language, "field." + field)));
        }
        const std::string of_type = "type." + std::string(type_name(target.type)) + ".headers";
        for (const std::string& key : {own + ".headers", of_type}) {
            for (std::string& name : in_both(key)) {
                names.push_back(std::move(name));
            }
        }
    }
    std::erase(names, std::string{});
    return names;
}

// "person email work" → "email work": whose it is goes without saying.
std::string without_owner(const std::string& header) {
    static const std::vector<std::string> owners = in_both("header.of_whom");
    const auto blank = header.find(' ');
    const bool is_owned = blank != header.npos && contains(owners, header.substr(0, blank));
    return is_owned ? header.substr(blank + 1) : header;
}

// "telefone do cliente", "email work", not "estado civil": what follows the name changes nothing.
bool is_harmless(std::string_view rest) {
    static const std::vector<std::string> words = in_both("header.harmless");
    while (!rest.empty()) {
        const auto blank = rest.find(' ');
        if (!contains(words, std::string(rest.substr(0, blank)))) {
            return false;
        }
        rest = blank == rest.npos ? std::string_view{} : rest.substr(blank + 1);
    }
    return true;
}

enum Rank { none, with_more_words, without_its_owner, exact };

// How well a header fits, and the length of the name that does.
std::pair<Rank, std::size_t> fit(const std::string& header, const std::vector<std::string>& names) {
    std::pair<Rank, std::size_t> best{none, 0};
    const std::string bare = without_owner(header);
    for (const std::string& name : names) {
        const bool begins = bare.starts_with(name + " ");
        const Rank rank = header == name ? exact
                          : bare == name ? without_its_owner
                          : begins && is_harmless(std::string_view(bare).substr(name.size() + 1))
                              ? with_more_words
                              : none;
        const auto letters = static_cast<std::size_t>(
            std::count_if(name.begin(), name.end(), [](char c) { return c != ' '; }));
        best = std::max(best, std::pair{rank, rank == none ? 0 : letters});
    }
    return best;
}

// How many of a column's cells are filled, and how many of them have a form.
struct Share {
    int filled = 0, fitting = 0;
};
template <class Fits>
Share share_of(const std::vector<Cells>& samples, std::size_t column, Fits fits) {
    Share share;
    for (const Cells& cells : samples) {
        if (column < cells.size() && !cells[column].empty()) {
            ++share.filled;
            share.fitting += fits(cells[column]);
        }
    }
    return share;
}

bool has_form(Type type, const std::string& cell) {
    return canonical_from_text(type, cell, Locale{}).ok();
}

// Ids of other systems are none of ours; options that nobody knows are another list.
bool is_contradicted(const Kind& kind, const Target& target, Rank rank,
                     const std::vector<Cells>& samples, std::size_t column) {
    if (target.is_id()) {
        const Share share =
            share_of(samples, column, [](const auto& cell) { return has_form(Type::link, cell); });
        return share.fitting * 10 < share.filled * 8;
    }
    if (rank == exact) {
        return false;
    }
    if (field_type(target.type).has_options) {
        const OptionNames options(*kind.entity, target);
        const Share share = share_of(
            samples, column, [&](const auto& cell) { return options.find(cell) != nullptr; });
        return share.fitting * 2 < share.filled;
    }
    const bool is_free = field_type(target.type).points != Points::nowhere;
    const Share share = share_of(
        samples, column, [&](const auto& cell) { return is_free || has_form(target.type, cell); });
    return share.filled > 0 && share.fitting == 0;
}

struct Claim {
    Rank rank = none;
    int filled = 0;  // tenths
    std::size_t length = 0, column = 0, target = 0;
};

std::vector<Claim> claims_of(const Kind& kind, const std::vector<Target>& targets,
                             const Cells& headers, const std::vector<Cells>& samples) {
    std::vector<Claim> claims;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const std::vector<std::string> names = names_of(kind, targets[i]);
        for (std::size_t column = 0; column < headers.size(); ++column) {
            const auto [rank, length] = fit(headers[column], names);
            if (rank == none || headers[column].empty() ||
                is_contradicted(kind, targets[i], rank, samples, column)) {
                continue;
            }
            const Share share = share_of(samples, column, [](const auto&) { return true; });
            const int tenths =
                samples.empty() ? 10 : share.filled * 10 / static_cast<int>(samples.size());
            claims.push_back({rank, tenths, length, column, i});
        }
    }
    std::sort(claims.begin(), claims.end(), [](const Claim& one, const Claim& other) {
        return std::tuple(one.rank, one.filled, one.length, other.column, other.target) >
               std::tuple(other.rank, other.filled, other.length, one.column, one.target);
    });
    return claims;
}

bool is_taken(const Suggestions& suggestions, const std::string& name) {
    return std::any_of(suggestions.begin(), suggestions.end(),
                       [&](const auto& one) { return one == name; });
}

// The best claims first; columns "cpf" and "cnpj" both feed a document.
void suggest_by_header(const Kind& kind, const std::vector<Target>& targets, const Cells& headers,
                       const std::vector<Cells>& samples, Suggestions& out) {
    for (const Claim& claim : claims_of(kind, targets, headers, samples)) {
        const Target& target = targets[claim.target];
        const bool may_join =
            field_type(target.type).joined == Joined::only_one && claim.rank == exact;
        if (!out[claim.column] && (may_join || !is_taken(out, target.name))) {
            out[claim.column] = target.name;
        }
    }
}

// "First Name" and "Last Name" are one name, unless a column has it whole.
void suggest_parts_of_name(const Kind& kind, const Cells& headers, Suggestions& out) {
    const std::string title = camel_case(kind.entity->title);
    const auto columns_in = [&](const char* key) {
        const std::vector<std::string> names = in_both(key);
        std::vector<std::size_t> columns;
        for (std::size_t i = 0; i < headers.size(); ++i) {
            const bool is_one =
                contains(names, headers[i]) || contains(names, without_owner(headers[i]));
            if (is_one && (!out[i] || out[i] == title)) {
                columns.push_back(i);
            }
        }
        return columns;
    };
    const auto given = columns_in("header.given_name"), family = columns_in("header.family_name");
    const bool is_whole = is_taken(out, title);
    const auto whole = columns_in("header.name_or_given_name");
    const bool lacks_family = is_whole && given.empty() && !whole.empty() &&
                              out[whole.front()] == title && !family.empty();
    if (is_whole && !lacks_family) {
        return;
    }
    for (const auto& columns : {given, columns_in("header.middle_name"), family}) {
        if (!columns.empty()) {
            out[columns.front()] = title;
        }
    }
}

// The type that most of a column's cells have the form of; only forms that cannot be mistaken.
std::optional<Type> type_of(const std::vector<Cells>& samples, std::size_t column) {
    for (const Type type : {Type::email, Type::document, Type::phone}) {
        const Share share =
            share_of(samples, column, [&](const auto& cell) { return has_form(type, cell); });
        if (share.filled > 0 && share.fitting * 10 >= share.filled * 8) {
            return type;
        }
    }
    return {};
}

void suggest_by_content(const Kind& kind, const std::vector<Target>& targets, const Cells& headers,
                        const std::vector<Cells>& samples, Suggestions& out) {
    for (std::size_t column = 0; column < headers.size(); ++column) {
        const auto type =
            out[column] || !headers[column].empty() ? std::nullopt : type_of(samples, column);
        for (const Target& target : targets) {
            if (type == target.type && !out[column] && !is_taken(out, target.name)) {
                out[column] = target.name;
            }
        }
    }
    const std::string title = camel_case(kind.entity->title);
    for (std::size_t column = 0; column < headers.size() && !is_taken(out, title); ++column) {
        const Share share = share_of(samples, column, [](const std::string& cell) {
            return cell.find_first_not_of("0123456789 .,-/+()") != std::string::npos;
        });
        if (!out[column] && headers[column].empty() && share.fitting > 0) {
            out[column] = title;
        }
    }
}

}  // namespace

std::vector<std::string> listed(Language language, const std::string& key) {
    std::vector<std::string> out;
    std::string_view list = Words::all().find(language, key);
    while (!list.empty()) {
        const auto comma = list.find(',');
        out.push_back(plain_header(list.substr(0, comma)));
        list = comma == list.npos ? std::string_view{} : list.substr(comma + 1);
    }
    return out;
}

Suggestions suggest(const Kind& kind, const std::vector<Target>& targets, const Cells& headers,
                    const std::vector<Cells>& samples) {
    Cells plain;
    for (const std::string& header : headers) {
        plain.push_back(plain_header(header));
    }
    Suggestions out(headers.size());
    suggest_by_header(kind, targets, plain, samples, out);
    suggest_parts_of_name(kind, plain, out);
    suggest_by_content(kind, targets, plain, samples, out);
    return out;
}

bool names_fields(const Kind& kind, const std::vector<Target>& targets, const Cells& cells) {
    std::vector<std::string> names;
    for (const char* key : {"header.given_name", "header.family_name"}) {
        for (std::string& name : in_both(key)) {
            names.push_back(std::move(name));
        }
    }
    for (const Target& target : targets) {
        for (std::string& name : names_of(kind, target)) {
            names.push_back(std::move(name));
        }
    }
    const std::set<std::string> known(names.begin(), names.end());
    return std::any_of(cells.begin(), cells.end(), [&](const std::string& cell) {
        const std::string header = plain_header(cell);
        return known.contains(header) || known.contains(without_owner(header));
    });
}

// A first record is data when it holds an address, a number or a document; it is a header when one
// of its cells is the name of a field, or when nothing speaks against it.
bool looks_like_header(const Kind& kind, const std::vector<Target>& targets, const Cells& first) {
    const bool is_data = std::any_of(first.begin(), first.end(), [](const std::string& cell) {
        const bool has_digits_only =
            !cell.empty() && cell.find_first_not_of("0123456789 .,-/+()") == std::string::npos;
        return has_digits_only || cell.find('@') != std::string::npos;
    });
    return !is_data || names_fields(kind, targets, first);
}

}  // namespace ponte::imports
