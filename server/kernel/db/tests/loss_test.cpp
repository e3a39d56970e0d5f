// What the driver makes of a database that goes away: killed sessions, a restart under load, tables
// that change beneath prepared statements. Whoever was told that it is done finds it done.
#include <atomic>
#include <mutex>
#include <thread>

#include "kernel/db/private_postgres.hpp"
#include "kernel/db/roles.hpp"
#include "kernel/db/schema.hpp"
#include "kernel/db/tests/driver.hpp"
#include "kernel/testing/temporary_directory.hpp"

namespace ponte::db {
namespace {

// Writers that number what they write and remember what they were told.
class Load {
public:
    Load(Driver& driver, Scope scope, int writers) : driver_(driver), scope_(scope) {
        for (int i = 0; i < writers; ++i) {
            Loop& loop = driver_.loop(static_cast<std::size_t>(i));
            ++running_;
            loop.post([this, &loop, i] { spawn(loop, write(*this, loop, i % 4 == 3)); });
        }
    }
    ~Load() { stop(); }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;

    void stop() {
        is_over_ = true;
        testing::until([&] { return running_ == 0; }, "the writers");
    }
    void until_more(int count) {
        const int wanted = done_ + count;
        testing::until([&] { return done_ >= wanted; }, "more writes");
    }
    int done() const { return done_; }
    int lost() const { return lost_; }
    std::string strange() {
        const std::scoped_lock lock(mutex_);
        return strange_;
    }
    std::string told() {  // the sum of what was acknowledged
        return std::to_string(sum_);
    }

private:
    static Task<> once(Load& load, Loop& loop, int number, bool in_transaction) {
        const char* const sql = "insert into items (id) values ($1)";
        Params params{number};
        if (!in_transaction) {
            co_await load.driver_.database->query(loop, load.scope_, sql, std::move(params));
            co_return;
        }
        Transaction tx = co_await load.driver_.database->begin(loop, load.scope_);
        co_await tx.query("select 1");
        co_await tx.query(sql, std::move(params));
        co_await tx.commit();
    }
    static Task<> write(Load& load, Loop& loop, bool in_transaction) {
        while (!load.is_over_) {
            const int number = ++load.numbers_;
            int status = 200;
            std::string code;
            try {
                co_await once(load, loop, number, in_transaction);
            } catch (const Error& error) {
                status = error.status;
                code = error.code;
            }
            load.note(number, status, code);
        }
        --load.running_;
    }
    void note(int number, int status, const std::string& code) {
        if (status == 200) {
            ++done_;
            sum_ += number;
            return;
        }
        ++lost_;
        if (status != 503) {
            const std::scoped_lock lock(mutex_);
            strange_ = std::to_string(status) + " " + code;
        }
    }

