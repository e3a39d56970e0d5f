#include "kernel/db/connection.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <utility>

#include "kernel/db/errors.hpp"

namespace ponte::db {
namespace {

constexpr Milliseconds silence_beyond_timeout{5'000}, a_moment{500};

Rows rows_of(PGresult* result) {
    auto clear = [](const void* held) { PQclear(static_cast<PGresult*>(const_cast<void*>(held))); };
    return Rows(std::shared_ptr<const void>(result, clear));
}

void fail_later(Loop& loop, std::deque<std::shared_ptr<Unit>> units) {
    if (units.empty()) {
        return;
    }
    loop.post([units = std::move(units)] {
        for (const auto& unit : units) {
            if (!unit->failure) {
                unit->failure = no_database();
            }
            unit->wake();
        }
    });
}

}  // namespace

Connection::Connection(std::shared_ptr<Surroundings> around, Events events)
    : around_(std::move(around)),
      events_(std::move(events)),
      line_(around_->loop,
            {[this] { set_up(); }, [this](std::string problem) { break_off(std::move(problem)); },
             [this] { read(); }, [this] { write(); }}) {}

Connection::~Connection() { close(); }

void Connection::open() { line_.open(around_->config.conninfo); }

void Connection::close() {
    if (std::exchange(is_over_, true)) {
        return;
    }
    around_->counters.connections -= is_ready_ ? 1 : 0;
    line_.close();
    fail_later(around_->loop, std::exchange(units_, {}));
}

void Connection::break_off(std::string problem) {
    if (is_over_) {
        return;
    }
    problem.resize(std::min(problem.find('\n'), problem.size()));  // the rest is advice
    const auto self = shared_from_this();
    close();
    around_->loop.post([self, problem = std::move(problem)] { self->events_.on_lost(problem); });
}

bool Connection::is_in_transaction() const {
    return PQtransactionStatus(line_.pg()) != PQTRANS_IDLE;
}

void Connection::ready(const Unit& setup) {
    if (setup.failure) {
        break_off("the connection cannot be set up: " + setup.failure->code);
    } else if (!is_over_) {
        is_ready_ = true;
        ++around_->counters.connections;
        events_.on_open();
    }
}

void Connection::flush() {
    const int left = PQflush(line_.pg());
    if (left > 0) {
        line_.want_write();
    } else if (left < 0) {
        break_off(PQerrorMessage(line_.pg()));
    }
}

void Connection::write() {
    const auto self = shared_from_this();
    if (copy_) {
        step_copy();
    } else {
        flush();
        read_replies();  // libpq may have read while it could not write
    }
    wake_done();
}

void Connection::read() {
    const auto self = shared_from_this();
    heard_at_ = Clock::now();
    const bool is_alive = PQconsumeInput(line_.pg()) == 1;
    if (copy_) {
        step_copy();
    } else {
        read_replies();
    }
    read_notices();
    if (!is_alive && !is_over_) {  // the last words have been read all the same
        break_off(PQerrorMessage(line_.pg()));
    }
    wake_done();
}

void Connection::read_replies() {
    PGconn* pg = line_.pg();
    while (pg && !expected_.empty() && !PQisBusy(pg)) {
        PGresult* result = PQgetResult(pg);
        if (!result) {
            break;  // only when the line is cut
        }
        const bool is_sync = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        if (!settle(result)) {
            break_off("a reply that nobody asked for");
            return;
        }
        if (!is_sync) {
            PQclear(PQgetResult(pg));  // every command's results end with a null
        }
    }
}

// Takes the result. False when it cannot be told what it belongs to.
bool Connection::settle(pg_result* result) {
    const auto status = PQresultStatus(result);
    Unit& unit = *units_.front();
    const Expected expected = expected_.front();
    const bool is_refused = status == PGRES_FATAL_ERROR || status == PGRES_PIPELINE_ABORTED;
    const bool is_good =
        status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY;
    if (expected.reply == Reply::sync) {
        if (is_refused) {  // by the commit that the Sync is: its own reply is still to come
            note_failure(unit, result, nullptr);
        }
        PQclear(result);
        if (status == PGRES_PIPELINE_SYNC) {
            first_unit_done();
        }
        return is_refused || status == PGRES_PIPELINE_SYNC;
    }
    expected_.pop_front();
    if (is_refused) {
        note_failure(unit, result, expected.entry);
    } else if (expected.reply == Reply::parse && expected.entry) {
        statements_.confirm(*expected.entry);
    } else if (expected.reply == Reply::commit &&
               std::string_view(PQcmdStatus(result)) != "COMMIT") {
        unit.was_rolled_back = true;
        unit.failure = conflict("database.retry");
    }
    statements_.ended(expected.entry);
    if (is_good && expected.reply == Reply::rows) {
        unit.rows.push_back(rows_of(result));
    } else {
        PQclear(result);
    }
    return is_refused || is_good;
}

void Connection::note_failure(Unit& unit, const pg_result* result, Statements::Entry* entry) {
    const bool is_first = !unit.failure;
    if (is_first) {
        Refusal refusal = refusal_in(result);
        unit.failure = std::move(refusal.error);
        unit.is_stale = refusal.is_stale_statement;
    }
    // What follows a stale statement in its unit is likely to be stale, too; a Parse that was not
    // done leaves no statement behind.
    if (entry && (unit.is_stale || !entry->is_confirmed)) {
        statements_.forget(*entry);
    }
}

void Connection::first_unit_done() {
    expected_.pop_front();
    done_.push_back(std::move(units_.front()));
    units_.pop_front();
    is_hurried_ = is_hurried_ && !units_.empty();
}

void Connection::wake_done() {
    if (done_.empty()) {
        return;
    }
    const auto done = std::exchange(done_, {});
    if (!is_over_ && is_ready_) {
        events_.on_room();
    }
    for (const auto& unit : done) {
        unit->wake();
    }
}

void Connection::read_notices() {
    while (!is_over_ && events_.on_notify) {
        PGnotify* notice = PQnotifies(line_.pg());
        if (!notice) {
            return;
        }
        std::string payload = notice->extra;
        PQfreemem(notice);
        events_.on_notify(std::move(payload));
    }
}

void Connection::copy_in(std::shared_ptr<Unit> unit, const std::string& sql, std::string data) {
    PGconn* pg = line_.pg();
    unit->is_done = false;
    heard_at_ = Clock::now();
    units_.push_back(std::move(unit));
    copy_ = std::make_unique<CopyIn>(pg, std::move(data));
    if (PQexitPipelineMode(pg) != 1 || !copy_->begin(sql)) {
        break_off(PQerrorMessage(pg));
        return;
    }
    step_copy();
    // Nobody can wait for it yet.
    around_->loop.post([self = shared_from_this()] { self->wake_done(); });
}

void Connection::step_copy() {
    const CopyIn::State state = copy_->step();
    PGconn* pg = line_.pg();
    if (state == CopyIn::State::waits_to_write) {
        line_.want_write();
    } else if (state == CopyIn::State::is_broken) {
        break_off(PQerrorMessage(pg));
    } else if (state == CopyIn::State::is_done) {
        Unit& unit = *units_.front();
        if (PQresultStatus(copy_->answer()) == PGRES_COMMAND_OK) {
            unit.rows.push_back(copy_->take_answer());
        } else {
            note_failure(unit, copy_->answer(), nullptr);
        }
        copy_.reset();
        done_.push_back(std::move(units_.front()));
        units_.pop_front();
        if (PQenterPipelineMode(pg) != 1) {
            break_off(PQerrorMessage(pg));
        }
    }
}

void Connection::look(Clock::time_point now) {
    if (is_over_ || units_.empty()) {
        return;
    }
    if (now - heard_at_ > patience()) {
        break_off("no answer in time");
    }
}

// The database ends statements in time by itself, so a silence that lasts longer is its own: it is
// frozen, or gone without a word. Somebody waits for what is not slow, and is told.
Milliseconds Connection::patience() const {
    const Unit& first = *units_.front();
    const auto statements = static_cast<int>(first.statements.size());
    if (is_hurried_) {
        return silence_beyond_timeout;
    }
    return first.is_slow ? first.timeout * (statements + 1) + silence_beyond_timeout
                         : first.timeout + a_moment;
}

void Connection::hurry() {
    is_hurried_ = true;
    heard_at_ = Clock::now();
}

Task<> Connection::cancel_running(std::shared_ptr<Connection> self) {
    using Cancel = std::unique_ptr<PGcancel, decltype(&PQfreeCancel)>;
    const Cancel cancel(PQgetCancel(self->line_.pg()), PQfreeCancel);
    auto ask = [request = cancel.get()] {
        char problem[256];
        PQcancel(request, problem, sizeof problem);
    };
    co_await offload(self->around_->loop, std::move(ask));
}

}  // namespace ponte::db
