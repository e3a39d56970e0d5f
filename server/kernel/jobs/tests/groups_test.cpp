// Jobs that belong together: held, moved, cancelled, counted.
#include <atomic>

#include "kernel/job_groups.hpp"
#include "kernel/jobs/tests/lines.hpp"

namespace ponte {
namespace {

using namespace std::chrono_literals;

using Word = void (*)(Ctx&, const Id&);

Task<> said(Ctx& ctx, Word what, Id group) {
    what(ctx, group);
    co_return;
}

Task<> moved(Ctx& ctx, Id group, Time not_before) {
    job_groups::move(ctx, group, not_before);
    co_return;
}

struct GroupsTest : LineWorld {
    const Id campaign = Id::make(), other = Id::make();

    static void declare(App& app) {
        job_groups::declare(app);
        app.job<Step>("test.step", leave_step);
        app.job<Step>("test.serial", leave_step).serial_by("line");
    }
    void enqueue_in(const Id& group, const Json& all, const char* kind = "test.step",
                    Milliseconds delay = 0ms) {
        EnqueueOptions options;
        options.group = group;
        options.delay = delay;
        enqueue_many(kind, all, options);
    }
    void say(Word what, const Id& group) { as_company(said, what, group); }
    job_groups::Counts counts(const Id& group) { return as_company(job_groups::count, group); }
    void until_followed() {
        until([&] {
            return number(
                       "select count(*) from jobs where kind = 'jobs.follow_group' "
                       "and state <> 'later'") == 0;
        });
    }
};

TEST_F(GroupsTest, nothing_of_a_held_group_begins_until_it_is_released) {
    Worker& worker = start_knowing(declare);
    say(job_groups::hold, campaign);
    enqueue_in(campaign, steps("a", 0, 3000));
    enqueue_in(other, steps("b", 0, 5));
    wake(worker);
    until([&] { return made("b").size() == 5; });
    until_followed();

    EXPECT_EQ(counts(campaign).held, 3000);
    EXPECT_TRUE(made("a").empty());
    say(job_groups::release, campaign);
    wake(worker);

    until([&] { return count("true") == 0; });
    EXPECT_EQ(made("a").size(), 3000u);
    until([&] { return number("select count(*) from job_groups") == 0; });
}

TEST_F(GroupsTest, what_waits_already_is_held_at_once_and_lets_others_of_its_line_pass) {
    sql("insert into job_kinds (kind, serial_by) values ('test.serial', 'line')");
    enqueue_in(campaign, steps("a", 0, 2500), "test.serial");
    enqueue_in(other, steps("a", 3000, 3005), "test.serial");
    say(job_groups::hold, campaign);

    Worker& worker = start_knowing(declare);
    until([&] { return made("a").size() == 5; });
    until_followed();

    EXPECT_EQ(made("a"), in_order("a", 3000, 3005));
    EXPECT_EQ(counts(campaign).held, 2500);
    EXPECT_EQ(counts(campaign).waiting, 0);
    say(job_groups::release, campaign);
    wake(worker);
    until([&] { return made("a").size() > 20; });
    const auto all = made("a");
    EXPECT_EQ(std::vector<std::string>(all.begin() + 5, all.begin() + 15), in_order("a", 0, 10));
    sql("truncate jobs");
}

TEST_F(GroupsTest, a_cancelled_group_is_gone) {
    Worker& worker = start_knowing(declare);
    say(job_groups::hold, campaign);
    enqueue_in(campaign, steps("a", 0, 100));
    enqueue_in(campaign, steps("a", 100, 200), "test.step", 1h);
    enqueue_in(other, steps("b", 0, 5), "test.step", 1h);
    until_followed();
    say(job_groups::cancel, campaign);
    wake(worker);

    until([&] { return count("true") == 5 && number("select count(*) from job_groups") == 0; });
    EXPECT_TRUE(made("a").empty());
    EXPECT_EQ(counts(other).waiting, 5);
}

TEST_F(GroupsTest, a_group_that_is_moved_begins_later) {
    sql("insert into job_kinds (kind) values ('test.step')");
    enqueue_in(campaign, steps("a", 0, 50));
    as_company(moved, campaign, now() + 2s);
    sql("update jobs set priority = 1 where kind = 'jobs.follow_group'");
    sql("update jobs set state = 'held' where kind = 'test.step'");  // nobody was quicker
    const auto begin = std::chrono::steady_clock::now();

    start_knowing(declare);
    until([&] { return count("true") == 0; });

    EXPECT_GE(std::chrono::steady_clock::now() - begin, 1500ms);
    EXPECT_EQ(made("a").size(), 50u);
}

}  // namespace
}  // namespace ponte
