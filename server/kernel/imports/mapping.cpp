#include "kernel/imports/mapping.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "kernel/words.hpp"

namespace ponte::imports {
namespace {

// "E-mail (principal)" → "e mail principal": what headers are compared by.
std::string plain(std::string_view header) {
    std::string words = folded(header);
    for (char& c : words) {
        const bool is_word = static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
                             (c >= 'a' && c <= 'z');
        c = is_word ? c : ' ';
    }
    return folded(words);
}

void add_list(std::vector<std::string>& out, std::string_view list) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        out.push_back(plain(list.substr(0, comma)));
        list = comma == list.npos ? std::string_view{} : list.substr(comma + 1);
    }
}

// Every word that a header may use for a target: its names, its labels, and what words.json lists
// under "<entity>.<field>.headers" and "type.<type>.headers".
std::vector<std::string> names_of(const resources::Kind& kind, const Target& target) {
    std::vector<std::string> names{plain(target.name)};
    if (target.custom) {
        names.push_back(plain(target.custom->name));
        names.push_back(plain(target.custom->key));
    } else if (target.field) {
        const std::string field(target.field->name);
        names.push_back(plain(field));
        const std::string own = std::string(kind.entity->name) + "." + field;
        const std::string of_type = "type." + std::string(type_name(target.type)) + ".headers";
        for (const Language language : {Language::pt, Language::en}) {
            names.push_back(plain(Words::all().find(language, own)));
            names.push_back(plain(Words::all().find(language, "field." + field)));
            add_list(names, Words::all().find(language, own + ".headers"));
            add_list(names, Words::all().find(language, of_type));
        }
    }
    std::erase(names, std::string{});
    return names;
}

// How well a header fits: the same words, or beginning with them ("telefone do cliente").
int fit(const std::string& header, const std::vector<std::string>& names) {
    int best = 0;
    for (const std::string& name : names) {
        const int length = static_cast<int>(name.size());
        if (header == name) {
            best = std::max(best, 1000 + length);
        } else if (header.starts_with(name + " ")) {
            best = std::max(best, length);
        }
    }
    return best;
}

constexpr int exact = 1000;

// The type that most of a column's cells have the form of; only forms that cannot be mistaken.
std::optional<Type> type_of(const std::vector<Cells>& samples, std::size_t column) {
    for (const Type type : {Type::email, Type::document, Type::phone}) {
        int filled = 0, fitting = 0;
        for (const Cells& cells : samples) {
            if (column < cells.size() && !cells[column].empty()) {
                ++filled;
                fitting += canonical_from_text(type, cells[column], Locale{}).ok();
            }
        }
        if (filled > 0 && fitting * 10 >= filled * 8) {
            return type;
        }
    }
    return {};
}

bool is_taken(const Suggestions& suggestions, const std::string& name) {
    return std::any_of(suggestions.begin(), suggestions.end(),
                       [&](const auto& one) { return one == name; });
}

void suggest_by_header(const std::vector<std::vector<std::string>>& names,
                       const std::vector<Target>& targets, const std::vector<std::string>& headers,
                       bool only_exact, Suggestions& out) {
    for (std::size_t column = 0; column < headers.size(); ++column) {
        if (out[column] || headers[column].empty()) {
            continue;
        }
        int best = 0;
        for (std::size_t i = 0; i < targets.size(); ++i) {
            const int score = fit(headers[column], names[i]);
            if (score > best && (!only_exact || score >= exact) &&
                !is_taken(out, targets[i].name)) {
                best = score;
                out[column] = targets[i].name;
            }
        }
    }
}

void suggest_by_content(const resources::Kind& kind, const std::vector<Target>& targets,
                        const std::vector<std::string>& headers, const std::vector<Cells>& samples,
                        Suggestions& out) {
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
        const bool has_text = std::any_of(samples.begin(), samples.end(), [&](const Cells& cells) {
            return column < cells.size() &&
                   cells[column].find_first_not_of("0123456789 .,-/+()") != std::string::npos;
        });
        if (!out[column] && headers[column].empty() && has_text) {
            out[column] = title;
        }
    }
}

std::optional<std::size_t> column_of(std::string_view key, const Cells& headers) {
    const std::string wanted = plain(key);
    for (std::size_t i = 0; i < headers.size(); ++i) {
        if (headers[i] == key || (!wanted.empty() && plain(headers[i]) == wanted)) {
            return i;
        }
    }
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
    const bool is_index =
        error == std::errc{} && end == key.data() + key.size() && index < headers.size();
    return is_index ? std::optional(index) : std::nullopt;
}

}  // namespace

std::vector<Target> targets_of(const resources::Kind& kind, const resources::TenantFacts& facts) {
    std::vector<Target> targets;
    for (const Field& field : kind.entity->fields) {
        if (!field.is_read_only && field.type != Type::json) {
            targets.push_back({camel_case(field.name), field.type, &field, nullptr});
        }
    }
    if (kind.entity->has_custom_fields) {
        for (const resources::CustomField& custom : facts.of(kind.entity->name)) {
            targets.push_back({"customFields." + custom.key, custom.type, nullptr, &custom});
        }
    }
    targets.push_back({"id", Type::text, nullptr, nullptr});
    return targets;
}

