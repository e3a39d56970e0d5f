// How long work is undone: records in the order of their ids, from the events that it left, each
// put back as far as nobody has touched it since; what stays, and why.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kernel/past/undo.hpp"
#include "kernel/work/row.hpp"

namespace ponte::work {

// A record that an undo left as it is, at least in part.
struct Kept {
    Id id;
    std::string reason;                // "changed", "linked"
    std::vector<std::string> details;  // fields that others changed; entities that lead here
};

// Records with such an event ("contact.updated") of this work, after one of them.
struct Touched {
    Id work;
    std::string event;
    std::optional<Id> after;
    std::int64_t most = 0;
    std::string since;  // database text: when the work began
};
Task<std::vector<Id>> touched_by(Ctx& ctx, Touched touched);

// As many of them as are no more than a few megabytes, with what happened to them when the work is
// being undone: they are all in memory while they are written. One at least.
Task<std::vector<Id>> that_fit(Ctx& ctx, const records::Kind& kind, const Row& row,
                               std::vector<Id> ids);

struct TakingBack {
    records::Undone undone;
    records::Reclaim reclaim = records::Reclaim::untouched;
    bool from_bin = true;  // also what lies in the bin
};
// Writes them as they were before and counts in `row`; returns those that are kept, if only a
// field of them.
Task<std::vector<Kept>> put_back_all(Ctx& ctx, const records::Kind& kind, TakingBack how,
                                     std::vector<Id> ids, Row& row);

}  // namespace ponte::work
