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
constexpr std::size_t most_waiting = 20'000;
constexpr int most_failed_sends = 2;
constexpr Milliseconds silent_after{15}, spare_unused_after{60'000};

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
    if (waiting_.size() >= most_waiting) {
        unit->failure = no_database();
        unit->is_done = true;
        return;
    }
    waiting_.push_back(std::move(unit));
    ++around_->counters.waiting;
    pump();
}

void Lanes::pump() {
    while (!waiting_.empty()) {
        Lane* lane = choose();
        if (!lane) {
            return;
        }
        auto unit = std::move(waiting_.front());
        waiting_.pop_front();
        --around_->counters.waiting;
        if (unit.use_count() == 1) {
            continue;  // whoever wanted it is gone
        }
        const bool is_sent = lane->connection->send(unit);
        count(*lane);
        if (!is_sent) {
            waiting_.push_front(std::move(unit));
            ++around_->counters.waiting;
            if (++waiting_.front()->failed_sends >= most_failed_sends) {
                fail_first(no_database());
            }
        }
    }
}

// The least busy one that has room. As long as all are busy, another one is opened. What waits in
// the server, mostly for a lock, would hold up whatever is sent behind it, perhaps even what its
// lock depends on: so a silent lane gets nothing more, and when all are silent, spare ones serve.
Lanes::Lane* Lanes::choose() {
    const auto now = Clock::now();
    Lane* best = nullptr;
    Lane* closed = nullptr;
    bool is_opening = false;
    for (Lane& lane : lanes_) {
        if (is_spare(lane) && (best || closed || is_opening)) {
            break;
        }
        if (!lane.connection) {
            is_opening = is_opening || lane.rests;
            closed = lane.rests || closed ? closed : &lane;
        } else if (!lane.connection->is_open()) {
            is_opening = true;
        } else if (!lane.connection->is_silent(now, silent_after) &&
                   (!best || lane.connection->in_flight() < best->connection->in_flight())) {
            best = &lane;
        }
    }
    if (closed && !is_opening && (!best || best->connection->in_flight() > 0)) {
        open(*closed);
    }
    return best && best->connection->in_flight() < most_in_flight ? best : nullptr;
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

void Lanes::fail_first(Error error) {
    const auto unit = std::move(waiting_.front());
    waiting_.pop_front();
    --around_->counters.waiting;
    unit->failure = std::move(error);
    around_->loop.post([unit] { unit->wake(); });
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
    std::deque<std::shared_ptr<Unit>> late, in_time;
    for (auto& unit : waiting_) {
        (unit->deadline <= now ? late : in_time).push_back(std::move(unit));
    }
    waiting_ = std::move(in_time);
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
    while (!waiting_.empty()) {
        fail_first(no_database());
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