Json mapping_json(const Mapping& mapping) {
    Json out = Json::array();
    for (const MappedColumn& column : mapping) {
        out.push(Json::object({{"index", static_cast<std::int64_t>(column.index)},
                               {"header", column.header},
                               {"target", column.target}}));
    }
    return out;
}

Mapping mapping_from(const Json& stored) {
    Mapping mapping;
    for (const Json& column : stored.items()) {
        mapping.push_back({static_cast<std::size_t>(column["index"].as_integer()),
                           column["header"].as_string(), column["target"].as_string()});
    }
    return mapping;
}

Json mapping_shown(const Mapping& mapping) {
    Json out = Json::object();
    for (const MappedColumn& column : mapping) {
        const bool is_named = !column.header.empty() && !out.find(column.header);
        out.set(is_named ? column.header : std::to_string(column.index), column.target);
    }
    return out;
}

Suggestions suggest(const resources::Kind& kind, const std::vector<Target>& targets,
                    const Cells& headers, const std::vector<Cells>& samples) {
    std::vector<std::vector<std::string>> names;
    for (const Target& target : targets) {
        names.push_back(names_of(kind, target));
    }
    std::vector<std::string> plain_headers;
    for (const std::string& header : headers) {
        plain_headers.push_back(plain(header));
    }
    Suggestions out(headers.size());
    suggest_by_header(names, targets, plain_headers, true, out);
    suggest_by_header(names, targets, plain_headers, false, out);
    suggest_by_content(kind, targets, plain_headers, samples, out);
    return out;
}

bool names_fields(const resources::Kind& kind, const std::vector<Target>& targets,
                  const Cells& cells) {
    for (const Target& target : targets) {
        const std::vector<std::string> names = names_of(kind, target);
        for (const std::string& cell : cells) {
            if (fit(plain(cell), names) >= exact) {
                return true;
            }
        }
    }
    return false;
}

// A first record is data when it holds an address, a number or a document; it is a header when one
// of its cells is the name of a field, or when nothing speaks against it.
bool looks_like_header(const resources::Kind& kind, const std::vector<Target>& targets,
                       const Cells& first) {
    const bool is_data = std::any_of(first.begin(), first.end(), [](const std::string& cell) {
        const bool has_digits_only =
            !cell.empty() && cell.find_first_not_of("0123456789 .,-/+()") == std::string::npos;
        return has_digits_only || cell.find('@') != std::string::npos;
    });
    return !is_data || names_fields(kind, targets, first);
}

Mapping read_mapping(const Json& sent, const std::vector<Target>& targets, const Cells& headers,
                     const Suggestions& suggestions, std::vector<FieldProblem>& problems) {
    Suggestions chosen = sent.is_object() ? Suggestions(headers.size()) : suggestions;
    const auto refuse = [&](const char* code, std::string_view what) {
        problems.push_back({"mapping", code, Json::object({{"name", what}}), {}});
    };
    for (const auto& [key, target] : sent.members()) {
        const auto column = column_of(key, headers);
        const bool is_known = std::any_of(targets.begin(), targets.end(), [&](const Target& one) {
            return one.name == target.as_string();
        });
        if (!column) {
            refuse("unknown_column", key);
        } else if (target.as_string().empty()) {
            continue;  // null: this column is left out
        } else if (!is_known) {
            refuse("unknown_target", target.as_string());
        } else if (is_taken(chosen, target.as_string())) {
            refuse("mapped_twice", target.as_string());
        } else {
            chosen[*column] = target.as_string();
        }
    }
    Mapping mapping;
    for (std::size_t i = 0; i < headers.size(); ++i) {
        if (chosen[i]) {
            mapping.push_back({i, headers[i], *chosen[i]});
        }
    }
    if (mapping.empty() && problems.empty()) {
        refuse("nothing_mapped", "");
    }
    return mapping;
}

void require_targets(const resources::Kind& kind, const Mapping& mapping, std::string_view mode,
                     std::vector<FieldProblem>& problems) {
    const auto has = [&](const std::string& name) {
        return std::any_of(mapping.begin(), mapping.end(),
                           [&](const MappedColumn& column) { return column.target == name; });
    };
    if (mode != "create" && has("id")) {
        return;  // rows are found by their id; what they do not name stays
    }
    for (const Field& field : kind.entity->fields) {
        const std::string name = camel_case(field.name);
        if (mode != "update" && field.is_required && !field.is_read_only && field.initial.empty() &&
            !has(name)) {
            problems.push_back({"mapping", "not_mapped", Json::object({{"name", name}}), {}});
        }
    }
    bool has_key = false;
    for (const auto field : resources::split_options(kind.entity->match_fields)) {
        has_key = has_key || has(camel_case(field));
    }
    if (mode == "update" && !has_key) {
        problems.push_back({"mapping", "no_key_mapped", Json::object(), {}});
    }
}

}  // namespace ponte::imports
