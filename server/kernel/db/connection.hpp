// One connection to PostgreSQL in pipeline mode: units go out one behind the other and are answered
// in order, each with a Sync of its own. It serves once: after a loss its owner makes a new one.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/db/batch.hpp"
#include "kernel/db/copy.hpp"
#include "kernel/db/counters.hpp"
#include "kernel/db/line.hpp"
#include "kernel/db/statements.hpp"

struct pg_result;

namespace ponte::db {

// What all connections of a loop share.
struct Surroundings {
    Loop& loop;
    const Config config;
    Counters counters;
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
    // Never called inside a call of ours, except `on_notify`'s and `on_room`'s own sends.
    struct Events {
        std::function<void()> on_open = [] {};
        std::function<void()> on_room = [] {};                    // answers came: more may be sent
        std::function<void(const std::string& problem)> on_lost;  // once; also when never opened
        std::function<void(std::string payload)> on_notify;
    };

    Connection(std::shared_ptr<Surroundings> around, Events events);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void open();
    void close();  // what is in flight fails; `on_lost` is not called
    bool is_open() const { return is_ready_ && !is_over_; }
    bool is_over() const { return is_over_; }
    bool was_open() const { return is_ready_; }
    std::size_t in_flight() const { return units_.size(); }
    const Unit* first() const { return units_.empty() ? nullptr : units_.front().get(); }
    // Nothing has been heard for that long although something is in flight, or nothing is.
    bool is_silent(Clock::time_point now, Milliseconds span) const {
        return !units_.empty() && now - heard_at_ > span;
    }
    Clock::duration silence(Clock::time_point now) const { return now - heard_at_; }
    bool is_unused(Clock::time_point now, Milliseconds span) const {
        return is_open() && units_.empty() && now - heard_at_ > span;
    }
    bool is_in_transaction() const;  // asked when nothing is in flight
    bool is_copying() const { return copy_ != nullptr; }

    // False: the line is cut and the server has not seen the end of the unit, so it did nothing.
    bool send(std::shared_ptr<Unit> unit);
    // COPY … FROM STDIN, when nothing is in flight; the answer is the only row set of the unit.
    void copy_in(std::shared_ptr<Unit> unit, const std::string& sql, std::string data);
    // Breaks off when the unit that is first in line has been silent for too long.
    void look(Clock::time_point now);
    // Nobody waits for what is in flight any more: it is broken off unless it ends soon.
    void hurry();
    // Asks the server to give up what runs here; comes back when it has been told.
    static Task<> cancel_running(std::shared_ptr<Connection> self);

private:
    Milliseconds patience() const;  // with a silence of the database
    enum class Reply : char { setup, parse, frame, rows, commit, sync };
    struct Expected {
        Reply reply;
        Statements::Entry* entry = nullptr;
    };

    void set_up();
    void ready(const Unit& setup);
    bool put(const Unit& unit);
    bool put_prologue(const Unit& unit);
    bool put_statement(Role role, const Statement& statement);
    bool put_frame(const char* name, Reply reply);
    void put_closing();
    void end_section(std::shared_ptr<Unit> unit);
    void flush();
    void write();
    void read();
    void read_replies();
    bool settle(pg_result* result);
    void note_failure(Unit& unit, const pg_result* result, Statements::Entry* entry);
    void first_unit_done();
    void wake_done();
    void read_notices();
    void step_copy();
    void break_off(std::string problem);

    const std::shared_ptr<Surroundings> around_;  // closures of ours may outlive the Database
    const Events events_;
    Line line_;
    Statements statements_;
    std::deque<Expected> expected_;
    std::deque<std::shared_ptr<Unit>> units_;
    std::vector<std::shared_ptr<Unit>> done_;
    std::vector<const char*> values_;
    std::unique_ptr<CopyIn> copy_;
    std::uint64_t section_ = 1;
    Clock::time_point heard_at_;
    bool is_ready_ = false, is_over_ = false, is_hurried_ = false;
};

}  // namespace ponte::db
