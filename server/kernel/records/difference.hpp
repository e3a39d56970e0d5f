// What a change makes of a record, as history tells it: {"status": {"from": "lead", "to": "won"}}.
#pragma once

#include "kernel/entities/catalogue.hpp"
#include "kernel/records/changes.hpp"

namespace ponte::records {

// Of a new record: everything that it has.
void note_new_values(const Kind& kind, Change& change);
// Of a known one: what differs; whatever stays as it was is taken out of its values.
void note_difference(const Kind& kind, Change& change);

}  // namespace ponte::records
