// What records have of themselves: ids of new parts, computed fields and sums, numbers.
#pragma once

#include "kernel/records/changes.hpp"

namespace ponte::records {

// Computes what the declaration says of records that are about to be written, their parts first, so
// that nothing computed is older than what it comes from.
void compute(Changes& changes);

// Gives new records their numbers, one query for all of them; the next one waits for its commit.
Task<> number_new(Ctx& ctx, Changes& changes);

}  // namespace ponte::records
