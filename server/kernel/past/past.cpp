#include "kernel/past/past.hpp"

#include <map>
#include <set>

#include "kernel/records/record.hpp"

namespace ponte::records {
namespace {

constexpr std::string_view custom_prefix = "customFields.";

// What the operation made of one field.
struct Touched {
    Json before, after;
    bool is_touched_since = false;
};

const Json& value_in(const Json& record, const std::string& field) {
    return field.starts_with(custom_prefix)
               ? record["customFields"][field.substr(custom_prefix.size())]
               : record[field];
}

// An existing label keeps its own spelling, whatever was typed.
bool is_as_left(const Json& current, const Json& left) {
    const bool is_set =
        current.is_array() && !current.items().empty() && current.items().front().is_string();
    return same_value(is_set ? Sameness::as_set : Sameness::exact, current, left);
}

void put(Json& record, const std::string& field, const Json& value) {
    if (!field.starts_with(custom_prefix)) {
        record.set(field, value);
        return;
    }
    const std::string key = field.substr(custom_prefix.size());
    Json custom = record["customFields"];
    if (value.is_null()) {
        custom.erase(key);
    } else {
        custom.set(key, value);
    }
    record.set("customFields", std::move(custom));
}

}  // namespace

WriteBack write_back(const std::vector<PastChange>& history, const Json& record, Reclaim reclaim) {
    std::map<std::string, Touched> fields;
    for (const PastChange& past : history) {
        for (const auto& [name, change] : past.changes.members()) {
            const auto known = fields.find(name);
            if (past.is_ours && known == fields.end()) {
                fields.emplace(name, Touched{change["from"], change["to"], false});
            } else if (known != fields.end() && past.is_ours && !known->second.is_touched_since) {
                known->second.after = change["to"];
            } else if (known != fields.end()) {
                known->second.is_touched_since = true;
            }
        }
    }
    WriteBack out;
    for (const auto& [name, field] : fields) {
        const Json& current = value_in(record, name);
        if (current == field.before) {
            continue;  // already so
        }
        if (reclaim == Reclaim::untouched && !is_as_left(current, field.after)) {
            out.is_complete = false;
            out.kept.push_back(name);
        } else {
            out.fields.set(name, field.before);
        }
    }
    return out;
}

std::vector<std::string> changed_since(const std::vector<PastChange>& history, const Json& record) {
    std::map<std::string, Json> left;  // as the operation left each field
    std::set<std::string> touched;
    for (const PastChange& past : history) {
        for (const auto& [name, change] : past.changes.members()) {
            if (past.is_ours) {
                left.insert_or_assign(name, change["to"]);
            } else {
                left.emplace(name, change["from"]);
                touched.insert(name);
            }
        }
    }
    std::vector<std::string> fields;
    for (const std::string& name : touched) {
        if (!is_as_left(value_in(record, name), left.at(name))) {
            fields.push_back(name);
        }
    }
    return fields;
}

Values values_shown(const Kind& kind, const Json& fields) {
    Values values;
    Json custom = Json::object();
    for (const auto& [name, value] : fields.members()) {
        if (name.starts_with(custom_prefix)) {
            custom.set(name.substr(custom_prefix.size()), value);
        } else if (const Field* field = kind.field_by_json(name)) {
            values.set(field->name, value);
        }
    }
    if (!custom.members().empty()) {
        values.set("custom", std::move(custom));
    }
    return values;
}

PastRecord as_it_was(Json record, bool is_deleted, const std::vector<PastChange>& later) {
    PastRecord out{std::move(record), true, is_deleted};
    for (const PastChange& change : later) {
        if (change.past == "created") {
            out.existed = false;
            return out;
        }
        if (change.past == "deleted" || change.past == "restored") {
            out.was_deleted = change.past == "restored";
        } else if (change.past == "updated") {
            for (const auto& [name, values] : change.changes.members()) {
                put(out.record, name, values["from"]);
            }
        }
    }
    return out;
}

}  // namespace ponte::records
