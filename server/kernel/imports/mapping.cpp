#include "kernel/imports/mapping.hpp"

#include <algorithm>
#include <charconv>

#include "kernel/imports/option_names.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::imports {
namespace {

// A file has at most 500 columns, a choice at most some hundred options.
constexpr std::size_t most_members = 1'000, most_values = 500;

// Finds columns by their headers, each compared once.
class Columns {
public:
    explicit Columns(const Cells& headers) : headers_(headers) {
        for (std::size_t i = 0; i < headers.size(); ++i) {
            by_header_.emplace(headers[i], i);
            by_words_.emplace(plain_header(headers[i]), i);
        }
    }
    std::optional<std::size_t> find(const std::string& key) const {
        if (const auto found = by_header_.find(key); found != by_header_.end()) {
            return found->second;
        }
        const std::string words = plain_header(key);
        const auto found = by_words_.find(words);
        if (!words.empty() && found != by_words_.end()) {
            return found->second;
        }
        std::size_t index = 0;
        const char* last = key.data() + key.size();
        const auto [end, error] = std::from_chars(key.data(), last, index);
        const bool is_index = error == std::errc{} && end == last && index < headers_.size();
        return is_index ? std::optional(index) : std::nullopt;
    }

private:
    const Cells& headers_;
    std::map<std::string, std::size_t> by_header_, by_words_;
};

// What somebody wants of the columns, with everything that is wrong with it.
class Reader {
public:
    Reader(const records::Kind& kind, const std::vector<Target>& targets, const Cells& headers,
           Problems& problems)
        : kind_(kind), targets_(targets), headers_(headers), problems_(problems) {}

    void take(const std::string& key, const Json& wanted) {
        if (const auto column = columns_.find(key)) {
            fill(*column, wanted);
        } else {
            refuse("unknown_column", key);
        }
    }

    void take_at(const Json& place, const Json& wanted) {
        const std::int64_t column = place.as_integer();
        if (place.is_integer() && column >= 0 &&
            static_cast<std::size_t>(column) < headers_.size()) {
            fill(static_cast<std::size_t>(column), wanted);
        } else {
            refuse("unknown_column", place.dump());
        }
    }

    Mapping mapping() const {
        Mapping mapping;
        for (const auto& [index, column] : by_column_) {
            mapping.push_back(column);
        }
        return mapping;
    }
    void refuse(const char* code, std::string_view what) {
        problems_.push_back({"mapping", code, Json::object({{"name", what}}), {}});
    }

private:
    void fill(std::size_t column, const Json& wanted) {
        const Json& named = wanted.is_object() ? wanted["field"] : wanted;
        const std::string name = named.as_string();
        const auto target = std::find_if(targets_.begin(), targets_.end(),
                                         [&](const Target& one) { return one.name == name; });
        if (name.empty()) {
            return;  // null: this column is left out
        } else if (target == targets_.end()) {
            refuse("unknown_target", name);
        } else if (is_used(name) && !can_join(target->type)) {
            refuse("mapped_twice", name);
        } else {
            MappedColumn& mapped = by_column_[column];
            mapped = {column, headers_[column], name, false, {}};
            mapped.skips_errors = wanted["onError"].as_string() == "skip_field";
            take_values(*target, wanted["values"], mapped);
        }
    }

    bool is_used(const std::string& name) const {
        return std::any_of(by_column_.begin(), by_column_.end(),
                           [&](const auto& one) { return one.second.target == name; });
    }

    void take_values(const Target& target, const Json& values, MappedColumn& mapped) {
        if (values.members().size() > most_values) {
            refuse("too_many", mapped.header);
            return;
        }
        const bool is_choice = field_type(target.type).has_options;
        const OptionNames options(*kind_.entity, target);
        for (const auto& [written, value] : values.members()) {
            const std::string* option = options.find(value.as_string());
            if (is_choice && !option && !value.as_string().empty()) {
                refuse("unknown_option", value.as_string());
            } else {
                mapped.values[written] = is_choice && option ? *option : value.as_string();
            }
        }
    }

    const records::Kind& kind_;
    const std::vector<Target>& targets_;
    const Cells& headers_;
    Problems& problems_;
    Columns columns_{headers_};
    std::map<std::size_t, MappedColumn> by_column_;
};

}  // namespace

std::string plain_header(std::string_view header) {
    std::string words = folded(header);
    for (char& c : words) {
        const bool is_word = static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
                             (c >= 'a' && c <= 'z');
        c = is_word ? c : ' ';
    }
    return folded(words);
}

bool is_suggested_to_skip(const Target& target) {
    return field_type(target.type).points == Points::to_one;
}

bool can_join(Type type) { return field_type(type).joined != Joined::never; }

