#include "kernel/records/difference.hpp"

#include "kernel/records/record.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

Json from_to(Json from, Json to) {
    return Json::object({{"from", std::move(from)}, {"to", std::move(to)}});
}

bool is_empty(const Json& value) {
    return value.is_null() || (value.is_array() && value.items().empty());
}

// Values of deleted custom fields, which no record shows, stay in it.
void note_custom(Change& change, const Json& patch) {
    const Json& known = change.before["customFields"];
    Json changed = Json::object();
    for (const auto& [key, value] : patch.members()) {
        if (!(known[key] == value)) {
            changed.set(key, value);
            change.difference.set("customFields." + key, from_to(known[key], value));
        }
    }
    if (changed.members().empty()) {
        change.values.erase(custom_column);
    } else {
        change.values.set(custom_column, std::move(changed));
    }
}

}  // namespace

void note_new_values(const Kind& kind, Change& change) {
    for (const Field& field : kind.entity->fields) {
        const Json* value = change.values.find(field.name);
        if (value && !is_empty(*value)) {
            change.difference.set(camel_case(field.name),
                                  from_to(Json{}, shown(field.type, *value)));
        }
    }
    const Json* custom =
        kind.entity->has_custom_fields ? change.values.find(custom_column) : nullptr;
    if (custom) {
        for (const auto& [key, value] : custom->members()) {
            change.difference.set("customFields." + key, from_to(Json{}, value));
        }
    }
}

void note_difference(const Kind& kind, Change& change) {
    for (const Field& field : kind.entity->fields) {
        const Json* value = change.values.find(field.name);
        if (!value) {
            continue;
        }
        const std::string name = camel_case(field.name);
        Json to = shown(field.type, *value);
        const Json& from = change.before[name];
        // Nobody knows whether a secret is the one that was there.
        const bool is_replaced = field_type(field.type).is_sealed && !to.is_null();
        if (!is_replaced && same_value(field.type, from, to)) {
            change.values.erase(field.name);
        } else {
            change.difference.set(name, from_to(from, std::move(to)));
        }
    }
    const Json* custom =
        kind.entity->has_custom_fields ? change.values.find(custom_column) : nullptr;
    if (custom) {
        const Json patch = *custom;
        note_custom(change, patch);
    }
}

}  // namespace ponte::records
