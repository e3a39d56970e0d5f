// A long job that failed is tried again from its last batch, a few times; then people are told.
#pragma once

#include <string>

#include "kernel/ctx.hpp"

namespace ponte::resources {

// No further attempt would help.
struct Hopeless {
    std::string code;
};

struct LongWork {
    Id id;
    const char* table;             // "imports": a row with attempts, error, state, finished_at
    Task<> (*work)(Ctx&, Id);      // goes on from what the row says
    Task<> (*tell_end)(Ctx&, Id);  // after the last attempt failed
};

// Runs the work and writes down how it failed; throws on when it shall be tried again.
Task<> run_with_attempts(Ctx& ctx, LongWork long_work);

}  // namespace ponte::resources
