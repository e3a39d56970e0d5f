#include "kernel/db/lanes.hpp"

#include <algorithm>
#include <utility>

#include "kernel/db/errors.hpp"
#include "kernel/log.hpp"

namespace ponte::db {
namespace {

// Enough to keep a connection busy without a pause; more would only make units wait behind a slow
// one when the other lane is free, and be lost together with the connection.
constexpr std::size_t most_in_flight = 16;
constexpr int most_failed_sends = 2;
constexpr Milliseconds silent_after{15}, spare_unused_after{60'000};
// A statement that takes so long makes its company a heavy one, for some times as long.
constexpr Milliseconds heavy_after{50}, heavy_at_most{5'000};
constexpr int heavy_times = 10;

}  // namespace

Lanes::Lanes(std::shared_ptr<Surroundings> around)
    : around_(std::move(around)),
      regular_(std::max(1, around_->config.lanes_per_loop)),
      lanes_(static_cast<std::size_t>(regular_ + around_->config.spare_lanes_per_loop)) {}

Lanes::~Lanes() {
    *is_alive_ = false;
    close();
}

void Lanes::send(std::shared_ptr<Unit> unit) {
    const Id company = unit->company();
    if (waiting_.empty()) {
        const auto now = Clock::now();
        const Room room = survey(now);
        open_more(room, now);
        if (Lane* lane = lane_for(company, room)) {
            hand_over(*lane, std::move(unit));
            return;
        }
    }
    if (waiting_.is_full() || waiting_.is_full_for(company)) {
        unit->failure = waiting_.is_full() ? no_database() : too_many_waiting();
        unit->is_done = true;
        return;
    }
    waiting_.push(company, std::move(unit));
    ++around_->counters.waiting;
    pump();
}

void Lanes::pump() {
    while (!waiting_.empty()) {
        const auto now = Clock::now();
        const Room room = survey(now);
        open_more(room, now);
        const auto may = [&](const Id& company) { return lane_for(company, room) != nullptr; };
        auto unit = waiting_.next(may);
        if (!unit) {
            return;
        }
        --around_->counters.waiting;
        if (unit->use_count() > 1) {  // otherwise whoever wanted it is gone
            Lane& lane = *lane_for((*unit)->company(), room);
            hand_over(lane, std::move(*unit));
        }
    }
}

void Lanes::hand_over(Lane& lane, std::shared_ptr<Unit> unit) {
    const bool is_sent = lane.connection->send(unit);
    count(lane);
    if (is_sent) {
        return;
    }
    if (++unit->failed_sends >= most_failed_sends) {
        fail(std::move(unit), no_database());
        return;
    }
    const Id company = unit->company();
    waiting_.push_first(company, std::move(unit));
    ++around_->counters.waiting;
}

// What waits in the server, mostly for a lock, would hold up whatever is sent behind it, perhaps
// even what its lock depends on: so a silent lane gets nothing more, and when all are silent, spare
// ones serve. Of a heavy company, the next ones are likely to take as long, so that their lanes get
// nothing of others even while they answer.
Lanes::Room Lanes::survey(Clock::time_point now) {
    note_silent(now);
    Room room;
    for (Lane& lane : lanes_) {
        if (!lane.connection) {
            room.is_opening = room.is_opening || lane.rests;
            room.closed = lane.rests || room.closed ? room.closed : &lane;
        } else if (!lane.connection->is_open()) {
            room.is_opening = true;
        } else if (is_held(lane, now)) {
            ++room.held;
        } else {
            const std::size_t busy = lane.connection->in_flight();
            room.empty = room.empty || busy > 0 ? room.empty : &lane;
            const bool is_next_best = !room.quick || is_spare(lane) == is_spare(*room.quick);
            if (is_next_best && (!room.quick || busy < room.quick->connection->in_flight())) {
                room.quick = &lane;
            }
        }
    }
    return room;
}

void Lanes::note_silent(Clock::time_point now) {
    for (const Lane& lane : lanes_) {
        if (lane.connection && lane.connection->is_silent(now, silent_after)) {
            const auto silence = lane.connection->silence(now);
            const auto span = silence < heavy_after
                                  ? Clock::duration(silent_after)
                                  : std::min<Clock::duration>(silence * heavy_times, heavy_at_most);
            heavy_.note(lane.connection->first()->company(), now + span);
        }
    }
}

bool Lanes::is_held(const Lane& lane, Clock::time_point now) const {
    const Unit* first = lane.connection->first();
    return first && (lane.connection->is_silent(now, silent_after) ||
                     (!heavy_.is_empty() && heavy_.has(first->company())));
}

// A heavy company sends one at a time on a lane. Its first goes wherever nothing is under way; more
// only as long as some lanes stay for those that are quick.
Lanes::Lane* Lanes::lane_for(const Id& company, const Room& room) const {
    if (!heavy_.is_empty() && heavy_.has(company)) {
        const auto is_theirs = [&](const Lane& lane) {
            return lane.connection && lane.connection->in_flight() > 0 &&
                   lane.connection->first()->company() == company;
        };
        const bool may =
            room.held < most_held_of(lanes_.size()) || std::ranges::none_of(lanes_, is_theirs);
        return may ? room.empty : nullptr;
    }
    const bool has_room = room.quick && room.quick->connection->in_flight() < most_in_flight;
    return has_room ? room.quick : nullptr;
}

// As long as all are busy, another one is opened; a spare one only when no other answers, or when
// there are heavy companies, which may be waiting for an empty one.
void Lanes::open_more(const Room& room, Clock::time_point now) {
    if (!room.closed || room.is_opening) {
        return;
    }
    const bool is_wanted =
        is_spare(*room.closed)
            ? !room.quick || (!room.empty && heavy_.lasts_beyond(now + silent_after))
            : !room.quick || room.quick->connection->in_flight() > 0;
    if (is_wanted) {
        open(*room.closed);
    }
}

bool Lanes::is_spare(const Lane& lane) const { return &lane - lanes_.data() >= regular_; }

void Lanes::open(Lane& lane) {
    Connection::Events events;
    events.on_open = [this, &lane] {
        around_->counters.reconnects += lane.was_open ? 1 : 0;
        lane.was_open = true;
        lane.backoff.reset();
        pump();
    };
    events.on_room = [this, &lane] {
        pump();
        count(lane);
    };
    events.on_lost = [this, &lane, is_alive = is_alive_](const std::string& problem) {
        if (*is_alive) {
            lost(lane, problem);
        }
    };
    lane.connection = std::make_shared<Connection>(around_, std::move(events));
    lane.connection->open();
}

void Lanes::count(Lane& lane) {
    const bool is_busy = lane.connection && lane.connection->in_flight() > 0;
    if (std::exchange(lane.is_busy, is_busy) != is_busy) {
        around_->counters.busy += is_busy ? 1 : -1;
    }
}

void Lanes::lost(Lane& lane, const std::string& problem) {
    if (!lane.connection) {
        return;  // we have closed
    }
    const bool was_open = lane.connection->was_open();
    lane.connection.reset();
    count(lane);
    if (was_open) {
        log::warning("a connection to the database was lost", {{"problem", problem}});
        pump();
        return;
    }
    if (lane.backoff.is_first()) {
        log::warning("the database cannot be reached", {{"problem", problem}});
    }
    lane.rests = true;
    around_->loop.post_after(lane.backoff.next(), [this, &lane, is_alive = is_alive_] {
        if (*is_alive) {
            lane.rests = false;
            pump();
        }
    });
}

void Lanes::fail(std::shared_ptr<Unit> unit, Error error) {
    unit->failure = std::move(error);
    around_->loop.post([unit = std::move(unit)] { unit->wake(); });
}

void Lanes::look(Clock::time_point now) {
    bool is_any_open = false;
    for (Lane& lane : lanes_) {
        if (lane.connection) {
            lane.connection->look(now);
            is_any_open = is_any_open || lane.connection->is_open();
            if (is_spare(lane) && lane.connection->is_unused(now, spare_unused_after)) {
                lane.connection->close();
                lane.connection.reset();
            }
        }
    }
    heavy_.forget_old(now);
    const auto late = waiting_.take_those([&](const auto& unit) { return unit->deadline <= now; });
    around_->counters.waiting -= static_cast<int>(late.size());
    for (const auto& unit : late) {
        unit->failure = is_any_open ? Error(503, "database.timeout") : no_database();
        unit->wake();
    }
    pump();
}

bool Lanes::is_idle() const {
    return waiting_.empty() && std::ranges::all_of(lanes_, [](const Lane& lane) {
               return !lane.connection || lane.connection->in_flight() == 0;
           });
}

void Lanes::close() {
    for (auto& unit : waiting_.take_those([](const auto&) { return true; })) {
        --around_->counters.waiting;
        fail(std::move(unit), no_database());
    }
    for (Lane& lane : lanes_) {
        if (lane.connection) {
            lane.connection->close();
            lane.connection.reset();
            count(lane);
        }
    }
}

}  // namespace ponte::db
