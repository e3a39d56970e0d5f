#include "kernel/db/pool.hpp"

#include <algorithm>
#include <utility>

#include "kernel/db/errors.hpp"
#include "kernel/log.hpp"

namespace ponte::db {
namespace {

constexpr Milliseconds unused_after{60'000};

}  // namespace

Lease& Lease::operator=(Lease&& other) noexcept {
    Lease old(std::move(pool_), company_, std::move(connection_));
    pool_ = std::move(other.pool_);
    company_ = other.company_;
    connection_ = std::move(other.connection_);
    return *this;
}

Lease::~Lease() {
    if (connection_) {
        pool_->give_back(std::move(connection_));
    }
}

Task<> Lease::renew(Clock::time_point deadline) {
    const auto pool = pool_;
    pool->give_back(std::exchange(connection_, nullptr));
    *this = co_await pool->take(company_, deadline);
}

Pool::Pool(std::shared_ptr<Surroundings> around, int most)
    : around_(std::move(around)), most_(static_cast<std::size_t>(std::max(1, most))) {}

Pool::~Pool() { close(); }

Task<Lease> Pool::take(Id company, Clock::time_point deadline) {
    const auto self = shared_from_this();
    if (is_closed_ || waiting_.is_full()) {
        throw no_database();
    }
    auto connection = waiting_.empty() && may_have(company) ? take_idle(company) : nullptr;
    if (!connection) {
        if (waiting_.is_full_for(company)) {
            throw too_many_waiting();
        }
        const auto turn = std::make_shared<Turn>();
        turn->deadline = deadline;
        waiting_.push(company, turn);
        ++around_->counters.waiting;
        serve_later();
        Waiting answer(turn);
        co_await answer;
        if (turn->failure) {
            throw Error(*turn->failure);
        }
        connection = std::move(turn->connection);
    }
    co_return Lease(self, company, std::move(connection));
}

bool Pool::may_have(const Id& company) const {
    const auto is_theirs = [&](const Held& held) { return held.company == company; };
    return company.is_nil() || held_.size() < most_held_of(most_) ||
           static_cast<std::size_t>(std::ranges::count_if(held_, is_theirs)) < most_held_of(most_);
}

std::shared_ptr<Connection> Pool::take_idle(const Id& company) {
    while (!idle_.empty()) {
        auto connection = std::move(idle_.back().connection);
        idle_.pop_back();
        if (connection->is_open()) {
            held_.push_back({connection.get(), company});
            ++around_->counters.busy;
            return connection;
        }
    }
    return nullptr;
}

void Pool::end_hold(const std::shared_ptr<Connection>& connection) {
    std::erase_if(held_, [&](const Held& held) { return held.connection == connection.get(); });
    --around_->counters.busy;
}

void Pool::give_back(std::shared_ptr<Connection> connection) {
    if (around_->loop.is_current_thread()) {
        take_back(connection);
    } else {
        around_->loop.post(
            [self = shared_from_this(), connection] { self->take_back(connection); });
    }
}

void Pool::take_back(const std::shared_ptr<Connection>& connection) {
    if (is_closed_ || !connection->is_open() || connection->is_copying()) {
        end_hold(connection);
        forget(connection);
        serve_later();
    } else if (connection->in_flight() == 0 && !connection->is_in_transaction()) {
        end_hold(connection);
        rest(connection);
    } else {
        spawn_now(around_->loop, settle(shared_from_this(), connection));
    }
}

// Nobody knows how far the transaction was: it is ended before somebody else gets the connection.
Task<> Pool::settle(std::shared_ptr<Pool> self, std::shared_ptr<Connection> connection) {
    connection->hurry();
    if (connection->in_flight() > 0) {
        co_await Connection::cancel_running(connection);
    }
    const auto rollback = std::make_shared<Unit>();
    rollback->has_prologue = false;
    rollback->rolls_back = true;
    if (connection->send(rollback)) {
        Waiting answer(rollback);
        co_await answer;
    }
    self->end_hold(connection);
    if (self->is_closed_ || rollback->failure || !connection->is_open() ||
        connection->in_flight() > 0 || connection->is_in_transaction()) {
        self->forget(connection);
        self->serve_later();
    } else {
        self->rest(connection);
    }
}

void Pool::rest(const std::shared_ptr<Connection>& connection) {
    idle_.push_back({connection, Clock::now()});
    if (!waiting_.empty()) {
        serve_later();
    }
    if (idle_.size() > 1) {
        trim_later();
    }
}

void Pool::forget(const std::shared_ptr<Connection>& connection) {
    connection->close();
    std::erase(all_, connection);
    std::erase_if(idle_, [&](const Idle& idle) { return idle.connection == connection; });
}

// In a turn of its own: who gives a connection back does not expect others to run inside that call.
void Pool::serve_later() {
    if (!waiting_.empty() && !std::exchange(is_serving_, true)) {
        around_->loop.post([weak = weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->serve();
            }
        });
    }
}

void Pool::serve() {
    is_serving_ = false;
    while (!idle_.empty()) {
        Id company;
        const auto may = [&](const Id& asked) {
            company = asked;
            return may_have(asked);
        };
        const auto next = waiting_.next(may);
        if (!next) {
            break;
        }
        --around_->counters.waiting;
        const auto& turn = *next;
        if (turn.use_count() == 1) {
            continue;  // whoever wanted it is gone
        }
        turn->connection = take_idle(company);
        if (!turn->connection) {
            waiting_.push_first(company, turn);
            ++around_->counters.waiting;
            break;
        }
        turn->wake();
    }
    while (waiting_.size() > opening_ && all_.size() < most_ && !rests_ && !is_closed_) {
        open();
    }
}

void Pool::open() {
    Connection::Events events;
    const auto slot = std::make_shared<std::weak_ptr<Connection>>();
    events.on_open = [this, slot] {
        --opening_;
        backoff_.reset();
        if (const auto connection = slot->lock()) {
            rest(connection);
        }
    };
    events.on_lost = [weak = weak_from_this(), slot](const std::string& problem) {
        const auto self = weak.lock();
        const auto connection = slot->lock();
        if (self && connection) {
            self->lost(connection, problem);
        }
    };
    const auto connection = std::make_shared<Connection>(around_, std::move(events));
    *slot = connection;
    ++opening_;
    all_.push_back(connection);
    connection->open();
}

void Pool::lost(const std::shared_ptr<Connection>& connection, const std::string& problem) {
    if (is_closed_) {
        return;
    }
    forget(connection);
    if (connection->was_open()) {
        ++around_->counters.reconnects;
        serve_later();
        return;
    }
    --opening_;
    if (backoff_.is_first()) {
        log::warning("the database cannot be reached", {{"problem", problem}});
    }
    rests_ = true;
    around_->loop.post_after(backoff_.next(), [weak = weak_from_this()] {
        if (const auto self = weak.lock()) {
            self->rests_ = false;
            self->serve_later();
        }
    });
}

void Pool::trim_later() {
    if (!std::exchange(is_trimming_, true)) {
        around_->loop.post_after(unused_after, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->trim();
            }
        });
    }
}

