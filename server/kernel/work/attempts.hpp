// A long job that failed is tried again from its last batch, a few times; then people are told, and
// may let it go on from there.
#pragma once

#include <optional>
#include <string>

#include "kernel/ctx.hpp"

namespace ponte::records {

// No further attempt would help; where `may_resume`, it would by somebody else.
struct Hopeless {
    std::string code;
    bool may_resume = false;
};

struct LongWork {
    Id id;
    const char* table;  // "imports": a row with attempts, error, state, failed_in, finished_at
    Task<> (*work)(Ctx&, Id);      // goes on from what the row says
    Task<> (*tell_end)(Ctx&, Id);  // after the last attempt failed
};

// Runs the work and writes down how it failed; throws on when it shall be tried again.
Task<> run_with_attempts(Ctx& ctx, LongWork long_work);

// To be queued with each batch: a job that gets on is no hopeless one, however often the program
// was killed meanwhile.
void queue_job_progress(Ctx& ctx);

// The job of this work is given up: no run of it reached its end. Its row says so.
Task<> give_up(Ctx& ctx, LongWork long_work);

// What failed, but not for good, stands as before its failure; the caller enqueues its job. Nothing
// when there is nothing to go on with; else the state: running, queued or undoing.
Task<std::optional<std::string>> resume(Ctx& ctx, const char* table, Id id);

}  // namespace ponte::records
