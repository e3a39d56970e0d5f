// Jobs in line: of one key one at a time and in their order, whoever runs them; and no more than a
// budget allows, however many nodes there are.
#include "kernel/jobs/tests/lines.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>

#include "kernel/pacing.hpp"

namespace ponte {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

std::atomic<int> failures_to_come = 0, at_once = 0, most_at_once = 0;
std::atomic<Milliseconds> takes = Milliseconds{0};

Task<> make(Ctx& ctx, const Step& step) {
    most_at_once = std::max<int>(most_at_once, ++at_once);
    const Milliseconds time = takes;
    if (time.count() > 0) {
        co_await ctx.loop.sleep(time);
    }
    --at_once;
    if (failures_to_come-- > 0) {
        throw std::runtime_error("as ordered");
    }
    co_await leave_step(ctx, step);
}

Task<> ask_for_patience(Ctx& ctx, const Step& step) {
    if (failures_to_come-- > 0) {
        throw RetryAt(now() + 300ms, "they asked for it");
    }
    co_await leave_step(ctx, step);
}

struct LinesTest : LineWorld {
    LinesTest() {
        failures_to_come = 0;
        at_once = most_at_once = 0;
        takes = 0ms;
    }
    static void declare_serial(App& app) {
        app.job<Step>("test.serial", make).tries(2).serial_by("line");
    }
    static void declare_paced(App& app) {
        app.job<Step>("test.paced", make).paced_by("line", {{3, 600ms}, {7, 1h}});
    }
    static void declare_both(App& app) {
        app.job<Step>("test.both", make).serial_by("line").paced_by("line", {{10, 200ms}});
    }
    static void declare_patient(App& app) {
        app.job<Step>("test.patient", ask_for_patience).tries(1).serial_by("line");
    }
};

TEST_F(LinesTest, those_of_one_key_run_one_at_a_time_in_their_order_on_two_nodes) {
    takes = 3ms;
    Worker& one = start_knowing(declare_serial);
    Worker& another = start(declare_serial);
    for (int round = 0; round < 4; ++round) {
        enqueue_many("test.serial", steps("a", round * 10, round * 10 + 10));
        enqueue_many("test.serial", steps("b", round * 10, round * 10 + 10));
        wake(one);
        wake(another);
    }

    until([&] { return count("true") == 0; });

    EXPECT_EQ(made("a"), in_order("a", 0, 40));
    EXPECT_EQ(made("b"), in_order("b", 0, 40));
    EXPECT_EQ(most_at_once, 2) << "of two keys two at a time";
}

TEST_F(LinesTest, those_behind_one_that_is_tried_again_wait_for_it) {
    failures_to_come = 1;
    Worker& worker = start_knowing(declare_serial);
    enqueue_many("test.serial", steps("a", 0, 5));
    wake(worker);
    until([&] { return count("state = 'later'") == 1; });

    EXPECT_EQ(count("state = 'behind'"), 4);
    hurry();

    until([&] { return count("true") == 0; });
    EXPECT_EQ(made("a"), in_order("a", 0, 5));
}

TEST_F(LinesTest, one_that_is_given_up_lets_the_others_go_on_and_comes_back_in_line) {
    failures_to_come = 2;
    Worker& worker = start_knowing(declare_serial);
    enqueue_many("test.serial", steps("a", 0, 4));
    wake(worker);
    until([&] { return count("state = 'later'") == 1; });
    hurry();
    until([&] { return count("state <> 'dead'") == 0; });
    EXPECT_EQ(made("a"), in_order("a", 1, 4));

    sql("update jobs set state = job_state(serial_key is not null, false, null), tries = 0");
    wake(worker);

    until([&] { return count("true") == 0; });
    EXPECT_EQ(made("a").back(), "a 0");
}

TEST_F(LinesTest, whoever_joins_while_the_head_ends_is_not_overlooked) {
    Worker& worker = start_knowing(declare_serial);
    const auto begin = std::chrono::steady_clock::now();
    for (int number = 0; number < 60; ++number) {
        enqueue(worker, "test.serial", {{"line", "a"}, {"number", number}});
    }

    until([&] { return count("true") == 0; });

    EXPECT_EQ(made("a"), in_order("a", 0, 60));
    EXPECT_EQ(number("select count(*) from job_lines"), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
}

TEST_F(LinesTest, many_behind_one_key_cost_others_nothing) {
    const int many = patience() ? 100'000 : 20'000;
    takes = 1ms;
    Worker& worker = start_knowing(declare_serial);
    enqueue_many("test.serial", steps("a", 0, many));
    wake(worker);
    until([&] { return made("a").size() > 5; });

    std::vector<double> waits_ms;
    for (int i = 0; i < 20; ++i) {
        const std::string line = "other" + std::to_string(i);
        const auto begin = std::chrono::steady_clock::now();
        enqueue(worker, "test.serial", {{"line", line}, {"number", 0}});
        until([&] { return !made(line).empty(); });
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - begin;
        waits_ms.push_back(took.count());
    }

    std::ranges::sort(waits_ms);
    print("another key's job beside many behind one", waits_ms);
    EXPECT_LT(waits_ms[waits_ms.size() / 2], 500);
    EXPECT_GT(count("state = 'behind'"), many / 2) << "the many should not be done yet";
    EXPECT_EQ(count("state in ('ready', 'running') and serial_key = 'a'"), 1);
    sql("truncate jobs");
}

TEST_F(LinesTest, a_budget_lets_as_many_begin_as_it_has_and_knows_when_it_has_more) {
    Worker& worker = start_knowing(declare_paced);
    start(declare_paced);
    enqueue_many("test.paced", steps("x", 0, 9));
    wake(worker);

    until([&] { return count("state = 'paced'") == 2 && count("true") == 2; });

    EXPECT_THAT(made("x"), ::testing::UnorderedElementsAreArray(in_order("x", 0, 7)))
        << "seven an hour";
    EXPECT_EQ(number("select max(tries) from jobs where kind = 'test.paced'"), 0);
    const double slowest = std::stod(
        text("select extract(epoch from max(at) - min(at)) from events where entity = 'step'"));
    EXPECT_GT(slowest, 1.1) << "three within 600 ms";
    const pacing::Line line = as_company(pacing::line_of, "x");
    EXPECT_EQ(line.waiting, 2);
    ASSERT_TRUE(line.next_at);
    EXPECT_GT(*line.next_at - now(), 50min);
    EXPECT_LT(*line.next_at - now(), 64min);
}

TEST_F(LinesTest, whoever_calls_more_than_once_shares_the_budget_of_the_jobs) {
    Worker& worker = start_knowing(declare_paced);
    std::vector<std::optional<Time>> taken;
    const std::vector<Rate> rates{{3, 600ms}, {7, 1h}};
    for (int i = 0; i < 4; ++i) {
        taken.push_back(as_company(pacing::take, "x", rates));
    }
    enqueue_many("test.paced", steps("x", 0, 5));
    wake(worker);

    until([&] { return made("x").size() == 4; });

    EXPECT_FALSE(taken[2]);
    ASSERT_TRUE(taken[3]) << "the fourth within 600 ms";
    EXPECT_LT(*taken[3] - now(), 700ms);
    until([&] { return count("state = 'paced'") == 1; });
}

TEST_F(LinesTest, nobody_begins_while_they_ask_for_rest) {
    Worker& worker = start_knowing(declare_paced);
    as_company(pacing::rest, "x", now() + 500ms);
    const auto begin = std::chrono::steady_clock::now();
    enqueue_many("test.paced", steps("x", 0, 1));
    wake(worker);

    until([&] { return count("true") == 0; });

    EXPECT_GE(std::chrono::steady_clock::now() - begin, 450ms);
}

TEST_F(LinesTest, no_stretch_of_a_window_ever_has_more_than_its_rate) {
    std::vector<std::chrono::steady_clock::time_point> got;
    const std::vector<Rate> rates{{10, 300ms}};
    const auto end = std::chrono::steady_clock::now() + 900ms;
    while (std::chrono::steady_clock::now() < end) {
        if (!as_company(pacing::take, "strict", rates)) {
            got.push_back(std::chrono::steady_clock::now());
        }
    }

    EXPECT_GE(got.size(), 20u) << "nearly ten each 300 ms";
    for (std::size_t i = 10; i < got.size(); ++i) {
        EXPECT_GT(got[i] - got[i - 10], 285ms) << i;
    }
}

TEST_F(LinesTest, in_line_twice_is_in_order_and_within_the_budget) {
    Worker& worker = start_knowing(declare_both);
    enqueue_many("test.both", steps("a", 0, 15));
    wake(worker);

    until([&] { return count("true") == 0; });

    EXPECT_EQ(made("a"), in_order("a", 0, 15));
}

TEST_F(LinesTest, a_job_that_says_when_is_run_then_and_has_not_failed) {
    failures_to_come = 1;
    Worker& worker = start_knowing(declare_patient);
    const auto begin = std::chrono::steady_clock::now();
    enqueue_many("test.patient", steps("a", 0, 2));
    wake(worker);
    until([&] { return count("state = 'later'") == 1; });
    EXPECT_EQ(number("select tries from jobs where state = 'later'"), 0);
    EXPECT_EQ(text("select last_error from jobs where state = 'later'"), "they asked for it");

    until([&] { return count("true") == 0; });

    EXPECT_GE(std::chrono::steady_clock::now() - begin, 300ms);
    EXPECT_EQ(made("a"), in_order("a", 0, 2));
}

TEST_F(LinesTest, thousands_are_enqueued_in_one_statement) {
    Worker& worker = start_knowing(declare_serial);
    const auto begin = std::chrono::steady_clock::now();
    enqueue_many("test.serial", steps("a", 0, 5000));
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;

    print("5000 jobs of one key enqueued, ms", {took.count()});
    EXPECT_EQ(number("select count(*) from job_lines") + number("select count(*) from jobs where "
                                                                "state <> 'behind'"),
              1);
    EXPECT_EQ(number("select count(*) from (select (args ->> 'number')::int = row_number() over "
                     "(order by place) - 1 as is_right from jobs) o where not is_right"),
              0);
    sql("truncate jobs");
    wake(worker);
}

}  // namespace
}  // namespace ponte
