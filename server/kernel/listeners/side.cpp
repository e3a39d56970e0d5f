#include "kernel/listeners/side.hpp"

#include <algorithm>

namespace ponte::listeners {
namespace {

// Below all of its transaction: the quiet events of a batch stand before the one that tells of it.
Position below(Position position) { return {position.transaction, 0}; }

void lower(std::optional<Position>& bound, const std::optional<Position>& other) {
    if (other && (!bound || *other < *bound)) {
        bound = other;
    }
}

}  // namespace

// The row of a company that is behind keeps its position. While it is read, it may be found to have
// caught up, so what has come since then must not be passed by.
Position Side::heard_up_to(Position dealt) const {
    if (!is_read_up) {
        return heard;
    }
    std::optional<Position> bound;
    for (const auto& [tenant, turn] : turns) {
        if (!turn.is_behind) {
            lower(bound, turn.held);
        }
        if (!turn.is_behind || turn.is_running) {
            lower(bound, turn.woken);
        }
    }
    return std::max(heard, below(bound ? std::min(*bound, dealt) : dealt));
}

void Side::begin(Turn& turn) const {
    turn.is_queued = false;
    turn.is_running = true;
    turn.is_caught_up = false;
    turn.held = turn.woken;
    turn.woken.reset();
}

bool Side::end(Turn& turn, const TurnEnd& end) const {
    using Kind = TurnEnd::Kind;
    turn.is_running = false;
    const bool is_unchanged =
        end.kind == Kind::busy || end.kind == Kind::put_off || end.kind == Kind::too_many;
    if (is_unchanged) {
        lower(turn.woken, turn.held);
    } else {
        turn.is_behind = end.is_behind;
    }
    turn.held.reset();
    turn.is_aside = end.kind == Kind::aside;
    turn.is_delayed = end.delay.count() > 0;
    turn.delays = end.kind == Kind::put_off ? turn.delays + 1 : 0;
    if (end.kind == Kind::too_many || end.kind == Kind::failed) {
        turn.most = 1;
    } else if (!is_unchanged) {
        turn.most = std::min(turn.most * 2, most_events);
    }
    turn.is_caught_up = end.kind == Kind::caught_up && !turn.woken;
    return turn.is_caught_up && !turn.is_behind;
}

std::vector<Id> Side::begin_joining() {
    std::vector<Id> joining;
    if (!is_read_up) {
        return joining;  // rows are just being read, and must not change under it
    }
    for (auto& [tenant, turn] : turns) {
        if (turn.is_behind && turn.is_caught_up && !turn.woken && !turn.is_running) {
            turn.is_joining = true;
            joining.push_back(tenant);
        }
    }
    return joining;
}

// When the answer was lost, the row may say either: to take it for even is the safe side.
void Side::end_joining(const std::vector<Id>& joined, bool is_known) {
    for (const Id& tenant : joined) {
        const auto found = turns.find(tenant);
        if (found == turns.end() || !found->second.is_joining) {
            continue;
        }
        Turn& turn = found->second;
        turn.is_joining = turn.is_behind = false;
        if (!turn.woken && is_known) {
            turns.erase(found);
        }
    }
}

}  // namespace ponte::listeners
