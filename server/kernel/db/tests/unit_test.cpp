// Units: one round trip, one transaction, on behalf of one company.
#include <gmock/gmock.h>

#include <atomic>
#include <set>

#include "kernel/db/tests/driver.hpp"

namespace ponte::db {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Sample {
    std::int64_t big = 0;
    bool yes = false;
    double half = 0;
    std::string text;
    std::optional<std::string> nothing;
    Id id;
    Json json;
    std::vector<std::string> list;
};
FIELDS(Sample, big, yes, half, text, nothing, id, json, list);

class UnitTest : public DriverTest {
protected:
    // One lane of one connection, so that all units share a session.
    Driver& one_lane() { return with_lanes(1, config().spare_lanes_per_loop); }
    Driver& with_lanes(int each, int spare) {
        Config chosen = config();
        chosen.lanes_per_loop = each;
        chosen.spare_lanes_per_loop = spare;  // those that a loaded machine opens
        return driver_with(std::move(chosen));
    }
};

// Starts them all before any is answered, on both loops; counts what comes back.
struct Crowd {
    std::atomic<int> good = 0, refused = 0, ended = 0;

    static Task<> one(Crowd& crowd, Database& database, Loop& loop, Scope scope,
                      Statement statement) {
        try {
            co_await database.query(loop, scope, statement.sql, statement.params);
            ++crowd.good;
        } catch (const Error&) {
            ++crowd.refused;
        }
        ++crowd.ended;
    }
    void add(Driver& driver, int number, Scope scope, Statement statement) {
        Loop& loop = driver.loop(static_cast<std::size_t>(number));
        loop.post([this, &driver, &loop, scope, statement = std::move(statement)] {
            spawn(loop, one(*this, *driver.database, loop, scope, statement));
        });
    }
    void wait(int all) {
        testing::until([&] { return ended == all; }, "all units");
    }
};

TEST_F(UnitTest, rows_come_back_with_their_types) {
    const Id id = Id::make();
    const Json json = Json::object({{"a", "ç"}, {"b", 2}});
    const std::vector<std::string> list{"plain", "with \"quotes\", and \\", ""};

    const Rows rows = driver().ask(
        ours,
        "select $1::bigint as big, $2::bool as yes, $3::float8 as half, $4::text as text, "
        "$5::text as nothing, $6::uuid as id, $7::jsonb as json, $8::text[] as list",
        {std::int64_t{1} << 60, true, 0.5, "Ação ✓", std::nullopt, id, json, list});
    const auto sample = read_row<Sample>(rows, 0);

    EXPECT_EQ(rows.size(), 1);
    EXPECT_EQ(sample.big, std::int64_t{1} << 60);
    EXPECT_TRUE(sample.yes);
    EXPECT_EQ(sample.half, 0.5);
    EXPECT_EQ(sample.text, "Ação ✓");
    EXPECT_EQ(sample.nothing, std::nullopt);
    EXPECT_EQ(sample.id, id);
    EXPECT_EQ(sample.json.dump(), json.dump());
    EXPECT_EQ(sample.list, list);
}

TEST_F(UnitTest, answers_come_in_the_order_of_the_statements) {
    const auto answers = driver().unit(ours, {{"insert into items (id) values (1), (2)", {}},
                                              {"select id from items order by id", {}},
                                              {"delete from items where id = $1", {1}},
                                              {"select count(*) from items", {}}});

    ASSERT_EQ(answers.size(), 4u);
    EXPECT_EQ(answers[0].affected(), 2);
    EXPECT_EQ(answers[1].text(1, 0), "2");
    EXPECT_EQ(answers[2].affected(), 1);
    EXPECT_EQ(answers[3].text(0, 0), "1");
}

TEST_F(UnitTest, without_statements_there_is_nothing_to_do) {
    EXPECT_THAT(driver().unit(ours, {}), IsEmpty());
}

TEST_F(UnitTest, a_session_speaks_our_dialect) {
    const Rows rows = driver().ask(
        nobody,
        "select current_setting('timezone'), current_setting('client_encoding'), "
        "current_setting('application_name'), current_setting('standard_conforming_strings'), "
        "current_setting('jit'), '2026-11-24 12:00:00+00'::timestamptz::text, "
        "current_setting('max_parallel_workers_per_gather')");

    EXPECT_EQ(rows.text(0, 0), "UTC");
    EXPECT_EQ(rows.text(0, 1), "UTF8");
    EXPECT_EQ(rows.text(0, 2), "ponte");
    EXPECT_EQ(rows.text(0, 3), "on");
    EXPECT_EQ(rows.text(0, 4), "off");
    EXPECT_EQ(rows.text(0, 5), "2026-11-24 12:00:00+00");
    EXPECT_EQ(rows.text(0, 6), "0");
}

TEST_F(UnitTest, company_and_role_end_with_the_unit) {
    Driver& lane = one_lane();
    const Scope reader{Role::reader, ours.tenant};
    const std::string sql =
        "select current_user, coalesce(current_tenant()::text, '-'), pg_backend_pid(), "
        "current_setting('statement_timeout')";

    const Rows app = lane.ask(ours, sql), read = lane.ask(reader, sql),
               kernel = lane.ask(system, sql);
    const Rows after = lane.ask(nobody, sql);

    const std::string login(app.text(0, 0)), session(app.text(0, 2));
    EXPECT_EQ(app.text(0, 1), ours.tenant->text());
    EXPECT_EQ(read.text(0, 0), names.reader_role);
    EXPECT_EQ(kernel.text(0, 0), names.system_role);
    EXPECT_EQ(kernel.text(0, 1), "-");
    EXPECT_EQ(after.text(0, 0), login);
    EXPECT_EQ(after.text(0, 1), "-");
    EXPECT_EQ(after.text(0, 3), "15s");
    for (const Rows* rows : {&read, &kernel, &after}) {
        EXPECT_EQ(rows->text(0, 2), session);
    }
}

TEST_F(UnitTest, a_company_sees_its_own_rows_through_every_plan) {
    Driver& lane = one_lane();
    lane.ask(ours, "insert into items (id, name) values (1, 'ours')");
    lane.ask(others, "insert into items (id, name) values (1, 'theirs')");
    const Scope reader{Role::reader, ours.tenant};
    const std::string sql = "select string_agg(name, ' ' order by name) from items where id = $1";

    for (int i = 0; i < 20; ++i) {  // custom plans first, then the kept one
        SCOPED_TRACE(i);
        EXPECT_EQ(lane.text(ours, sql, {1}), "ours");
        EXPECT_EQ(lane.text(others, sql, {1}), "theirs");
        EXPECT_EQ(lane.text(nobody, sql, {1}), "");
        const std::string all = lane.text(reader, sql, {1});
        EXPECT_NE(all.find("ours"), all.npos);
        EXPECT_NE(all.find("theirs"), all.npos);
    }
}

TEST_F(UnitTest, the_kernel_reaches_nothing_of_the_business_and_the_business_nothing_of_it) {
    const auto business = [&] { driver().ask(system, "select * from items"); };
    const auto kernel = [&] { driver().ask(ours, "select * from machines"); };
    const auto write = [&] {
        driver().ask({Role::reader, ours.tenant}, "insert into items (id) values (1)");
    };

    EXPECT_EQ(outcome_of(business), "500 database.error");
    EXPECT_EQ(outcome_of(kernel), "500 database.error");
    EXPECT_EQ(outcome_of(write), "500 database.error");
    EXPECT_EQ(driver().text(system, "select count(*) from machines"), "0");
}

TEST_F(UnitTest, all_of_a_unit_happens_or_nothing) {
    const std::vector<Statement> unit{{"insert into items (id) values (1)", {}},
                                      {"insert into items (id) values (2)", {}},
                                      {"insert into items (id) values (1)", {}}};

    EXPECT_EQ(outcome_of([&] { driver().unit(ours, unit); }), "422 validation id:taken");
    EXPECT_EQ(count(), "0");
}

TEST_F(UnitTest, what_fails_at_the_commit_fails_the_unit) {
    owner.run(
        "create table if not exists late (id int, constraint late__id__taken unique (id) "
        "deferrable initially deferred); grant all on late to public");
    const std::vector<Statement> unit{{"insert into late values (1), (1)", {}},
                                      {"select count(*) from late", {}}};

    EXPECT_EQ(outcome_of([&] { driver().unit(ours, unit); }), "422 validation id:taken");
    EXPECT_EQ(driver().text(ours, "select count(*) from late"), "0");
}

TEST_F(UnitTest, one_that_fails_does_not_hurt_its_neighbours) {
    Driver& lane = one_lane();
    lane.ask(ours, "insert into items (id) values (0)");
    Crowd crowd;

    for (int i = 1; i <= 300; ++i) {
        const std::string text = i % 3 ? std::to_string(i) : "0";  // each third one is taken
        crowd.add(lane, i, ours, {"insert into items (id) values ($1::bigint)", {text}});
    }
    crowd.wait(300);

    EXPECT_EQ(crowd.good, 200);
    EXPECT_EQ(crowd.refused, 100);
    EXPECT_EQ(count(), "201");
}

TEST_F(UnitTest, a_statement_that_cannot_be_parsed_does_not_stand_in_the_way) {
    Driver& lane = one_lane();
    Crowd crowd;

    for (int i = 0; i < 200; ++i) {
        const std::string sql = i % 2 ? "select 1" : "select nonsense from nowhere";
        crowd.add(lane, 0, ours, {sql, {}});
    }
    crowd.wait(200);

    EXPECT_EQ(crowd.good, 100);
    EXPECT_EQ(crowd.refused, 100);
}

TEST_F(UnitTest, a_thousand_at_once_share_the_few_connections) {
    Driver& few = with_lanes(config().lanes_per_loop, 0);
    Crowd crowd;

    for (int i = 0; i < 1'000; ++i) {
        crowd.add(few, i, i % 2 ? ours : others, {"insert into items (id) values ($1)", {i}});
    }
    crowd.wait(1'000);

    EXPECT_EQ(crowd.good, 1'000);
    EXPECT_EQ(count(), "500");
    EXPECT_LE(few.database->stats().connections, 12);
    testing::until([&] { return few.database->stats().busy == 0; });
    EXPECT_EQ(few.database->stats().waiting, 0);
}

TEST_F(UnitTest, large_questions_and_answers_pass_each_other) {
    const std::string large(900'000, 'x');
    Crowd crowd;

    for (int i = 0; i < 40; ++i) {
        crowd.add(driver(), i, ours, {"select repeat($1, 3)", {large}});
    }
    crowd.wait(40);

    EXPECT_EQ(crowd.good, 40);
}

TEST_F(UnitTest, a_statement_ends_at_its_timeout) {
    Options short_time;
    short_time.timeout = Milliseconds{100};
    const auto slow = [&] { driver().unit(ours, {{"select pg_sleep(20)", {}}}, short_time); };

    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome_of(slow), "503 database.timeout");

    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{5});
    EXPECT_EQ(driver().text(ours, "select 1"), "1");
}

TEST_F(UnitTest, a_full_disk_is_told_as_such) {
    const auto write = [&] {
        driver().ask(ours, "do $$ begin raise exception 'x' using errcode = 'disk_full'; end $$");
    };

    EXPECT_EQ(outcome_of(write), "507 storage_full");
}

TEST_F(UnitTest, one_that_waits_for_a_lock_does_not_hold_up_the_others) {
    Driver& lane = one_lane();
    lane.ask(ours, "insert into items (id) values (1)");
    Transaction holder = lane.begin(ours);
    wait_for(lane.loop(), holder.query("update items set name = 'held' where id = 1"));
    Crowd blocked;
    for (int i = 0; i < 2; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        blocked.add(lane, 0, ours, {"update items set name = 'late' where id = 1", {}});
        testing::until([&] {  // until it is known to be silent
            return std::chrono::steady_clock::now() - begin > Milliseconds{50};
        });
    }

    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(lane.text(ours, "select name from items where id = 1"), "");
    }
    wait_for(lane.loop(), holder.commit());

    blocked.wait(2);
    EXPECT_EQ(blocked.good, 2);
    EXPECT_EQ(lane.text(ours, "select name from items where id = 1"), "late");
}

TEST_F(UnitTest, who_waits_too_long_for_a_lane_is_told) {
    Driver& lane = one_lane();
    Options short_time;
    short_time.timeout = Milliseconds{200};
    Crowd crowd;
    for (int i = 0; i < 200; ++i) {  // more than are sent ahead
        crowd.add(lane, 0, ours, {"select pg_sleep(0.02)", {}});
    }
    testing::until([&] { return lane.database->stats().waiting > 100; });

    const auto late = [&] { lane.unit(ours, {{"select 1", {}}}, short_time); };

    EXPECT_EQ(outcome_of(late), "503 database.timeout");
    crowd.wait(200);
    EXPECT_EQ(crowd.good, 200);
}

TEST_F(UnitTest, text_that_the_database_has_no_place_for_is_refused) {
    const std::string with_nul("a\0b", 3);

    EXPECT_EQ(outcome_of([&] { driver().ask(ours, "select $1::text", {with_nul}); }),
              "400 bad_request");
    EXPECT_EQ(outcome_of([&] { driver().ask(ours, "select $1::text", {"\xff"}); }),
              "400 bad_request");
}

TEST_F(UnitTest, statements_are_prepared_once_and_rarely_used_ones_forgotten) {
    Driver& lane = one_lane();
    for (int i = 0; i < 600; ++i) {
        lane.ask(ours, "select " + std::to_string(i));
    }

    lane.ask(ours, "select 599");
    const Rows kept =
        lane.ask(ours,
                 "select count(*), max(generic_plans + custom_plans) filter (where statement = "
                 "'select 599') from pg_prepared_statements");

    EXPECT_LE(read_row<int>(kept, 0), 510);
    EXPECT_EQ(kept.text(0, 1), "2");
}

TEST_F(UnitTest, one_that_is_cut_off_leaves_the_lane_in_order) {
    Driver& lane = one_lane();
    struct Cut {
        static Task<> off(Database& database, Loop& loop, Scope scope) {
            co_await database.query(loop, scope, "select pg_sleep(0.1)");
        }
    };
    lane.ask(ours, "select 1");

    for (int i = 0; i < 5; ++i) {
        Interrupted::after(lane.loop(), Milliseconds{1},
                           Cut::off(*lane.database, lane.loop(), ours));
    }

    EXPECT_EQ(lane.text(ours, "select 2"), "2");
}

TEST_F(UnitTest, a_slow_one_does_not_stand_before_the_quick_ones) {
    Driver& lane = one_lane();
    Options slow;
    slow.slow = true;
    std::atomic<bool> is_done = false;
    struct Slow {
        static Task<> run(Database& database, Loop& loop, Scope scope, Options options,
                          std::atomic<bool>& done) {
            std::vector<Statement> statements{{"select pg_sleep(0.5)", {}}};
            co_await database.run(loop, scope, std::move(statements), options);
            done = true;
        }
    };
    lane.loop().post(
        [&] { spawn(lane.loop(), Slow::run(*lane.database, lane.loop(), ours, slow, is_done)); });
    testing::until([&] { return lane.database->stats().busy == 1; });

    EXPECT_EQ(lane.text(ours, "select 1"), "1");

    EXPECT_FALSE(is_done);
    testing::until([&] { return is_done.load(); });
}

TEST_F(UnitTest, stopping_waits_for_what_runs_and_refuses_what_comes) {
    Driver& lane = one_lane();
    Crowd first, crowd;
    first.add(lane, 0, ours, {"select 1", {}});
    first.add(lane, 1, ours, {"select 1", {}});
    first.wait(2);
    testing::until([&] { return lane.database->stats().busy == 0; });
    crowd.add(lane, 0, ours, {"select pg_sleep(0.5)", {}});
    crowd.add(lane, 1, ours, {"select pg_sleep(0.5)", {}});
    testing::until([&] { return lane.database->stats().busy == 2; });

    lane.database->stop();

    crowd.wait(2);
    EXPECT_EQ(crowd.good, 2);
    EXPECT_EQ(lane.database->stats().connections, 0);
    EXPECT_EQ(outcome_of([&] { lane.ask(ours, "select 1"); }), "503 database");
}

}  // namespace
}  // namespace ponte::db
