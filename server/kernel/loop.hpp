// A Loop is one thread's event loop. Everything that belongs to one request or job runs on one
// loop, so its state needs no locks. Loops owns the threads; `main` owns Loops.
// Only the kernel spawns and sleeps; modules write jobs instead (style §6).
#pragma once

#include <chrono>
#include <coroutine>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <type_traits>
#include <vector>

#include "kernel/task.hpp"

namespace ponte {

using Milliseconds = std::chrono::milliseconds;

class Loop {
public:
    Loop();
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    void post(std::function<void()> work);                            // any thread
    void post_after(Milliseconds delay, std::function<void()> work);  // any thread
    Task<> sleep(Milliseconds delay);                                 // on this loop only
    void run();                                                       // until stop()
    void stop();                                                      // any thread
    bool is_current_thread() const;

    void* asio_context();  // boost::asio::io_context*, for the kernel's own .cpp files

private:
    friend class Loops;
    friend struct Spawned;
    friend Task<> run_blocking(Loop& loop, std::function<void()> work);

    // Ends what was spawned and still waits. Only when nothing runs on the loop any more.
    void destroy_waiting();

    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// Starts a task on the loop and forgets it; an exception that escapes is given to `on_error`
// (default: logged). The task's frame is destroyed when it ends, or when its loop has stopped for
// good (Loops::stop). The task starts in a turn of its own, never inside this call.
void spawn(Loop& loop, Task<> task, std::function<void(std::exception_ptr)> on_error = {});

// The same, but the task runs inside this call until it first waits. On the loop's thread only.
void spawn_now(Loop& loop, Task<> task, std::function<void(std::exception_ptr)> on_error = {});

// Runs `work` on the blocking pool and resumes on `loop`. Use `offload` below.
Task<> run_blocking(Loop& loop, std::function<void()> work);

template <class F>
Task<std::invoke_result_t<F&>> offload(Loop& loop, F work) {
    using R = std::invoke_result_t<F&>;
    std::exception_ptr failure;
    if constexpr (std::is_void_v<R>) {
        std::function<void()> job = [&] {
            try {
                work();
            } catch (...) {
                failure = std::current_exception();
            }
        };
        co_await run_blocking(loop, std::move(job));
        if (failure) {
            std::rethrow_exception(failure);
        }
    } else {
        std::optional<R> result;
        std::function<void()> job = [&] {
            try {
                result.emplace(work());
            } catch (...) {
                failure = std::current_exception();
            }
        };
        co_await run_blocking(loop, std::move(job));
        if (failure) {
            std::rethrow_exception(failure);
        }
        co_return std::move(*result);
    }
}

// Runs a task on a loop and waits for it: for `main`, which is on none. Throws what the task
// throws.
template <class T>
T wait_for(Loop& loop, Task<T> task) {
    std::promise<T> promise;
    auto done = promise.get_future();
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

// The program's loops: `count` threads with one Loop each, plus a small blocking pool.
class Loops {
public:
    static unsigned count_for(unsigned wanted);  // 0: one for each core

    explicit Loops(unsigned count);
    ~Loops();
    Loops(const Loops&) = delete;
    Loops& operator=(const Loops&) = delete;

    std::size_t size() const;
    Loop& at(std::size_t index);
    void start();
    // Stops every loop, joins every thread, then destroys the tasks that still wait: so it is
    // called while what they borrow (App, Server) still lives.
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace ponte
