// Waiting in tests: for a condition with a deadline, or for a task on a loop. Never `sleep`.
#pragma once

#include <chrono>
#include <functional>
#include <future>
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

// Runs a task on a loop and waits for it on this thread, which must not be the loop's.
template <class T>
T wait_for(Loop& loop, Task<T> task) {
    std::promise<T> promise;
    std::future<T> done = promise.get_future();
    auto finish = [](std::promise<T>& into, Task<T> work) -> Task<> {
        try {
            if constexpr (std::is_void_v<T>) {
                co_await work;
                into.set_value();
            } else {
                into.set_value(co_await work);
            }
        } catch (...) {
            into.set_exception(std::current_exception());
        }
    };
    loop.post([&] { spawn(loop, finish(promise, std::move(task))); });
    return done.get();
}

}  // namespace ponte::testing
