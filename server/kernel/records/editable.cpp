#include "kernel/records/editable.hpp"

#include "kernel/records/record.hpp"

namespace ponte::records {
namespace {

constexpr std::string_view custom_prefix = "customFields.";

// What of a change its record's state does not allow.
Problems held_of(const Kind& kind, const Change& change) {
    Problems held;
    for (const auto& [name, value] : change.difference.members()) {
        if (!is_editable(kind, name, change.before)) {
            held.push_back({name, "locked", Json::object(), {}});
        }
    }
    return held;
}

Error locked(const Entity& entity, Problems held) {
    Error error = conflict(std::string(entity.name) + ".locked");
    error.fields = std::move(held);
    return error;
}

}  // namespace

bool is_in(const State& state, const Json& record) {
    return state.field.empty() ||
           is_one_of(state.options, record[camel_case(state.field)].as_string());
}

bool is_editable(const Kind& kind, std::string_view json_name, const Json& record) {
    const Entity& entity = *kind.entity;
    if (is_in(entity.editable_when, record)) {
        return true;
    }
    if (json_name.starts_with(custom_prefix)) {
        return is_always_editable(entity, custom_column);
    }
    const Field* field = kind.field_by_json(json_name);
    return !field || field->is_read_only || is_always_editable(entity, field->name);
}

void hold_locked(Changes& changes) {
    const Kind& kind = *changes.kind;
    const Entity& entity = *kind.entity;
    const bool is_removal = changes.verb == Verb::remove;
    const State& asked = is_removal ? entity.deletable_when : entity.editable_when;
    if (asked.field.empty() || (!is_removal && changes.verb != Verb::update)) {
        return;
    }
    changes.locked += std::erase_if(changes.records, [&](const Change& change) {
        Problems held = is_removal ? Problems{} : held_of(kind, change);
        const bool is_held = is_removal ? !is_in(asked, change.before) : !held.empty();
        if (is_held && !changes.skips_locked) {
            throw locked(entity, std::move(held));
        }
        return is_held;
    });
}

}  // namespace ponte::records
