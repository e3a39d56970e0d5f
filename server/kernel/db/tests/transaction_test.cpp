// Transactions: a connection of one's own between begin and commit, given back whatever happens.
#include <gmock/gmock.h>

#include <atomic>

#include "kernel/db/tests/driver.hpp"

namespace ponte::db {
namespace {

class TransactionTest : public DriverTest {
protected:
    // One connection for all transactions of a loop: a lost one would be missed at once.
    Driver& narrow() {
        Config chosen = config();
        chosen.exclusive_per_loop = 1;
        chosen.slow_total = 2;
        return driver_with(std::move(chosen));
    }
    Rows ask(Transaction& tx, std::string sql, Params params = {}) {
        return wait_for(driver().loop(), tx.query(std::move(sql), std::move(params)));
    }
    void commit(Transaction& tx) { wait_for(driver().loop(), tx.commit()); }
    std::string name_of(int id) {
        return driver().text(ours, "select name from items where id = $1", {id});
    }
};

TEST_F(TransactionTest, what_is_committed_stays) {
    Transaction tx = narrow().begin(ours);

    ask(tx, "insert into items (id, name) values (1, 'one')");
    const Rows seen = ask(tx, "select name from items where id = $1", {1});
    EXPECT_EQ(name_of(1), "");
    commit(tx);

    EXPECT_EQ(seen.text(0, 0), "one");
    EXPECT_EQ(name_of(1), "one");
    EXPECT_FALSE(tx.is_open());
}

TEST_F(TransactionTest, what_is_not_committed_never_was) {
    {
        Transaction tx = narrow().begin(ours);
        ask(tx, "insert into items (id) values (1)");
        EXPECT_TRUE(tx.is_open());
    }

    Transaction next = driver().begin(ours);  // over the same connection
    EXPECT_EQ(ask(next, "select count(*) from items").text(0, 0), "0");
}

TEST_F(TransactionTest, has_an_end_as_a_whole_however_short_its_statements_are) {
    Options brief;
    brief.timeout = Milliseconds{400};
    Transaction tx = narrow().begin(ours, brief);
    ask(tx, "insert into items (id, name) values (1, 'one')");

    const std::string refused = outcome_of([&] {
        for (int i = 0; i < 100; ++i) {
            ask(tx, "select pg_sleep(0.05)");
        }
    });
    tx = Transaction();

    EXPECT_EQ(refused, "503 database.timeout");
    EXPECT_EQ(name_of(1), "");
    Transaction next = driver().begin(ours);  // over the same connection
    EXPECT_EQ(ask(next, "select current_setting('statement_timeout')").text(0, 0), "15s");
}

TEST_F(TransactionTest, leaves_its_statements_no_more_time_than_is_left) {
    Options brief;
    brief.timeout = Milliseconds{1'000};
    Transaction tx = narrow().begin(ours, brief);
    ask(tx, "insert into items (id, name) values (1, 'one')");
    ask(tx, "select pg_sleep(0.9)");
    ask(tx, "select pg_sleep(0.5)");

    const std::string refused = outcome_of([&] { ask(tx, "select pg_sleep(0.9)"); });

    EXPECT_EQ(refused, "503 database.timeout");
}

TEST_F(TransactionTest, what_is_queued_goes_with_the_next_query_or_the_commit) {
    Transaction tx = narrow().begin(ours);

    tx.queue("insert into items (id) values ($1)", {1});
    const Rows seen = ask(tx, "select count(*) from items");
    tx.queue("insert into items (id) values ($1)", {2});
    commit(tx);

    EXPECT_EQ(seen.text(0, 0), "1");
    EXPECT_EQ(count(), "2");
}

TEST_F(TransactionTest, a_last_statement_commits_too) {
    Transaction first = narrow().begin(ours);
    ask(first, "insert into items (id) values (1)");
    Transaction second;

    const Rows last = wait_for(driver().loop(),
                               first.commit_with("insert into items (id) values (2) returning id"));
    second = driver().begin(ours);
    second.queue("insert into items (id) values (3)");
    const Rows alone = wait_for(driver().loop(), second.commit_with("select count(*) from items"));

    EXPECT_EQ(last.text(0, 0), "2");
    EXPECT_EQ(alone.text(0, 0), "3");
    EXPECT_EQ(count(), "3");
}

TEST_F(TransactionTest, one_without_work_commits_without_the_database) {
    Transaction tx = narrow().begin(ours);

    commit(tx);

    EXPECT_FALSE(tx.is_open());
    Transaction next = driver().begin(ours);
    EXPECT_EQ(ask(next, "select 1").text(0, 0), "1");
}

TEST_F(TransactionTest, company_and_role_hold_to_its_end_and_no_longer) {
    const std::string sql = "select current_user || ' ' || coalesce(current_tenant()::text, '-')";
    Transaction tx = narrow().begin({Role::system, ours.tenant});

    ask(tx, "select 1");
    const Rows within = ask(tx, sql);
    commit(tx);
    Transaction next = driver().begin(nobody);
    const Rows after = ask(next, sql);

    EXPECT_EQ(within.text(0, 0), names.system_role + " " + ours.tenant->text());
    EXPECT_EQ(after.text(0, 0).substr(after.text(0, 0).find(' ')), " -");
    EXPECT_EQ(after.text(0, 0).find(names.system_role), std::string_view::npos);
}

TEST_F(TransactionTest, a_failure_surfaces_where_its_answer_is_awaited_and_undoes_all) {
    Transaction tx = narrow().begin(ours);
    ask(tx, "insert into items (id) values (1)");

    tx.queue("insert into items (id) values (1)");
    const std::string at_query = outcome_of([&] { ask(tx, "select 1"); });
    const std::string at_commit = outcome_of([&] { commit(tx); });
    tx = {};

    EXPECT_EQ(at_query, "422 validation id:taken");
    EXPECT_EQ(at_commit, "422 validation id:taken");
    EXPECT_EQ(count(), "0");
}

TEST_F(TransactionTest, what_fails_in_the_commit_is_told) {
    Transaction tx = narrow().begin(ours);
    ask(tx, "insert into items (id) values (1)");

    tx.queue("insert into items (id) values (1)");
    const std::string at_commit = outcome_of([&] { commit(tx); });
    tx = {};

    EXPECT_EQ(at_commit, "422 validation id:taken");
    EXPECT_EQ(count(), "0");
}

TEST_F(TransactionTest, a_savepoint_keeps_the_rest) {
    Transaction tx = narrow().begin(ours);
    ask(tx, "insert into items (id) values (1)");
    ask(tx, "savepoint here");

    const std::string failed = outcome_of([&] { ask(tx, "insert into items (id) values (1)"); });
    ask(tx, "rollback to savepoint here");
    ask(tx, "insert into items (id) values (2)");
    commit(tx);

    EXPECT_EQ(failed, "422 validation id:taken");
    EXPECT_EQ(count(), "2");
}

TEST_F(TransactionTest, cut_off_in_the_middle_it_gives_its_connection_back) {
    struct Cut {
        static Task<> off(Database& database, Loop& loop, Scope scope) {
            Transaction tx = co_await database.begin(loop, scope);
            co_await tx.query("insert into items (id) values (1)");
            co_await tx.query("select pg_sleep(60)");
            co_await tx.commit();
        }
    };
    Driver& pool = narrow();

    for (int i = 0; i < 3; ++i) {
        Interrupted::after(pool.loop(), Milliseconds{50},
                           Cut::off(*pool.database, pool.loop(), ours));
    }
    const auto begin = std::chrono::steady_clock::now();
    Transaction next = pool.begin(ours);
    const Rows seen = ask(next, "select count(*) from items");

    EXPECT_EQ(seen.text(0, 0), "0");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{5});
    EXPECT_EQ(pool.database->stats().reconnects, 0u);
}

TEST_F(TransactionTest, cut_off_while_it_waits_for_a_connection_it_takes_none) {
    struct Cut {
        static Task<> off(Database& database, Loop& loop, Scope scope) {
            Transaction tx = co_await database.begin(loop, scope);
        }
    };
    Driver& pool = narrow();
    Transaction holder = pool.begin(ours);
    ask(holder, "select 1");

    Interrupted::after(pool.loop(), Milliseconds{20}, Cut::off(*pool.database, pool.loop(), ours));
    commit(holder);

    Transaction next = pool.begin(ours);
    EXPECT_EQ(ask(next, "select 1").text(0, 0), "1");
}

TEST_F(TransactionTest, exhaustion_is_told_in_time) {
    Driver& pool = narrow();
    Transaction holder = pool.begin(ours);
    Options short_time;
    short_time.timeout = Milliseconds{200};

    const auto begin = std::chrono::steady_clock::now();
    const std::string refused = outcome_of([&] { pool.begin(ours, short_time); });
    const auto took = std::chrono::steady_clock::now() - begin;
    const auto slow = [&] {
        Options options;
        options.slow = true;
        pool.unit(ours, {{"select 1", {}}}, options);
    };

    EXPECT_EQ(refused, "503 database.timeout");
    EXPECT_GE(took, Milliseconds{200});
    EXPECT_LT(took, Milliseconds{1'500});
    EXPECT_EQ(outcome_of(slow), "ok");  // slow work has a pool of its own
}

TEST_F(TransactionTest, many_take_turns_on_few_connections) {
    struct One {
        static Task<> run(Database& database, Loop& loop, Scope scope, int id,
                          std::atomic<int>& done) {
            Transaction tx = co_await database.begin(loop, scope);
            Params params{id};
            co_await tx.query("insert into items (id) values ($1)", std::move(params));
            if (id % 4) {
                co_await tx.commit();
            }
            ++done;
        }
    };
    std::atomic<int> done = 0;

    for (int i = 0; i < 400; ++i) {
        Loop& loop = driver().loop(static_cast<std::size_t>(i));
        loop.post([&, i] { spawn(loop, One::run(*driver().database, loop, ours, i, done)); });
    }
    testing::until([&] { return done == 400; });

    EXPECT_EQ(count(), "300");
    EXPECT_LE(driver().database->stats().connections, 16);
}

TEST_F(TransactionTest, a_thread_without_a_loop_may_end_it) {
    Driver& pool = narrow();
    for (int i = 0; i < 20; ++i) {
        Transaction tx = pool.begin(ours);
        ask(tx, "insert into items (id) values (1)");
    }

    EXPECT_EQ(count(), "0");
}

// PostgreSQL copies into no table behind a wall, so copies go to a table of the session first.
const char* const staging = "create temporary table staging (id int, name text) on commit drop";

TEST_F(TransactionTest, rows_are_copied_in) {
    Transaction tx = narrow().begin(ours);
    std::string data;
    for (int i = 0; i < 50'000; ++i) {
        data += std::to_string(i) + "\t" + std::string(60, 'x') + "\n";
    }

    tx.queue(staging);
    const auto copied =
        wait_for(driver().loop(), tx.copy_in("copy staging from stdin", std::move(data)));
    const Rows moved = ask(tx, "insert into items (id, name) select id, name from staging");
    commit(tx);

    EXPECT_EQ(copied, 50'000);
    EXPECT_EQ(moved.affected(), 50'000);
    EXPECT_EQ(count(), "50000");
}

TEST_F(TransactionTest, a_copy_that_is_refused_leaves_the_connection_usable) {
    Driver& pool = narrow();
    for (const std::string sql : {"copy staging from stdin", "copy nowhere from stdin"}) {
        SCOPED_TRACE(sql);
        Transaction tx = pool.begin(ours);
        tx.queue(staging);
        const auto copy = [&] { wait_for(pool.loop(), tx.copy_in(sql, "1\ta\nnonsense\tb\n")); };
        EXPECT_NE(outcome_of(copy), "ok");
        EXPECT_NE(outcome_of([&] { commit(tx); }), "ok");
    }

    Transaction next = pool.begin(ours);
    EXPECT_EQ(ask(next, "select count(*) from items").text(0, 0), "0");
    EXPECT_EQ(pool.database->stats().reconnects, 0u);
}

TEST_F(TransactionTest, a_copy_that_is_cut_off_leaves_nothing) {
    struct Cut {
        static Task<> off(Database& database, Loop& loop, Scope scope, std::string data) {
            Transaction tx = co_await database.begin(loop, scope);
            tx.queue(staging);
            tx.queue("insert into items (id) values (1)");
            co_await tx.copy_in("copy staging from stdin", std::move(data));
            co_await tx.commit();
        }
    };
    Driver& pool = narrow();
    pool.begin(ours);
    std::string data;
    for (int i = 0; i < 300'000; ++i) {
        data += std::to_string(i) + "\t" + std::string(60, 'x') + "\n";
    }

    Interrupted::after(pool.loop(), Milliseconds{30},
                       Cut::off(*pool.database, pool.loop(), ours, std::move(data)));

    Transaction next = pool.begin(ours);
    EXPECT_EQ(ask(next, "select count(*) from items").text(0, 0), "0");
}

}  // namespace
}  // namespace ponte::db