    Driver& driver_;
    const Scope scope_;
    std::atomic<bool> is_over_ = false;
    std::atomic<int> running_ = 0, numbers_ = 0, done_ = 0, lost_ = 0;
    std::atomic<std::int64_t> sum_ = 0;
    std::mutex mutex_;
    std::string strange_;
};

class LossTest : public DriverTest {
protected:
    int end_sessions() {
        return std::stoi(
            owner.value("select count(pg_terminate_backend(pid)) from pg_stat_activity "
                        "where datname = current_database() and pid <> pg_backend_pid()"));
    }
};

TEST_F(LossTest, an_idle_session_that_is_ended_is_not_missed) {
    driver().ask(ours, "select 1");
    {
        Transaction tx = driver().begin(ours);
    }

    for (int i = 0; i < 5; ++i) {
        EXPECT_GE(end_sessions(), 1);
        testing::until([&] { return driver().database->stats().connections == 0; });

        EXPECT_EQ(driver().text(ours, "select 1"), "1");
        Transaction tx = driver().begin(ours);
        EXPECT_EQ(wait_for(driver().loop(), tx.query("select 2")).text(0, 0), "2");
    }
    EXPECT_GE(driver().database->stats().reconnects, 5u);
}

TEST_F(LossTest, sessions_ended_under_load_cost_only_what_was_under_way) {
    Load load(driver(), ours, 40);

    for (int i = 0; i < 10; ++i) {
        load.until_more(200);
        end_sessions();
    }
    load.until_more(500);
    const int lost = load.lost();
    load.until_more(500);
    load.stop();

    EXPECT_EQ(load.strange(), "");
    EXPECT_EQ(load.lost(), lost);
    EXPECT_GT(lost, 0);
    // One that was lost may have been done, one that was acknowledged must have been.
    EXPECT_GE(std::stoll(driver().text(ours, "select sum(id) from items")),
              std::stoll(load.told()));
}

TEST_F(LossTest, a_transaction_whose_session_is_ended_fails_and_undoes_all) {
    Transaction tx = driver().begin(ours);
    wait_for(driver().loop(), tx.query("insert into items (id) values (1)"));

    end_sessions();
    const auto commit = [&] { wait_for(driver().loop(), tx.commit()); };

    EXPECT_EQ(outcome_of(commit), "503 database");
    EXPECT_TRUE(tx.is_open());  // nobody goes on in another transaction by mistake
    EXPECT_EQ(outcome_of(commit), "503 database");
    tx = {};
    EXPECT_EQ(count(), "0");
}

TEST_F(LossTest, a_transaction_that_has_only_begun_goes_to_another_session) {
    Transaction tx = driver().begin(ours);
    end_sessions();

    wait_for(driver().loop(), tx.query("insert into items (id) values (1)"));
    wait_for(driver().loop(), tx.commit());

    EXPECT_EQ(count(), "1");
}

TEST_F(LossTest, a_table_that_changes_beneath_a_prepared_statement_is_not_noticed) {
    owner.run(
        "create table changing (id int, name text); grant all on changing to public; "
        "insert into changing values (1, 'one')");
    Config chosen = config();
    chosen.lanes_per_loop = chosen.exclusive_per_loop = 1;
    Driver& lane = driver_with(std::move(chosen));
    const std::string star = "select * from changing", other = "select *, 1 from changing";
    const auto both = [&] { return lane.unit(ours, {{star, {}}, {other, {}}}); };
    const auto in_transaction = [&] {
        Transaction tx = lane.begin(ours);
        const int columns = wait_for(lane.loop(), tx.query(star)).columns();
        wait_for(lane.loop(), tx.commit());
        return columns;
    };
    both();
    in_transaction();

    for (int i = 0; i < 3; ++i) {
        const std::string column = "more" + std::to_string(i);
        owner.run("alter table changing add column " + column + " int");
        const auto answers = both();
        EXPECT_EQ(answers[0].columns(), 3 + i);
        EXPECT_EQ(answers[1].columns(), 4 + i);
        EXPECT_EQ(in_transaction(), 3 + i);
    }
    EXPECT_EQ(lane.database->stats().reconnects, 0u);
}

TEST_F(LossTest, a_database_that_is_not_there_is_told_in_time) {
    Config chosen = config();
    chosen.conninfo = "host=127.0.0.1 port=1 dbname=nowhere user=nobody";
    Driver& lost = driver_with(std::move(chosen));
    Options short_time;
    short_time.timeout = Milliseconds{300};

    const auto begin = std::chrono::steady_clock::now();
    const auto unit = [&] { lost.unit(ours, {{"select 1", {}}}, short_time); };
    EXPECT_EQ(outcome_of(unit), "503 database");
    EXPECT_EQ(outcome_of([&] { lost.begin(ours, short_time); }), "503 database");

    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{3});
}

TEST_F(LossTest, a_server_that_restarts_under_load_is_found_again) {
    const testing::TemporaryDirectory directory;
    PrivatePostgres::Options options;
    options.data_dir = directory.path() + "/data";
    options.is_durable = false;
    PrivatePostgres postgres(std::move(options));
    const std::string owned = postgres.start();
    const Access access = prepare_database(owned, "only for tests");
    OwnerConnection(owned).run(
        "create table items (id bigint primary key); grant all on items to public");
    Config chosen;
    chosen.conninfo = access.conninfo;
    chosen.reader_role = access.reader_role;
    chosen.system_role = access.system_role;
    Driver& restarted = driver_with(std::move(chosen));
    Load load(restarted, ours, 40);

    for (int i = 0; i < 3; ++i) {
        load.until_more(200);
        postgres.stop();
        postgres.start();
    }
    load.until_more(500);
    const int lost = load.lost();
    load.until_more(500);
    load.stop();

    EXPECT_EQ(load.strange(), "");
    EXPECT_EQ(load.lost(), lost);
    EXPECT_GE(std::stoll(restarted.text(ours, "select sum(id) from items")),
              std::stoll(load.told()));
    driver_with(config());  // before the server goes
}

struct Heard {
    std::mutex mutex;
    std::vector<std::string> payloads;

    void add(std::string payload) {
        const std::scoped_lock lock(mutex);
        payloads.push_back(std::move(payload));
    }
    bool has(std::size_t count, const std::string& last) {
        const std::scoped_lock lock(mutex);
        return payloads.size() == count && payloads.back() == last;
    }
};

TEST_F(LossTest, a_listener_hears_again_after_its_session_was_ended) {
    const auto heard = std::make_shared<Heard>();
    driver().database->listen(driver().loop(), "news \"quoted\"",
                              [heard](std::string payload) { heard->add(std::move(payload)); });
    testing::until([&] { return heard->has(1, ""); }, "the first call");

    owner.run("notify \"news \"\"quoted\"\"\", 'one'");
    testing::until([&] { return heard->has(2, "one"); }, "a notice");
    end_sessions();
    testing::until([&] { return heard->has(3, ""); }, "the call after a reconnect");
    driver().ask(nobody, "select pg_notify('news \"quoted\"', 'two')");

    testing::until([&] { return heard->has(4, "two"); }, "a notice after a reconnect");
}

}  // namespace
}  // namespace ponte::db