std::vector<Target> targets_of(const records::Kind& kind, const records::TenantFacts& facts) {
    std::vector<Target> targets;
    for (const Field& field : kind.entity->fields) {
        if (!field.is_read_only && !is_structured(field.type) && !is_file(field.type)) {
            targets.push_back({camel_case(field.name), field.type, &field, nullptr});
        }
    }
    if (kind.entity->has_custom_fields) {
        for (const records::CustomField& custom : facts.of(kind.entity->name)) {
            if (!is_file(custom.type)) {
                targets.push_back({"customFields." + custom.key, custom.type, nullptr, &custom});
            }
        }
    }
    targets.push_back({"id", Type::link, nullptr, nullptr});
    return targets;
}

namespace {

Json values_json(const MappedColumn& column) {
    Json values = Json::object();
    for (const auto& [written, value] : column.values) {
        values.set(written, value);
    }
    return values;
}

const char* on_error(const MappedColumn& column) {
    return column.skips_errors ? "skip_field" : "refuse_row";
}

}  // namespace

Json mapping_json(const Mapping& mapping) {
    Json out = Json::array();
    for (const MappedColumn& column : mapping) {
        out.push(Json::object({{"index", static_cast<std::int64_t>(column.index)},
                               {"header", column.header},
                               {"target", column.target},
                               {"skipsErrors", column.skips_errors},
                               {"values", values_json(column)}}));
    }
    return out;
}

Mapping mapping_from(const Json& stored) {
    Mapping mapping;
    for (const Json& one : stored.items()) {
        MappedColumn column{static_cast<std::size_t>(one["index"].as_integer()),
                            one["header"].as_string(),
                            one["target"].as_string(),
                            one["skipsErrors"].as_bool(),
                            {}};
        for (const auto& [written, value] : one["values"].members()) {
            column.values[written] = value.as_string();
        }
        mapping.push_back(std::move(column));
    }
    return mapping;
}

Json mapping_by_place(const Mapping& mapping) {
    Json out = Json::array();
    for (const MappedColumn& column : mapping) {
        out.push(Json::object({{"column", static_cast<std::int64_t>(column.index)},
                               {"field", column.target},
                               {"onError", on_error(column)},
                               {"values", values_json(column)}}));
    }
    return out;
}

Json mapping_shown(const Mapping& mapping) {
    Json out = Json::object();
    for (const MappedColumn& column : mapping) {
        const bool is_named = !column.header.empty() && !out.find(column.header);
        const std::string key = is_named ? column.header : std::to_string(column.index);
        if (!column.skips_errors && column.values.empty()) {
            out.set(key, column.target);
            continue;
        }
        out.set(key, Json::object({{"field", column.target},
                                   {"onError", on_error(column)},
                                   {"values", values_json(column)}}));
    }
    return out;
}

namespace {

// As forms ask for it, except that another key makes up for the one that they expect.
bool is_needed(const Target& target, bool has_key) {
    if (target.custom) {
        return target.custom->is_required && target.custom->initial.is_null();
    }
    return target.field && target.field->initial.empty() &&
           (target.field->is_required || (target.field->is_expected && !has_key));
}

}  // namespace

Mapping read_mapping(const records::Kind& kind, const Json& sent,
                     const std::vector<Target>& targets, const Cells& headers,
                     const Suggestions& suggestions, Problems& problems) {
    Reader reader(kind, targets, headers, problems);
    if (sent.members().size() > most_members || sent.items().size() > most_members) {
        reader.refuse("too_many", "");
        return {};
    }
    for (const auto& [key, wanted] : sent.members()) {
        reader.take(key, wanted);
    }
    for (const Json& column : sent.items()) {
        reader.take_at(column["column"], column);
    }
    Mapping mapping = reader.mapping();
    const bool is_said = sent.is_object() || sent.is_array();
    for (std::size_t i = 0; i < headers.size() && !is_said; ++i) {
        if (suggestions[i]) {
            const auto target =
                std::find_if(targets.begin(), targets.end(),
                             [&](const Target& one) { return one.name == *suggestions[i]; });
            const bool skips = target != targets.end() && is_suggested_to_skip(*target);
            mapping.push_back({i, headers[i], *suggestions[i], skips, {}});
        }
    }
    if (mapping.empty() && problems.empty()) {
        reader.refuse("nothing_mapped", "");
    }
    return mapping;
}

void require_targets(const records::Kind& kind, const std::vector<Target>& targets,
                     const Mapping& mapping, std::string_view mode, Problems& problems) {
    const auto has = [&](const std::string& name) {
        return std::any_of(mapping.begin(), mapping.end(),
                           [&](const MappedColumn& column) { return column.target == name; });
    };
    if (mode != "create" && has("id")) {
        return;  // rows are found by their id; what they do not name stays
    }
    const auto keys = records::split_options(kind.entity->match_fields);
    const bool has_key = std::any_of(keys.begin(), keys.end(),
                                     [&](std::string_view key) { return has(camel_case(key)); });
    for (const Target& target : targets) {
        if (mode != "update" && is_needed(target, has_key) && !has(target.name)) {
            problems.push_back(
                {"mapping", "not_mapped", Json::object({{"name", target.name}}), {}});
        }
    }
    if (mode == "update" && !has_key) {
        problems.push_back({"mapping", "no_key_mapped", Json::object(), {}});
    }
}

}  // namespace ponte::imports
