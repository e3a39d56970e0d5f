// The turn of one company with one listener: some of what it has not heard yet, in one transaction
// with how far it has come. Never throws: what went wrong is how it ended.
#pragma once

#include "kernel/events.hpp"
#include "kernel/task.hpp"

namespace ponte::listeners {

struct TurnEnd {
    enum class Kind {
        caught_up,  // there was nothing more at that moment
        more,       // there may be more
        busy,       // another node has it
        too_many,   // one of several failed: again, one by one
        put_off,    // a lost race, or the database is away
        failed,     // written down; tried again when its time comes
        aside       // has been set aside
    };
    Kind kind = Kind::more;
    bool is_behind = false;  // as its row says now; meaningless when it was put off
    Milliseconds delay{0};   // before it is worth trying again
};

constexpr int most_events = 100;  // in one transaction

// `most`: how many events at once; `delays`: how often it was put off before.
Task<TurnEnd> run_turn(Services& services, Loop& loop, const Listener& listener, Id tenant,
                       int most, int delays);

}  // namespace ponte::listeners
