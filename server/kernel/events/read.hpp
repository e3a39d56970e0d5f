// Reading the log in its order, without ever stepping over an event that commits late.
#pragma once

#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/events.hpp"

namespace ponte::events {

constexpr int most_in_batch = 1'000;

struct Batch {
    std::vector<Event> events;
    bool is_full = false;  // there may be more
    bool is_held = false;  // an older transaction is still open: what follows must wait for it
};

// What stands after a position, for all tenants.
Task<Batch> read_after(Services& services, Loop& loop, Position after);
// Where a reader begins that wants what is written from now on.
Task<Position> position_of_now(Services& services, Loop& loop);
// A tenant's events after a position; empty when that is too long ago, too many or never was.
Task<std::optional<std::vector<Event>>> read_missed(Services& services, Loop& loop, Id tenant,
                                                    Position after, std::size_t limit);

struct Unheard {
    Position after;
    std::vector<std::string> likes;  // patterns of names, as SQL knows them
    bool with_quiet = false;         // what bulks and imports wrote, in its place
    int most = 1;
};
// What a company has yet to hear, read in the transaction of `ctx`, which is the company's.
Task<Batch> read_unheard(Ctx& ctx, Unheard wanted);

}  // namespace ponte::events
