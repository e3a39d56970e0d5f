// What of a record may change in the state that it is in (Entity::editable_when, deletable_when,
// decision 0136). Only what people fill in is held: the state itself, computed values and whatever
// else is read-only are written by our own code, which knows what it does.
#pragma once

#include <string_view>

#include "kernel/entities/catalogue.hpp"
#include "kernel/records/changes.hpp"

namespace ponte::records {

// Also of any record, where no state is asked for.
bool is_in(const State& state, const Json& record);

// By its JSON name, custom fields' too; `record` as it is before the change.
bool is_editable(const Kind& kind, std::string_view json_name, const Json& record);

// Leaves out and counts what may not change, where `changes.skips_locked`; else throws 409
// <entity>.locked with the fields that are held.
void hold_locked(Changes& changes);

}  // namespace ponte::records
