// Workers against the real table: what happens when they die, meet, fail, or have a million jobs.
#include <algorithm>
#include <atomic>
#include <set>

#include "kernel/jobs/tests/record.hpp"
#include "kernel/jobs/tests/worker.hpp"

namespace ponte {
namespace {

using namespace std::chrono_literals;

std::shared_ptr<Record> record;  // of the running test

Task<> remember(Ctx& ctx, const Note& note) {
    const auto kept = record;
    const Milliseconds takes = kept->takes;
    if (takes.count() > 0) {
        co_await ctx.loop.sleep(takes);
    }
    if (kept->failures_to_come-- > 0) {
        throw std::runtime_error("as ordered");
    }
    const std::scoped_lock lock(kept->mutex);
    kept->ran.push_back(note.text);
}

// Leaves a trace in the database that counts only together with the end of the job.
Task<> leave_a_trace(Ctx& ctx, const Note& note) {
    const auto kept = record;
    Event event;
    event.tenant = ctx.who.tenant;
    event.name = "trace.left";
    event.entity = "trace";
    event.request_id = note.text;
    const db::Statement statement = event_statement(event, {.is_quiet = true});
    co_await ctx.tx.query(statement.sql, statement.params);
    const Milliseconds takes = kept->takes;
    if (takes.count() > 0) {
        co_await ctx.loop.sleep(takes);
    }
    if (kept->failures_to_come-- > 0) {
        throw std::runtime_error("as ordered");
    }
}

Task<> take_long(Ctx& ctx, const Slow&) {
    const auto kept = record;
    kept->most_running = std::max<int>(kept->most_running, ++kept->running);
    co_await ctx.loop.sleep(kept->takes);
    --kept->running;
}

Task<> tick(Ctx& ctx, const Tick&) {
    const auto kept = record;
    const std::scoped_lock lock(kept->mutex);
    kept->ran.push_back(ctx.who.tenant.is_nil() ? "tick" : "tick of a company");
    co_return;
}

Task<> refuse(Ctx&, const Note&) {
    throw unavailable("somebody");
    co_return;
}

struct JobsTest : JobWorld {
    JobsTest() { record = std::make_shared<Record>(); }

    static void declare(App& app) {
        app.job<Note>("test.note", remember).tries(3);
        app.job<Slow>("test.slow", take_long).commits_itself();
    }
    static void declare_traces(App& app) { app.job<Note>("test.trace", leave_a_trace); }
    static void declare_refusal(App& app) { app.job<Note>("test.refuse", refuse).tries(2); }
    static void declare_ticks(App& app) {
        app.job<Tick>("test.tick", tick).repeat_every(Milliseconds{700});
    }

