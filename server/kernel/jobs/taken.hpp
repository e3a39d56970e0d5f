// A job that this process holds a lease of, and what became of it.
#pragma once

#include <optional>
#include <string>

#include "kernel/jobs.hpp"

namespace ponte::jobs {

struct Taken {
    Id id;
    std::optional<Id> tenant;
    std::string kind;
    std::string args;  // JSON, read when the job runs: what cannot be read fails this job alone
    int tries = 0, delays = 0;
    Id token;
    JobLane lane = JobLane::brief;

    Id queue() const { return tenant.value_or(Id{}); }
};

struct Outcome {
    enum class Kind {
        done,      // its row is still there
        gone,      // its row went with its own transaction
        failed,    // counts against max_tries
        put_off,   // not its fault: the database or a service was busy or away
        unknown,   // nobody here knows this kind: another version of the program does
        not_begun  // given back
    };
    Kind kind = Kind::done;
    std::string problem;
    bool is_database = false;   // put off by the database: the next chance comes soon
    std::optional<Time> until;  // put off until then
};

// What happens to the row of a job that is neither done nor gone.
struct PutBack {
    std::string state = "later";
    Milliseconds delay{0};
    bool counts = true, is_delayed = false;
};
PutBack put_back_of(const Taken& job, const Outcome& outcome, int max_tries, double chance);

}  // namespace ponte::jobs
