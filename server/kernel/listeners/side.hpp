// The log as one listener has it, in the memory of the node that drives it: which companies have
// something to hear, and how far all of them have come. Lives on the driver's loop.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "kernel/listeners/turn.hpp"

namespace ponte::listeners {

// A company with something to hear; those that have heard everything are not kept.
struct Turn {
    std::optional<Position> woken;  // the first event since its last reading began
    std::optional<Position> held;   // the first one of those that the reading under way is about
    bool is_running = false, is_queued = false;
    bool is_delayed = false;    // until its time comes
    bool is_aside = false;      // until somebody resumes it
    bool is_behind = false;     // its row says so, and keeps its position by itself
    bool is_caught_up = false;  // though its row says behind
    bool is_joining = false;    // the row is just being told so
    int most = most_events, delays = 0;

    bool may_queue() const {
        return !is_running && !is_queued && !is_delayed && !is_aside && !is_joining;
    }
};

struct Side {
    explicit Side(const Listener& of) : listener(of) {}

    const Listener& listener;
    bool is_held = false;     // this node drives it
    int tenure = 0;           // turns of an earlier one are none of ours
    bool is_read_up = false;  // what stood in the log when we took it has been looked through
    Position heard;
    std::unordered_map<Id, Turn> turns;

    // How far every company has come whose row says nothing else, when all up to `dealt` is known.
    Position heard_up_to(Position dealt) const;
    void begin(Turn& turn) const;
    // What follows for it: true when it has nothing to do and is forgotten.
    bool end(Turn& turn, const TurnEnd& end) const;
    std::vector<Id> begin_joining();
    void end_joining(const std::vector<Id>& joined, bool is_known);
};

}  // namespace ponte::listeners
