// What went wrong when a company heard an event, and what follows from it.
#pragma once

#include <exception>
#include <string>

#include "kernel/listeners/turn.hpp"

namespace ponte::listeners {

constexpr int most_delays = 60;  // who is away for longer is away: from then on it counts

// A transaction that failed, as far as it had come.
struct Attempt {
    Event event;     // the one it was at
    int events = 0;  // with that one
    int tries = 0;   // that failed before
    bool is_behind = false;
};

struct Failure {
    enum class Kind { of_handler, not_ours };
    Kind kind = Kind::of_handler;
    bool is_race = false;
    std::string code;  // for people; says nothing of values
    std::string what;  // for the log
};
Failure failure_of(std::exception_ptr thrown);

// Counts it against the listener's tries. After the last one the company is set aside for this
// listener, those who may see that are told, and all others go on.
Task<TurnEnd> note_failure(Services& services, Loop& loop, const Listener& listener, Id tenant,
                           Attempt attempt, Failure failure);

}  // namespace ponte::listeners
