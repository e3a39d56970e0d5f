#include "kernel/loop.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cassert>
#include <thread>

#include "kernel/blocking_pool.hpp"
#include "kernel/log.hpp"
#include "kernel/loop_watch.hpp"

namespace ponte {
namespace asio = boost::asio;

// The outermost frame of what was spawned. It stands in its loop's list from its first step to its
// end, so that a loop that has stopped can end the ones that still wait.
struct Spawned {
    struct promise_type {
        Loop* loop;
        promise_type* previous = nullptr;
        promise_type* next = nullptr;

        promise_type(Loop& loop_, Task<>&, std::function<void(std::exception_ptr)>&)
            : loop(&loop_) {}
        ~promise_type();

        Spawned get_return_object() {
            return {std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { std::terminate(); }  // `follow` catches everything
        void enter_list();
    };

    std::coroutine_handle<promise_type> frame;
};

struct Loop::Parts {
    asio::io_context io{1};
    asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
    std::shared_ptr<BlockingPool> pool = std::make_shared<BlockingPool>();
    Spawned::promise_type* first_spawned = nullptr;
};

void Spawned::promise_type::enter_list() {
    auto*& first = loop->parts_->first_spawned;
    next = first;
    if (next) {
        next->previous = this;
    }
    first = this;
}

Spawned::promise_type::~promise_type() {
    auto*& first = loop->parts_->first_spawned;
    if (first == this) {
        first = next;
    } else if (previous) {
        previous->next = next;
    }
    if (next) {
        next->previous = previous;
    }
}

namespace {

void report(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        log::error("a task failed", {{"error", error.what()}});
    } catch (...) {
        log::error("a task failed", {{"error", "unknown exception"}});
    }
}

Spawned follow(Loop&, Task<> task, std::function<void(std::exception_ptr)> on_error) {
    try {
        co_await task;
    } catch (...) {
        if (on_error) {
            on_error(std::current_exception());
        } else {
            report(std::current_exception());
        }
    }
}

// Owns a frame that has not started; a loop that ends before its turn destroys it.
class FirstStep {
public:
    explicit FirstStep(Spawned spawned) : frame_(spawned.frame) {}
    FirstStep(FirstStep&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    FirstStep& operator=(FirstStep&&) = delete;
    ~FirstStep() {
        if (frame_) {
            frame_.destroy();
        }
    }
    void operator()() {
        const auto frame = std::exchange(frame_, nullptr);
        frame.promise().enter_list();
        frame.resume();
    }

private:
    std::coroutine_handle<Spawned::promise_type> frame_;
};

struct Sleep {
    asio::steady_timer timer;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> sleeper) {
        timer.async_wait([sleeper](const boost::system::error_code& error) {
            if (!error) {  // aborted: the sleeper's frame is being destroyed
                sleeper.resume();
            }
        });
    }
    void await_resume() const noexcept {}
};

}  // namespace

Loop::Loop() : parts_(std::make_unique<Parts>()) {}

Loop::~Loop() {
    parts_->pool->stop();
    destroy_waiting();
}

void Loop::post(std::function<void()> work) { asio::post(parts_->io, std::move(work)); }

void Loop::post_after(Milliseconds delay, std::function<void()> work) {
    auto timer = std::make_unique<asio::steady_timer>(parts_->io, delay);
    auto& waiting = *timer;
    waiting.async_wait(
        [timer = std::move(timer), work = std::move(work)](const boost::system::error_code& error) {
            if (!error) {
                work();
            }
        });
}

Task<> Loop::sleep(Milliseconds delay) {
    Sleep sleep{asio::steady_timer(parts_->io, delay)};
    co_await sleep;
}

void Loop::run() {
    for (;;) {
        try {
            LoopWatch watch;
            while (parts_->io.run_one() > 0) {
                watch.look();
            }
            return;
        } catch (...) {  // posted work has no caller to tell
            report(std::current_exception());
        }
    }
}

void Loop::stop() { parts_->io.stop(); }

bool Loop::is_current_thread() const { return parts_->io.get_executor().running_in_this_thread(); }

void* Loop::asio_context() { return &parts_->io; }

void Loop::destroy_waiting() {
    while (parts_->first_spawned) {
        using Frame = std::coroutine_handle<Spawned::promise_type>;
        Frame::from_promise(*parts_->first_spawned).destroy();
    }
}

void spawn(Loop& loop, Task<> task, std::function<void(std::exception_ptr)> on_error) {
    auto& io = *static_cast<asio::io_context*>(loop.asio_context());
    asio::post(io, FirstStep(follow(loop, std::move(task), std::move(on_error))));
}

void spawn_now(Loop& loop, Task<> task, std::function<void(std::exception_ptr)> on_error) {
    assert(loop.is_current_thread());
    FirstStep(follow(loop, std::move(task), std::move(on_error)))();
}

Task<> run_blocking(Loop& loop, std::function<void()> work) {
    struct Wait {
        Loop& loop;
        BlockingPool& pool;
        std::function<void()> work;

        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> waiter) {
            pool.run([this, waiter] {
                Loop& home = loop;
                work();
                home.post([waiter] { waiter.resume(); });
            });
        }
        void await_resume() const noexcept {}
    };
    Wait wait{loop, *loop.parts_->pool, std::move(work)};
    co_await wait;
}

struct Loops::Parts {
    std::vector<std::unique_ptr<Loop>> loops;
    std::vector<std::thread> threads;
    std::shared_ptr<BlockingPool> pool = std::make_shared<BlockingPool>();
};

unsigned Loops::count_for(unsigned wanted) {
    return wanted ? wanted : std::max(1u, std::thread::hardware_concurrency());
}

Loops::Loops(unsigned count) : parts_(std::make_unique<Parts>()) {
    for (unsigned i = 0; i < count_for(count); ++i) {
        parts_->loops.push_back(std::make_unique<Loop>());
        parts_->loops.back()->parts_->pool = parts_->pool;
    }
}

Loops::~Loops() { stop(); }

std::size_t Loops::size() const { return parts_->loops.size(); }

Loop& Loops::at(std::size_t index) { return *parts_->loops.at(index); }

void Loops::start() {
    for (auto& loop : parts_->loops) {
        parts_->threads.emplace_back([&loop = *loop] { loop.run(); });
    }
}

void Loops::stop() {
    for (auto& loop : parts_->loops) {
        loop->stop();
    }
    for (auto& thread : parts_->threads) {
        thread.join();
    }
    parts_->threads.clear();
    parts_->pool->stop();
    for (auto& loop : parts_->loops) {
        loop->destroy_waiting();
    }
}

}  // namespace ponte
