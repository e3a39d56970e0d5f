#include "kernel/listeners/driver.hpp"

#include <algorithm>

#include "kernel/listeners/pattern.hpp"
#include "kernel/log.hpp"
#include "kernel/services.hpp"

namespace ponte::listeners {
namespace {

constexpr int places_per_loop = 2;  // a turn holds one of the loop's few exclusive connections
constexpr Milliseconds after_failure{500};
constexpr std::chrono::seconds may_finish_within{8}, stop_within{10};
constexpr std::string_view resumed = "listener.resumed";

}  // namespace

Driver::Driver(Services& services)
    : services_(services),
      loop_(services.loops.at(0)),
      table_(services, loop_),
      work_(loop_),
      running_on_(services.loops.size()) {}

void Driver::start(std::vector<const Listener*> declared) {
    loop_.post([self = shared_from_this(), declared = std::move(declared)] {
        for (const Listener* listener : declared) {
            self->sides_.push_back(std::make_unique<Side>(*listener));
        }
        spawn(self->loop_, work(self));
    });
    work_.set_each(renewed_each);
}

void Driver::stop() {
    is_stopping_ = true;
    work_.set();
    loop_.post_after(may_finish_within, [self = shared_from_this()] {
        self->has_left_ = true;
        self->work_.set();
    });
    ended_.get_future().wait_for(stop_within);
}

void Driver::hear(const std::vector<Event>& batch) {
    for (const Event& event : batch) {
        for (const auto& side : sides_) {
            if (side->is_held && concerns(side->listener, event)) {
                wake(*side, event.tenant, event.position);
            }
        }
        if (event.name == resumed) {
            resume(event);
        }
    }
    start_waiting();
}

void Driver::wake(Side& side, const Id& tenant, const Position& position) {
    Turn& turn = side.turns[tenant];
    turn.is_caught_up = false;
    if (!turn.woken) {
        turn.woken = position;
    }
    queue(side, tenant, turn);
}

// Whoever resumed it may have asked any node: the log brings it here.
void Driver::resume(const Event& event) {
    for (const auto& side : sides_) {
        if (side->is_held && side->listener.name == event.changes["listener"].as_string()) {
            Turn& turn = side->turns[event.tenant];
            turn.is_behind = true;
            turn.is_aside = turn.is_delayed = turn.is_caught_up = false;
            queue(*side, event.tenant, turn);
        }
    }
}

void Driver::queue(Side& side, const Id& tenant, Turn& turn) {
    if (turn.may_queue()) {
        turn.is_queued = true;
        waiting_.push_back({&side, side.tenure, tenant});
    }
}

void Driver::queue_after(Milliseconds delay, Side& side, const Id& tenant) {
    loop_.post_after(delay, [self = shared_from_this(), &side, tenure = side.tenure, tenant] {
        const auto found = side.turns.find(tenant);
        if (side.tenure == tenure && found != side.turns.end()) {
            found->second.is_delayed = false;
            self->queue(side, tenant, found->second);
            self->start_waiting();
        }
    });
}

// In the order in which they came, but nobody gets more than half of the places: whoever has a
// million events to hear, or as many listeners, waits for the others after each turn.
void Driver::start_waiting() {
    const int places = places_per_loop * static_cast<int>(running_on_.size());
    for (std::size_t left = waiting_.size(); left > 0 && running_ < places && !is_stopping_;
         --left) {
        const Waiting next = waiting_.front();
        waiting_.pop_front();
        if (next.side->tenure != next.tenure) {
            continue;
        }
        const auto running = running_of_.find(next.tenant);
        if (running != running_of_.end() && running->second >= std::max(1, places / 2)) {
            waiting_.push_back(next);
        } else {
            begin(next);
        }
    }
}

void Driver::begin(const Waiting& turn) {
    Turn& begun = turn.side->turns.at(turn.tenant);
    turn.side->begin(begun);
    const auto least = std::ranges::min_element(running_on_);
    const auto place = static_cast<std::size_t>(least - running_on_.begin());
    ++*least;
    ++running_;
    ++running_of_[turn.tenant];
    Loop& loop = services_.loops.at(place);
    loop.post([self = shared_from_this(), &loop, place, turn, most = begun.most,
               delays = begun.delays] { spawn(loop, run(self, loop, place, turn, most, delays)); });
}

Task<> Driver::run(std::shared_ptr<Driver> self, Loop& loop, std::size_t place, Waiting turn,
                   int most, int delays) {
    const TurnEnd end =
        co_await run_turn(self->services_, loop, turn.side->listener, turn.tenant, most, delays);
    self->loop_.post([self, turn, place, end] { self->ended(turn, place, end); });
}

void Driver::ended(const Waiting& turn, std::size_t place, const TurnEnd& end) {
    --running_on_[place];
    --running_;
    const auto running = running_of_.find(turn.tenant);
    if (--running->second == 0) {
        running_of_.erase(running);
    }
    Side& side = *turn.side;
    const auto found = side.turns.find(turn.tenant);
    if (side.tenure == turn.tenure && found != side.turns.end()) {
        Turn& known = found->second;
        if (side.end(known, end)) {
            side.turns.erase(found);
        } else if (known.is_delayed) {
            queue_after(end.delay, side, turn.tenant);
        } else if (!known.is_caught_up) {
            queue(side, turn.tenant, known);
        }
    }
    start_waiting();
    if (is_stopping_) {
        work_.set();
    }
}

Task<> Driver::declare() {
    std::vector<const Listener*> declared;
    for (const auto& side : sides_) {
        declared.push_back(&side->listener);
    }
    bool is_done = false;
    while (!is_done && !is_stopping_) {
        try {
            co_await table_.declare(declared);
            is_done = true;
        } catch (const std::exception& problem) {
            log::warning("listeners cannot be declared", {{"problem", problem.what()}});
        }
        if (!is_done) {
            co_await loop_.sleep(after_failure);
        }
    }
}

std::vector<Standing> Driver::standing() {
    const Position dealt = services_.feed().newest();
    std::vector<Standing> all;
    for (const auto& side : sides_) {
        if (side->is_held) {
            side->heard = side->heard_up_to(dealt);
            all.push_back({side->listener.name, side->heard, side->begin_joining()});
        }
    }
    return all;
}

Task<> Driver::keep() {
    std::vector<std::string> wanted;
    for (const auto& side : sides_) {
        wanted.push_back(side->listener.name);
    }
    const std::vector<Standing> ours = standing();
    std::vector<Held> held;
    bool is_known = false;
    try {
        held = co_await table_.keep(ours, wanted);
        is_known = true;
    } catch (const std::exception& problem) {
        log::warning("the positions of listeners cannot be kept", {{"problem", problem.what()}});
    }
    for (const auto& side : sides_) {
        const auto told = std::ranges::find(ours, side->listener.name, &Standing::name);
        if (told != ours.end()) {
            side->end_joining(told->caught_up, is_known);
            for (auto& [tenant, turn] : side->turns) {
                if (turn.woken) {
                    queue(*side, tenant, turn);
                }
            }
        }
    }
    if (is_known) {
        accept(held);
    }
    start_waiting();
}

void Driver::accept(const std::vector<Held>& held) {
    for (const auto& side : sides_) {
        const auto found = std::ranges::find(held, side->listener.name, &Held::name);
        const bool is_held = found != held.end();
        if (is_held && !side->is_held) {
            side->is_held = true;
            side->heard = found->heard;
            spawn(loop_, read_up(shared_from_this(), *side, side->tenure));
        } else if (!is_held && side->is_held) {
            side->is_held = side->is_read_up = false;
            side->turns.clear();
            ++side->tenure;
        }
    }
}

// What the feed carried before the listener was ours.
Task<> Driver::read_up(std::shared_ptr<Driver> self, Side& side, int tenure) {
    while (!side.is_read_up && side.tenure == tenure && !self->is_stopping_) {
        bool is_done = false;
        try {
            co_await self->load(side, tenure);
            co_await self->look_through(side, tenure);
            is_done = true;
        } catch (const std::exception& problem) {
            log::warning("a listener cannot read the log",
                         {{"listener", side.listener.name}, {"problem", problem.what()}});
        }
        if (is_done && side.tenure == tenure) {
            side.is_read_up = true;
        } else if (!is_done) {
            co_await self->loop_.sleep(after_failure);
        }
    }
}

Task<> Driver::load(Side& side, int tenure) {
    const std::vector<Delayed> all = co_await table_.delayed(side.listener.name);
    for (const Delayed& one : all) {
        if (side.tenure != tenure) {
            co_return;
        }
        Turn& turn = side.turns[one.tenant];
        if (turn.is_running || turn.is_delayed) {
            continue;
        }
        turn.is_behind = true;
        turn.is_aside = one.is_aside;
        turn.is_delayed = one.delay.count() > 0;
        if (turn.is_delayed) {
            queue_after(one.delay, side, one.tenant);
        } else {
            queue(side, one.tenant, turn);
        }
    }
    start_waiting();
}

Task<> Driver::look_through(Side& side, int tenure) {
    Position after = side.heard;
    std::size_t found = most_concerned;
    while (found == most_concerned && side.tenure == tenure) {
        const std::vector<Table::Concerned> page =
            co_await table_.concerned(likes_of(side.listener), after);
        found = page.size();
        for (const Table::Concerned& one : page) {
            if (side.tenure == tenure) {
                wake(side, one.tenant, one.position);
            }
            after = one.position;
        }
        start_waiting();
    }
}

Task<> Driver::let_go() {
    try {
        std::vector<Standing> ours = standing();
        co_await table_.let_go(std::move(ours));
    } catch (const std::exception&) {
        // The lease ends by itself.
    }
}

Task<> Driver::work(std::shared_ptr<Driver> self) {
    co_await self->declare();
    while (!self->is_stopping_) {
        co_await self->keep();
        co_await self->work_.wait();
    }
    while (self->running_ > 0 && !self->has_left_) {
        co_await self->work_.wait();
    }
    co_await self->let_go();
    self->ended_.set_value();
}

}  // namespace ponte::listeners