    bool all_gone() { return number("select count(*) from jobs") == 0; }
    bool has_run(const std::string& name) {
        const std::scoped_lock lock(record->mutex);
        return std::ranges::find(record->ran, name) != record->ran.end();
    }
    void hurry() { sql("update jobs set run_at = now() where state = 'later'"); }
};

TEST_F(JobsTest, runs_what_is_enqueued_and_forgets_it) {
    Worker& worker = start(declare);

    enqueue(worker, "test.note", {{"text", "hello"}});

    until([&] { return all_gone(); });
    EXPECT_EQ(record->all(), std::vector<std::string>{"hello"});
}

TEST_F(JobsTest, does_not_run_what_was_rolled_back) {
    Worker& worker = start(declare);

    enqueue_and_roll_back(worker, "test.note", {{"text", "never"}});
    enqueue(worker, "test.note", {{"text", "hello"}});

    until([&] { return all_gone(); });
    EXPECT_EQ(record->all(), std::vector<std::string>{"hello"});
}

TEST_F(JobsTest, work_and_end_are_one_transaction) {
    record->failures_to_come = 1;
    Worker& worker = start(declare_traces);

    enqueue(worker, "test.trace", {{"text", "once"}});
    until([&] { return number("select count(*) from jobs where state = 'later'") == 1; });
    EXPECT_EQ(number("select count(*) from events where entity = 'trace'"), 0);
    hurry();

    until([&] { return all_gone(); });
    EXPECT_EQ(number("select count(*) from events where entity = 'trace'"), 1);
}

TEST_F(JobsTest, what_a_dead_worker_held_is_done_by_another_one) {
    enqueue_rows("test.note", 1, company());
    sql("update jobs set state = 'running', tries = 1, lease_token = new_id(), "
        "lease_until = now() - interval '1 second'");

    start(declare);

    until([&] { return all_gone(); });
    EXPECT_EQ(record->all().size(), 1u);
}

TEST_F(JobsTest, a_worker_that_lost_its_lease_leaves_no_trace) {
    record->takes = 1500ms;
    Worker& worker = start(declare_traces);
    enqueue(worker, "test.trace", {{"text", "once"}});
    until([&] { return number("select count(*) from jobs where state = 'running'") == 1; });

    sql("update jobs set lease_token = new_id(), lease_until = now() + interval '3 seconds'");

    until([&] { return number("select count(*) from jobs where tries = 2") == 1; });
    EXPECT_EQ(number("select count(*) from events where entity = 'trace'"), 0);
    until([&] { return all_gone(); });
    EXPECT_EQ(number("select count(*) from events where entity = 'trace'"), 1);
}

TEST_F(JobsTest, a_lease_is_renewed_while_the_job_runs) {
    record->takes = 3500ms;
    Worker& worker = start([](App& app) {
        app.job<Slow>("test.slow", take_long).commits_itself().lease = Milliseconds{1500};
    });

    enqueue(worker, "test.slow", {{"text", "patience"}});

    until([&] { return all_gone(); });
    EXPECT_EQ(record->most_running, 1);
}

TEST_F(JobsTest, two_workers_do_each_job_once) {
    enqueue_rows("test.note", 3000, company());
    start(declare);
    start(declare);

    until([&] { return all_gone(); });

    const std::vector<std::string> ran = record->all();
    const std::set<std::string> different(ran.begin(), ran.end());
    EXPECT_EQ(ran.size(), 3000u);
    EXPECT_EQ(different.size(), 3000u);
}

TEST_F(JobsTest, a_million_jobs_of_one_company_do_not_delay_another) {
    const int many = patience() ? 1'000'000 : 50'000;
    enqueue_rows("test.note", many, company());
    Worker& worker = start(declare);
    until([&] { return !record->all().empty(); });

    std::vector<double> delays_ms;
    for (int i = 0; i < 20; ++i) {
        const std::string name = "small " + std::to_string(i);
        const auto begin = std::chrono::steady_clock::now();
        enqueue(worker, "test.note", {{"text", name}}, other_company());
        until([&] { return has_run(name); });
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - begin;
        delays_ms.push_back(took.count());
    }

    std::ranges::sort(delays_ms);
    print("another company's job beside many waiting", delays_ms);
    EXPECT_LT(delays_ms.back(), 1000);
    EXPECT_GT(number("select count(*) from jobs"), 0) << "the many should not be done yet";
}

TEST_F(JobsTest, slow_jobs_of_one_company_do_not_delay_another) {
    record->takes = 400ms;
    enqueue_rows("test.note", 2000, company());
    Worker& worker = start(declare);
    until([&] { return !record->all().empty(); });

    const auto begin = std::chrono::steady_clock::now();
    enqueue(worker, "test.note", {{"text", "small"}}, other_company());
    until([&] { return has_run("small"); });

    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s + record->takes.load());
}

TEST_F(JobsTest, long_jobs_do_not_block_short_ones) {
    record->takes = 1200ms;
    Worker& worker = start(declare);
    enqueue_rows("test.slow", 50, company());
    worker.services().jobs().wake();
    until([&] { return record->running >= 2; });
    record->takes = 0ms;

    enqueue(worker, "test.note", {{"text", "quick"}});

    const auto begin = std::chrono::steady_clock::now();
    until([&] { return has_run("quick"); });
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
}

TEST_F(JobsTest, a_failure_is_tried_again_then_kept_and_may_be_replayed) {
    record->failures_to_come = 3;
    Worker& worker = start(declare);
    enqueue(worker, "test.note", {{"text", "stubborn"}});

    for (int tries = 1; tries < 3; ++tries) {
        until([&] {
            return number("select coalesce(max(tries), 0) from jobs where state = 'later'") ==
                   tries;
        });
        hurry();
    }
    until([&] { return number("select count(*) from jobs where state = 'dead'") == 1; });
    EXPECT_EQ(text("select last_error from jobs"), "as ordered");
    EXPECT_EQ(number("select tries from jobs"), 3);
    sql("update jobs set state = 'ready', tries = 0");
    worker.services().jobs().wake();

    until([&] { return all_gone(); });
    EXPECT_EQ(record->all(), std::vector<std::string>{"stubborn"});
}

TEST_F(JobsTest, a_service_that_is_away_does_not_count_as_a_failure) {
    Worker& worker = start(declare_refusal);
    enqueue(worker, "test.refuse", {{"text", "x"}});

    for (int delays = 1; delays <= 3; ++delays) {
        until([&] {
            return number("select coalesce(max(delays), 0) from jobs where state = 'later'") ==
                   delays;
        });
        hurry();
    }

    EXPECT_EQ(number("select tries from jobs where state <> 'running'"), 0);
}

TEST_F(JobsTest, jobs_of_a_kind_nobody_knows_wait_for_who_knows_it) {
    enqueue_rows("test.of_tomorrow", 1, company());

    start(declare);

    until([&] { return number("select count(*) from jobs where state = 'later'") == 1; });
    EXPECT_EQ(number("select tries from jobs"), 0);
}

TEST_F(JobsTest, a_waiting_job_of_the_same_key_is_not_enqueued_twice) {
    EnqueueOptions later;
    later.delay = 1h;
    later.unique_key = "contact 7";
    enqueue_only("test.note", {{"text", "a"}}, later);
    enqueue_only("test.note", {{"text", "b"}}, later);
    EXPECT_EQ(number("select count(*) from jobs"), 1);

    EnqueueOptions sooner = later;
    sooner.delay = 0ms;
    enqueue_only("test.note", {{"text", "c"}}, sooner);

    EXPECT_EQ(number("select count(*) from jobs where state = 'ready'"), 1);
    EXPECT_EQ(text("select args ->> 'text' from jobs"), "a");
}

TEST_F(JobsTest, a_retry_gives_way_to_a_waiting_job_of_the_same_key) {
    record->takes = 300ms;
    record->failures_to_come = 1;
    Worker& worker = start(declare);
    EnqueueOptions keyed;
    keyed.unique_key = "contact 7";
    enqueue_only("test.note", {{"text", "first"}}, keyed);
    worker.services().jobs().wake();
    until([&] { return number("select count(*) from jobs where state = 'running'") == 1; });

    keyed.delay = 600ms;
    enqueue_only("test.note", {{"text", "second"}}, keyed);

    until([&] { return all_gone(); });
    EXPECT_EQ(record->all(), std::vector<std::string>{"second"});
}

TEST_F(JobsTest, what_is_for_later_waits) {
    Worker& worker = start(declare);
    EnqueueOptions later;
    later.delay = 1500ms;
    const auto begin = std::chrono::steady_clock::now();
    enqueue_only("test.note", {{"text", "later"}}, later);
    worker.services().jobs().wake();

    until([&] { return all_gone(); });

    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_GE(took, 1500ms);
    EXPECT_LT(took, 4s);
}

TEST_F(JobsTest, a_schedule_comes_once_whatever_the_number_of_workers) {
    start(declare_ticks);
    start(declare_ticks);
    start(declare_ticks);
    const auto begin = std::chrono::steady_clock::now();

    until([&] { return record->all().size() >= 4; });

    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    EXPECT_GT(took.count(), 4 * 0.7 - 0.8)
        << "each of three workers would have made it three times";
    EXPECT_EQ(record->all().front(), "tick");
}

TEST_F(JobsTest, a_time_of_day_is_one_in_the_zone_of_the_installation) {
    sql("select set_schedule('test.daily', null, '03:00', 'America/Sao_Paulo')");

    EXPECT_EQ(text("select (next_run_at at time zone 'America/Sao_Paulo')::time::text "
                   "from job_schedules where kind = 'test.daily'"),
              "03:00:00");
    EXPECT_EQ(number("select count(*) from job_schedules where kind = 'test.daily' and next_run_at "
                     "> now() and next_run_at <= now() + interval '1 day'"),
              1);
}

TEST_F(JobsTest, stopping_lets_running_jobs_end_and_gives_back_the_others) {
    record->takes = 600ms;
    enqueue_rows("test.note", 200, company());
    Worker& worker = start(declare);
    until([&] { return number("select count(*) from jobs where state = 'running'") > 0; });

    worker.services().jobs().stop();

    EXPECT_GT(record->all().size(), 0u);
    EXPECT_EQ(number("select count(*) from jobs where state = 'running'"), 0);
    EXPECT_EQ(number("select count(*) from jobs") + static_cast<int>(record->all().size()), 200);
    EXPECT_EQ(number("select max(tries) from jobs"), 0);
}

TEST_F(JobsTest, budget_of_three_thousand_durable_jobs_a_second) {
    Worker& worker = start(declare);
    const int count = 20'000;

    const double seconds =
        enqueue_one_by_one(worker, "test.note", count, [&] { return all_gone(); });

    print("durable jobs a second, enqueued one by one", {count / seconds});
    EXPECT_EQ(record->all().size(), static_cast<std::size_t>(count));
}

TEST_F(JobsTest, rate_of_what_waits_already) {
    const int count = 50'000;
    enqueue_rows("test.note", count, company());
    const auto begin = std::chrono::steady_clock::now();
    start(declare);

    until([&] { return all_gone(); });

    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    print("waiting jobs a second", {count / took.count()});
    EXPECT_EQ(record->all().size(), static_cast<std::size_t>(count));
}

}  // namespace
}  // namespace ponte
