// Tasks and the loops that carry them: results, failures, order, and what happens at the end.
#include "kernel/loop.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>

#include "kernel/testing/wait.hpp"

namespace ponte {
namespace {

using testing::until;
using testing::wait_for;

// Counts the frames that are alive: what a task holds must go with it.
struct Held {
    std::atomic<int>& alive;
    explicit Held(std::atomic<int>& count) : alive(count) { ++alive; }
    Held(const Held& other) : alive(other.alive) { ++alive; }
    ~Held() { --alive; }
};

struct LoopTest : ::testing::Test {
    LoopTest() { loops.start(); }
    ~LoopTest() override { loops.stop(); }
    Loops loops{2};
    Loop& loop = loops.at(0);
};

Task<int> number(int value) { co_return value; }

Task<int> sum(int count) {
    int total = 0;
    for (int i = 0; i < count; ++i) {
        total += co_await number(1);
    }
    co_return total;
}

Task<std::string> fail(std::string what) {
    throw std::runtime_error(what);
    co_return what;
}

Task<std::string> rescue() {
    try {
        co_await fail("lost");
    } catch (const std::exception& error) {
        co_return error.what();
    }
    co_return "nothing happened";
}

Task<> sleep_holding(Loop& loop, Milliseconds time, Held) { co_await loop.sleep(time); }

TEST_F(LoopTest, a_task_hands_its_result_to_whoever_awaits_it) {
    EXPECT_EQ(wait_for(loop, sum(3)), 3);
}

TEST_F(LoopTest, a_million_awaits_do_not_deepen_the_stack) {
    EXPECT_EQ(wait_for(loop, sum(1'000'000)), 1'000'000);
}

TEST_F(LoopTest, a_failure_travels_to_whoever_awaits_it) {
    EXPECT_EQ(wait_for(loop, rescue()), "lost");
    EXPECT_THROW(wait_for(loop, fail("for the caller")), std::runtime_error);
}

TEST_F(LoopTest, a_task_that_nobody_awaits_never_starts) {
    std::atomic<int> alive = 0;

    {
        auto never = sleep_holding(loop, Milliseconds{1}, Held(alive));
    }

    EXPECT_EQ(alive, 0);
}

TEST_F(LoopTest, work_runs_on_the_thread_of_the_loop_in_its_order) {
    std::string order;
    std::atomic<bool> is_there = false;

    loop.post([&] { order += "a"; });
    loop.post([&] { order += loop.is_current_thread() ? "b" : "elsewhere"; });
    loop.post([&] { is_there = true; });

    until([&] { return is_there.load(); });
    EXPECT_EQ(order, "ab");
    EXPECT_FALSE(loop.is_current_thread());
}

TEST_F(LoopTest, posted_work_that_fails_does_not_end_the_loop) {
    loop.post([] { throw std::runtime_error("nobody hears this"); });

    EXPECT_EQ(wait_for(loop, number(1)), 1);
}

TEST_F(LoopTest, sleepers_wake_in_the_order_of_their_times) {
    std::string order;
    std::atomic<int> done = 0;
    const auto note = [&](char name) {
        return [&order, &done, name] {
            order += name;
            ++done;
        };
    };

    loop.post_after(Milliseconds{60}, note('c'));
    loop.post_after(Milliseconds{30}, note('b'));
    loop.post_after(Milliseconds{1}, note('a'));

    until([&] { return done == 3; });
    EXPECT_EQ(order, "abc");
}

TEST_F(LoopTest, a_spawned_task_starts_in_a_turn_of_its_own) {
    std::string order;
    std::atomic<bool> is_over = false;
    const auto add = [](std::string& to, char what, std::atomic<bool>* over) -> Task<> {
        to += what;
        if (over) {
            *over = true;
        }
        co_return;
    };

    loop.post([&] {
        spawn(loop, add(order, 'c', &is_over));
        spawn_now(loop, add(order, 'a', nullptr));
        order += 'b';
    });

    until([&] { return is_over.load(); });
    EXPECT_EQ(order, "abc");
}

TEST_F(LoopTest, the_failure_of_a_spawned_task_is_told) {
    std::atomic<bool> is_told = false;
    const auto fall = []() -> Task<> {
        throw std::runtime_error("fallen");
        co_return;
    };

    loop.post([&] { spawn(loop, fall(), [&](const std::exception_ptr&) { is_told = true; }); });

    until([&] { return is_told.load(); });
}

TEST_F(LoopTest, blocking_work_leaves_the_loop_free_and_comes_back_to_it) {
    const auto work_elsewhere = [](Loop& home) -> Task<bool> {
        const auto self = std::this_thread::get_id();
        auto work = [self] { return std::this_thread::get_id() != self; };
        const bool was_elsewhere = co_await offload(home, work);
        co_return was_elsewhere&& home.is_current_thread();
    };

    EXPECT_TRUE(wait_for(loop, work_elsewhere(loop)));
}

TEST_F(LoopTest, blocking_work_that_fails_tells_its_caller) {
    const auto fall_elsewhere = [](Loop& home) -> Task<> {
        auto work = [] { throw std::runtime_error("fallen"); };
        co_await offload(home, work);
    };

    EXPECT_THROW(wait_for(loop, fall_elsewhere(loop)), std::runtime_error);
}

TEST(LoopsTest, the_end_destroys_what_still_waits) {
    std::atomic<int> alive = 0;
    Loops loops(2);
    loops.start();
    for (std::size_t i = 0; i < 20; ++i) {
        Loop& loop = loops.at(i % 2);
        loop.post([&] { spawn(loop, sleep_holding(loop, Milliseconds{3'600'000}, Held(alive))); });
    }
    until([&] { return alive >= 20; });

    loops.stop();

    EXPECT_EQ(alive, 0);
}

TEST(LoopsTest, the_end_waits_for_blocking_work) {
    std::atomic<bool> has_begun = false, has_ended = false;
    Loops loops(1);
    loops.start();
    Loop& loop = loops.at(0);
    const auto take_time = [](Loop& home, std::atomic<bool>& begun,
                              std::atomic<bool>& ended) -> Task<> {
        auto work = [&begun, &ended] {
            begun = true;
            ponte::testing::let_pass(std::chrono::milliseconds(50));
            ended = true;
        };
        co_await offload(home, work);
    };
    loop.post([&] { spawn(loop, take_time(loop, has_begun, has_ended)); });
    until([&] { return has_begun.load(); });

    loops.stop();

    EXPECT_TRUE(has_ended);
}

}  // namespace
}  // namespace ponte