// The last one stays, so that a quiet hour does not make the next request wait.
void Pool::trim() {
    is_trimming_ = false;
    const auto long_ago = Clock::now() - unused_after;
    while (idle_.size() > 1 && idle_.front().since <= long_ago) {
        const auto connection = idle_.front().connection;
        forget(connection);
    }
    if (idle_.size() > 1) {
        trim_later();
    }
}

void Pool::look(Clock::time_point now) {
    const auto all = all_;
    for (const auto& connection : all) {
        connection->look(now);
    }
    const auto late = waiting_.take_those([&](const auto& turn) { return turn->deadline <= now; });
    around_->counters.waiting -= static_cast<int>(late.size());
    const bool is_any_open = all_.size() > opening_;
    for (const auto& turn : late) {
        turn->failure = is_any_open ? Error(503, "database.timeout") : no_database();
        turn->wake();
    }
}

void Pool::close() {
    is_closed_ = true;
    for (const auto& turn : waiting_.take_those([](const auto&) { return true; })) {
        --around_->counters.waiting;
        turn->failure = no_database();
        around_->loop.post([turn] { turn->wake(); });
    }
    for (const auto& connection : std::exchange(all_, {})) {
        connection->close();
    }
    idle_.clear();
    opening_ = 0;
}

}  // namespace ponte::db
