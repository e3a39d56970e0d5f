// Parts as a body says them: a list of objects, each known by its id or new.
#pragma once

#include "kernel/records/input.hpp"

namespace ponte::records {

struct PartsAsked {
    Mode mode;
    bool from_people;
    const Json* before;  // the record as it is; null of a new one, and of what our own code writes
    const Locale& locale;
};

// Makes each list of parts in `values` whole, as records are shown: of a part that stays, what is
// not given is as it was (PUT: as it begins). Problems are named "items.2.unitPrice", from 0.
void complete_parts(const Kind& kind, Values& values, const PartsAsked& asked, Problems& problems);

}  // namespace ponte::records
