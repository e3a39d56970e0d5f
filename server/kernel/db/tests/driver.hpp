// A driver on loops of its own, on a database with one table behind the wall and one of the kernel.
#pragma once

#include <gtest/gtest.h>

#include <coroutine>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kernel/db.hpp"
#include "kernel/db/owner_connection.hpp"
#include "kernel/error.hpp"
#include "kernel/json.hpp"
#include "kernel/loop.hpp"
#include "kernel/testing/database.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::db {

struct Driver {
    Loops loops{2};
    std::unique_ptr<Database> database;

    explicit Driver(Config config) {
        loops.start();
        database = std::make_unique<Database>(loops, std::move(config));
    }
    ~Driver() {
        database->stop();
        loops.stop();
    }
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;

    Loop& loop(std::size_t index = 0) { return loops.at(index % loops.size()); }
    Rows ask(Scope scope, std::string sql, Params params = {}) {
        return wait_for(loop(), database->query(loop(), scope, std::move(sql), std::move(params)));
    }
    std::string text(Scope scope, std::string sql, Params params = {}) {
        const Rows rows = ask(scope, std::move(sql), std::move(params));
        return rows.empty() ? std::string() : std::string(rows.text(0, 0));
    }
    std::vector<Rows> unit(Scope scope, std::vector<Statement> statements, Options options = {}) {
        return wait_for(loop(), database->run(loop(), scope, std::move(statements), options));
    }
    Transaction begin(Scope scope, Options options = {}) {
        return wait_for(loop(), database->begin(loop(), scope, options));
    }
};

// How it ended: "ok", or status and code, with the field when there is one.
template <class F>
std::string outcome_of(F work) {
    try {
        work();
    } catch (const Error& error) {
        std::string text = std::to_string(error.status) + " " + error.code;
        for (const FieldProblem& field : error.fields) {
            text += " " + field.field + ":" + field.code;
        }
        return text;
    }
    return "ok";
}

// A coroutine that is destroyed while it waits, as a request whose client has gone.
class Interrupted {
public:
    struct promise_type {
        Interrupted get_return_object() {
            return Interrupted(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };

    // Runs until it first waits for the database, and then for `moment` more.
    static void after(Loop& loop, Milliseconds moment, Task<> task) {
        std::promise<void> promise;
        loop.post([&] {
            auto frame = wrap(std::move(task)).frame_;
            frame.resume();
            loop.post_after(moment, [&promise, frame] {
                frame.destroy();
                promise.set_value();
            });
        });
        promise.get_future().wait();
    }

private:
    explicit Interrupted(std::coroutine_handle<promise_type> frame) : frame_(frame) {}
    static Interrupted wrap(Task<> task) { co_await task; }

    std::coroutine_handle<promise_type> frame_;
};

class DriverTest : public ::testing::Test {
protected:
    DriverTest() : names(testing::database_named("db")), owner(names.owner_conninfo) {
        static const bool is_prepared = [this] {
            owner.run(
                "create table items (tenant_id uuid not null default current_tenant(), "
                "id bigint not null, name text not null default '', "
                "constraint items__id__taken primary key (tenant_id, id), "
                "constraint items__name__too_long check (char_length(name) <= 1000000)); "
                "call isolate_tenant('items'); "
                "create table machines (id int primary key, name text); "
                "call isolate_system('machines')");
            return true;
        }();
        EXPECT_TRUE(is_prepared);
    }

    Config config() const {
        Config chosen;
        chosen.conninfo = names.app_conninfo;
        chosen.reader_role = names.reader_role;
        chosen.system_role = names.system_role;
        return chosen;
    }
    Driver& driver() {
        if (!driver_) {
            driver_ = std::make_unique<Driver>(config());
        }
        return *driver_;
    }
    Driver& driver_with(Config chosen) {
        driver_ = std::make_unique<Driver>(std::move(chosen));
        return *driver_;
    }
    std::string count() { return driver().text(ours, "select count(*) from items"); }

    const Scope ours{Role::app, Id::make()}, others{Role::app, Id::make()};
    const Scope nobody{Role::app, {}}, system{Role::system, {}};
    const testing::TestDatabase& names;
    OwnerConnection owner;

private:
    std::unique_ptr<Driver> driver_;
};

}  // namespace ponte::db
