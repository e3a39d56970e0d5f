// Waiting in tests: for a condition with a deadline, or for a task on a loop. Never `sleep`.
#pragma once

#include <chrono>
#include <functional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "kernel/loop.hpp"
#include "kernel/task.hpp"

namespace ponte::testing {

constexpr std::chrono::milliseconds patience{30'000};

// Looks again and again until `condition` holds; throws, naming `what`, when the deadline passes.
void until(const std::function<bool()>& condition, std::string_view what = "the condition",
           std::chrono::milliseconds deadline = patience);

// The same without an exception: whether it came to hold.
bool comes_true(const std::function<bool()>& condition,
                std::chrono::milliseconds deadline = patience);

// Lets time pass because time is what is tested: a peer that is slow, a while in which nothing may
// happen. Nothing that a test expects to come about is waited for like this.
void let_pass(std::chrono::milliseconds time);

using ponte::wait_for;  // a task on a loop, waited for on this thread

}  // namespace ponte::testing
