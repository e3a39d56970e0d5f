#include <gtest/gtest.h>

#include <chrono>
#include <ctime>
#include <future>

#include "kernel/auth.hpp"
#include "kernel/auth/turnstile.hpp"
#include "kernel/error.hpp"
#include "kernel/loop.hpp"

namespace ponte::auth {
namespace {

using Clock = std::chrono::steady_clock;

// A coroutine may not be a lambda with captures (style §6), so the work is given as a function.
template <class T>
Task<> deliver(Task<T> task, std::promise<T>& result) {
    try {
        result.set_value(co_await std::move(task));
    } catch (...) {
        result.set_exception(std::current_exception());
    }
}

struct PasswordTest : testing::Test {
    PasswordTest() : loops(1) { loops.start(); }
    ~PasswordTest() override { loops.stop(); }

    template <class T>
    std::future<T> begin(Task<T> task) {
        promises<T>().emplace_back(std::make_unique<std::promise<T>>());
        std::promise<T>& promise = *promises<T>().back();
        auto future = promise.get_future();
        auto shared = std::make_shared<Task<T>>(std::move(task));
        loop().post(
            [this, shared, &promise] { spawn(loop(), deliver(std::move(*shared), promise)); });
        return future;
    }
    template <class T>
    static std::vector<std::unique_ptr<std::promise<T>>>& promises() {
        static std::vector<std::unique_ptr<std::promise<T>>> all;
        return all;
    }
    Loop& loop() { return loops.at(0); }

    Loops loops;
};

TEST_F(PasswordTest, the_right_one_matches_and_no_other) {
    const std::string hash = begin(hash_password(loop(), "correct horse")).get();

    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=32768,t=2,p=1$")) << hash;
    EXPECT_TRUE(begin(password_matches(loop(), hash, "correct horse")).get());
    EXPECT_FALSE(begin(password_matches(loop(), hash, "Correct horse")).get());
    EXPECT_FALSE(begin(password_matches(loop(), hash, "")).get());
    EXPECT_FALSE(begin(password_matches(loop(), "", "correct horse")).get());
    EXPECT_FALSE(begin(password_matches(loop(), "no hash", "correct horse")).get());
    EXPECT_NE(begin(hash_password(loop(), "correct horse")).get(), hash);
}

// Of this process alone, so that a busy machine does not matter.
double cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

TEST_F(PasswordTest, somebody_unknown_costs_as_much_as_somebody_known) {
    const std::string hash = begin(hash_password(loop(), "correct horse")).get();
    const auto cost_of = [&](const std::string& stored) {
        const double before = cpu_seconds();
        begin(password_matches(loop(), stored, "something else")).get();
        return cpu_seconds() - before;
    };

    // In turns, and the least of each: what disturbs one disturbs the other.
    double known = 1e9, unknown = 1e9;
    for (int i = 0; i < 9; ++i) {
        known = std::min(known, cost_of(hash));
        unknown = std::min(unknown, cost_of(""));
    }

    EXPECT_LT(unknown / known, 1.5);
    EXPECT_GT(unknown / known, 0.66);
}

TEST_F(PasswordTest, thirty_two_at_once_all_get_their_answer_and_the_loop_stays_free) {
    const std::string hash = begin(hash_password(loop(), "correct horse")).get();

    std::vector<std::future<bool>> answers;
    for (int i = 0; i < 32; ++i) {
        answers.push_back(begin(password_matches(loop(), hash, "correct horse")));
    }
    std::promise<void> tick;
    loop().post([&] { tick.set_value(); });

    EXPECT_EQ(tick.get_future().wait_for(std::chrono::seconds{1}), std::future_status::ready);
    for (auto& answer : answers) {
        EXPECT_TRUE(answer.get());
    }
}

Task<int> pass(Turnstile& gate, Loop& loop, int& inside, int& most) {
    const Turnstile::Place place = co_await gate.enter(loop);
    most = std::max(most, ++inside);
    constexpr Milliseconds a_moment{5};
    co_await loop.sleep(a_moment);
    --inside;
    co_return 1;
}

TEST_F(PasswordTest, a_turnstile_lets_in_no_more_than_it_has_places) {
    Turnstile gate(2, 100);
    int inside = 0, most = 0;
    std::vector<std::future<int>> passed;
    for (int i = 0; i < 20; ++i) {
        passed.push_back(begin(pass(gate, loop(), inside, most)));
    }
    for (auto& one : passed) {
        EXPECT_EQ(one.get(), 1);
    }
    EXPECT_EQ(most, 2);
}

TEST_F(PasswordTest, a_turnstile_turns_away_who_would_wait_too_long) {
    Turnstile gate(1, 1);
    int inside = 0, most = 0;
    auto first = begin(pass(gate, loop(), inside, most));
    auto second = begin(pass(gate, loop(), inside, most));
    auto third = begin(pass(gate, loop(), inside, most));

    EXPECT_THROW(third.get(), Error);
    EXPECT_EQ(first.get() + second.get(), 2);
}

}  // namespace
}  // namespace ponte::auth
