// What PostgreSQL knows of sizes, kept true while much is written.
#pragma once

#include "kernel/ctx.hpp"

namespace ponte::records {

// Analyzes tables that are `grown` times as large as when they were analyzed last (1.1: a tenth
// larger). In a transaction of its own; what fails is logged: the work itself is whole without.
Task<> refresh_statistics(Ctx& ctx, double grown);

}  // namespace ponte::records
