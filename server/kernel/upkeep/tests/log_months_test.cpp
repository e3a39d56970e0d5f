// Months of the log: made before they come, begun, dropped; and nothing lost on the way.
#include "kernel/upkeep/log_months.hpp"

#include <atomic>

#include "kernel/events/tests/feed_world.hpp"
#include "kernel/listeners/listeners.hpp"

namespace ponte {
namespace {

using namespace std::chrono_literals;

constexpr int months_kept = 60;

std::atomic<bool> is_broken;

Task<> hear(Ctx&, const Event&) {
    if (is_broken) {
        throw conflict("contact.broken");
    }
    co_return;
}

struct LogMonthsTest : FeedWorld {
    LogMonthsTest() {
        sql("truncate listener_leases, listeners");
        sql("update log_months set ended_at = now() where ended_at is not null");
        is_broken = false;
    }
    std::int64_t newest() { return number("select max(number) from log_months"); }
    std::int64_t oldest() { return number("select min(number) from log_months"); }
    bool has_part(std::int64_t month) {
        return text("select to_regclass('events_" + std::to_string(month) +
                    "') is not null and to_regclass('event_subjects_" + std::to_string(month / 12) +
                    "') is not null") == "t";
    }
    // As if the running month had begun long ago: the calendar has left it.
    void let_time_pass() {
        sql("update log_months set begun_at = begun_at - interval '40 days' "
            "where ended_at is null");
    }
    void turn(Worker& worker) {
        Loop& loop = worker.loops->at(0);
        wait_for(loop, records::turn_log_months(worker.services(), loop));
    }
    void drop(Worker& worker) {
        Loop& loop = worker.loops->at(0);
        wait_for(loop, records::drop_old_month(worker.services(), loop, months_kept));
    }
    void begin_month(Worker& worker) {
        let_time_pass();
        turn(worker);
    }
    // Everything that has ended, ended longer ago than is kept.
    void let_years_pass() {
        sql("update log_months set ended_at = ended_at - interval '70 months' "
            "where ended_at is not null");
    }
    void undone(Worker& worker, const std::string& step) {
        Loop& loop = worker.loops->at(0);
        db::Transaction cut_off = open_transaction(worker);
        wait_for(loop, cut_off.query(step));  // and no commit
    }
    std::int64_t month_of(const std::string& event) {
        return number("select sequence >> 40 from events where name = '" + event +
                      "' order by sequence desc limit 1");
    }
};

TEST_F(LogMonthsTest, are_made_ahead_and_begin_with_the_calendars) {
    Worker& worker = start(nullptr);
    turn(worker);
    const std::int64_t before = newest();
    EXPECT_TRUE(has_part(before + 1) && has_part(before + 2));

    turn(worker);
    EXPECT_EQ(newest(), before) << "the month is not over";
    write(worker, "month.before");
    begin_month(worker);
    turn(worker);
    write(worker, "month.after");

    EXPECT_EQ(newest(), before + 1) << "once";
    EXPECT_EQ(month_of("month.before"), before);
    EXPECT_EQ(month_of("month.after"), before + 1);
}

TEST_F(LogMonthsTest, a_year_of_them_has_parts_for_what_events_are_about) {
    Worker& worker = start(nullptr);

    for (int i = 0; i < 13; ++i) {
        begin_month(worker);
        turn(worker);
        EXPECT_TRUE(has_part(newest()) && has_part(newest() + 1)) << newest();
    }
}

TEST_F(LogMonthsTest, a_step_that_is_cut_off_is_taken_again) {
    Worker& worker = start(nullptr);
    turn(worker);
    const auto heard = follow(worker);
    const std::int64_t before = newest();
    let_time_pass();

    undone(worker, "select make_log_months()");
    undone(worker, "select end_log_month()");
    EXPECT_EQ(newest(), before);
    write(worker, "between");
    const std::int64_t drawn = number("select max(sequence) from events");
    turn(worker);
    write(worker, "afterwards");

    EXPECT_EQ(newest(), before + 1);
    EXPECT_GT(number("select max(sequence) from events"), drawn) << "no number is drawn twice";
    until([&] { return heard->names().size() == 2; });
    EXPECT_EQ(heard->names(), (std::vector<std::string>{"between", "afterwards"}));
    let_years_pass();
    undone(worker, "select drop_log_month(" + std::to_string(months_kept) + ")");
    EXPECT_TRUE(has_part(oldest()));
}

TEST_F(LogMonthsTest, wait_for_writers_no_longer_than_others_may_wait) {
    Worker& worker = start(nullptr);
    turn(worker);
    Loop& loop = worker.loops->at(0);
    const std::int64_t before = newest();
    db::Transaction writer = open_transaction(worker);
    const db::Statement slow = event_statement(event_named("slow", company()), {});
    wait_for(loop, writer.query(slow.sql, slow.params));
    let_time_pass();

    EXPECT_THROW(sql("select end_log_month()"), Error);
    EXPECT_EQ(newest(), before);
    wait_for(loop, writer.commit());
    turn(worker);

    EXPECT_EQ(newest(), before + 1);
    EXPECT_EQ(month_of("slow"), before);
}

TEST_F(LogMonthsTest, the_feed_hears_who_began_before_the_cut_and_wrote_after_it) {
    Worker& worker = start(nullptr);
    const auto heard = follow(worker);
    Loop& loop = worker.loops->at(0);
    db::Transaction older = open_transaction(worker);
    wait_for(loop, older.query("select pg_current_xact_id()"));
    write(worker, "before");

    begin_month(worker);
    write(worker, "younger");
    const db::Statement late = event_statement(event_named("late", company()), {});
    wait_for(loop, older.query(late.sql, late.params));
    wait_for(loop, older.commit());

    until([&] { return heard->names().size() == 3; });
    EXPECT_EQ(heard->names(), (std::vector<std::string>{"late", "before", "younger"}));
    EXPECT_EQ(month_of("late"), newest());
    EXPECT_EQ(month_of("before"), newest() - 1);
}

TEST_F(LogMonthsTest, nothing_is_lost_in_a_storm_of_writers_and_cuts) {
    Worker& one = start(nullptr);
    Worker& other = start(nullptr);
    const auto heard = follow(one), heard_elsewhere = follow(other);
    const std::int64_t before = newest();

    expect_whole(one, 150, {heard, heard_elsewhere}, [&] { begin_month(other); });

    print("cuts among ten writers", {static_cast<double>(newest() - before)});
    EXPECT_GT(newest(), before + 1);
    EXPECT_EQ(number("select count(*) from (select sequence from events group by sequence "
                     "having count(*) > 1) twice"),
              0);
    EXPECT_EQ(number("select count(*) from events e join log_months m "
                     "on m.number = e.sequence >> 40 where e.transaction >= m.ended_before"),
              0)
        << "what a month holds was written before it ended";
}

TEST_F(LogMonthsTest, go_when_they_are_old_enough_one_at_a_time) {
    Worker& worker = start(nullptr);
    write(worker, "old");
    begin_month(worker);
    begin_month(worker);
    const std::int64_t first = oldest();
    drop(worker);
    EXPECT_EQ(oldest(), first) << "ended just now";
    EXPECT_EQ(text("select log_kept_since()"),
              first == 0 ? ""
                         : text("select begun_at from log_months where number = " +
                                std::to_string(first)));

    let_years_pass();
    drop(worker);

    EXPECT_EQ(oldest(), first + 1);
    EXPECT_FALSE(has_part(first));
    while (oldest() < newest()) {
        drop(worker);
    }
    drop(worker);
    EXPECT_EQ(oldest(), newest()) << "never the one that runs";
    EXPECT_EQ(number("select count(*) from events where name = 'old'"), 0);
    EXPECT_EQ(text("select log_kept_since() = begun_at from log_months"), "t");
    write(worker, "new");
    EXPECT_EQ(number("select count(*) from events where name = 'new'"), 1);
}

TEST_F(LogMonthsTest, stay_while_a_company_has_yet_to_hear_them) {
    Worker& worker = start(nullptr);
    worker.kernel->app().on("contact.*", "test.months", hear).tries(1);
    worker.services().feed().start();
    worker.services().listeners().start();
    until([&] {
        return number("select count(*) from listener_leases where lease_token is not null") == 1;
    });
    is_broken = true;
    write(worker, "contact.created");
    until([&] { return text("select state from listeners") == "aside"; });
    const std::int64_t with_it = newest();
    begin_month(worker);
    write(worker, "deal.created");
    const auto is_passed = [&] {
        return number(
                   "select count(*) from listener_leases l join log_months m "
                   "on l.transaction < m.ended_before") == 0;
    };
    until(is_passed);
    let_years_pass();

    while (oldest() < with_it) {
        drop(worker);
    }
    drop(worker);
    EXPECT_EQ(oldest(), with_it) << "set aside, it may still go on";
    is_broken = false;
    sql("update listeners set state = 'behind', tries = 0");
    Worker& next = start(nullptr);
    next.kernel->app().on("contact.*", "test.months", hear);
    sql("update listener_leases set lease_token = null");
    next.services().feed().start();
    next.services().listeners().start();
    until([&] { return text("select state from listeners") == "even"; });
    until(is_passed);
    drop(worker);

    EXPECT_GT(oldest(), with_it);
}

}  // namespace
}  // namespace ponte
