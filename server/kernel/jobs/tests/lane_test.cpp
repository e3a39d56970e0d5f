#include "kernel/jobs/lane.hpp"

#include <gtest/gtest.h>

#include "kernel/jobs/backoff.hpp"

namespace ponte::jobs {
namespace {

using namespace std::chrono_literals;

std::vector<Taken> jobs_of(const Id& tenant, int count) {
    std::vector<Taken> jobs;
    for (int i = 0; i < count; ++i) {
        Taken job;
        job.id = Id::make();
        job.tenant = tenant;
        jobs.push_back(std::move(job));
    }
    return jobs;
}

int start_all(Lane& lane) {
    int count = 0;
    while (lane.start_next()) {
        ++count;
    }
    return count;
}

struct LaneTest : ::testing::Test {
    const Id big = Id::make(), small = Id::make();
    Lane lane{JobLane::brief, 8, 2};  // 16 places, 4 of them never for one tenant alone

    void take(std::vector<Taken> jobs) {
        const auto wish = lane.wish();
        ASSERT_TRUE(wish);
        lane.asked();
        lane.took(*wish, std::move(jobs));
    }
};

TEST_F(LaneTest, leaves_places_for_others_whatever_one_tenant_has) {
    take(jobs_of(big, 12));

    EXPECT_EQ(start_all(lane), 12);
    EXPECT_FALSE(lane.wish()) << "nobody else is known to wait";
    lane.want();
    const auto wish = lane.wish();
    ASSERT_TRUE(wish);
    EXPECT_EQ(wish->places, 4);
    EXPECT_EQ(wish->busy, std::vector<Id>{big});
    EXPECT_EQ(wish->rooms, std::vector<std::string>{"0"});
}

TEST_F(LaneTest, another_tenant_overtakes_who_has_all_it_may) {
    take(jobs_of(big, 12));
    start_all(lane);
    lane.want();
    take(jobs_of(small, 2));

    const auto next = lane.start_next();

    ASSERT_TRUE(next);
    EXPECT_EQ(next->job.tenant, small);
}

TEST_F(LaneTest, asks_again_after_a_cut_even_when_its_jobs_ended_meanwhile) {
    take(jobs_of(big, 4));
    const auto running = lane.start_next();
    lane.want();
    const auto wish = lane.wish();
    ASSERT_EQ(wish->rooms, std::vector<std::string>{"8"});
    lane.asked();
    lane.ended(running->job, running->loop);

    lane.took(*wish, jobs_of(big, 8));
    start_all(lane);

    EXPECT_TRUE(lane.wish());
}

TEST_F(LaneTest, asks_again_only_when_there_may_be_more) {
    take(jobs_of(big, 3));
    EXPECT_FALSE(lane.wish()) << "fewer than asked for: nothing more waits";

    lane.want();
    EXPECT_TRUE(lane.wish());
}

TEST_F(LaneTest, asks_again_after_getting_all_that_one_tenant_may_have) {
    take(jobs_of(big, 12));
    const auto first = lane.start_next();
    start_all(lane);

    lane.ended(first->job, first->loop);

    const auto wish = lane.wish();
    ASSERT_TRUE(wish);
    EXPECT_EQ(wish->rooms, std::vector<std::string>{"1"});
}

TEST_F(LaneTest, takes_ahead_when_jobs_are_quick_and_gives_back_when_they_are_not) {
    auto at = Clock::now();
    for (int round = 0; round < 20; ++round) {
        lane.want();
        take(jobs_of(round % 2 ? big : small, 8));
        while (const auto next = lane.start_next()) {
            lane.ended(next->job, next->loop);
        }
    }
    lane.measure(at += 100ms);
    lane.want();
    const auto wish = lane.wish();
    ASSERT_TRUE(wish);
    EXPECT_GT(wish->places, 100) << "1600 a second: a tenth of a second's worth";
    lane.took(*wish, jobs_of(big, wish->places));
    start_all(lane);

    const std::vector<Taken> surplus = lane.measure(at += 1s);

    EXPECT_EQ(lane.waiting(), 16);
    EXPECT_EQ(static_cast<int>(surplus.size()), wish->places - 12 - 16);
}

TEST_F(LaneTest, spreads_jobs_over_the_loops) {
    take(jobs_of(big, 2));

    const auto first = lane.start_next(), second = lane.start_next();

    EXPECT_NE(first->loop, second->loop);
}

TEST(Backoff, doubles_within_a_quarter_to_both_sides_and_ends_at_an_hour) {
    EXPECT_EQ(backoff(1, 0.5), 2s);
    EXPECT_EQ(backoff(2, 0.5), 4s);
    EXPECT_EQ(backoff(1, 0.0), 1500ms);
    EXPECT_LT(backoff(1, 0.999), 2500ms);
    EXPECT_EQ(backoff(30, 0.5), 1h);
    EXPECT_EQ(backoff(1000, 0.5), 1h);
}

struct PutBackTest : ::testing::Test {
    Taken job;
    PutBack after(Outcome::Kind kind, int tries, int delays = 0) {
        job.tries = tries;
        job.delays = delays;
        return put_back_of(job, {kind, "problem"}, 3, 0.5);
    }
};

TEST_F(PutBackTest, a_failure_is_tried_again_until_it_is_given_up) {
    EXPECT_EQ(after(Outcome::Kind::failed, 1).state, "later");
    EXPECT_EQ(after(Outcome::Kind::failed, 2).delay, 4s);
    EXPECT_EQ(after(Outcome::Kind::failed, 3).state, "dead");
}

TEST_F(PutBackTest, what_is_not_its_fault_does_not_count) {
    const PutBack back = after(Outcome::Kind::put_off, 3);

    EXPECT_EQ(back.state, "later");
    EXPECT_FALSE(back.counts);
    EXPECT_TRUE(back.is_delayed);
}

TEST_F(PutBackTest, even_patience_has_an_end) {
    EXPECT_EQ(after(Outcome::Kind::put_off, 3, 60).state, "dead");
}

TEST_F(PutBackTest, what_was_not_begun_goes_back_as_it_was) {
    const PutBack back = after(Outcome::Kind::not_begun, 1);

    EXPECT_EQ(back.state, "ready");
    EXPECT_FALSE(back.counts);
}

}  // namespace
}  // namespace ponte::jobs
