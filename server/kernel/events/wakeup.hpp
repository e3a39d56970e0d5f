// Wakes one coroutine that waits on its loop. Setting it a thousand times before the coroutine runs
// wakes it once; setting it while nobody waits lets the next wait pass at once.
#pragma once

#include <atomic>
#include <coroutine>
#include <memory>
#include <utility>

#include "kernel/loop.hpp"

namespace ponte {

class Wakeup {
public:
    explicit Wakeup(Loop& loop) : loop_(loop), state_(std::make_shared<State>()) {}
    ~Wakeup() { state_->is_over = true; }
    Wakeup(const Wakeup&) = delete;
    Wakeup& operator=(const Wakeup&) = delete;

    void set() {  // any thread
        if (!state_->is_posted.exchange(true)) {
            loop_.post([state = state_] { state->arrive(); });
        }
    }
    void set_after(Milliseconds delay) {  // on the loop only; while one is due, others are ignored
        if (!std::exchange(state_->is_timed, true)) {
            loop_.post_after(delay, [state = state_] {
                state->is_timed = false;
                state->arrive();
            });
        }
    }
    void set_each(Milliseconds period) { beat(loop_, state_, period); }  // any thread, for ever

private:
    struct State {
        std::atomic<bool> is_posted = false, is_over = false;
        bool is_set = false, is_timed = false;
        std::coroutine_handle<> waiter;

        void arrive() {
            is_posted = false;
            is_set = true;
            if (waiter) {
                std::exchange(waiter, {}).resume();
            }
        }
    };
    struct Waiting {
        std::shared_ptr<State> state;

        bool await_ready() const { return state->is_set; }
        void await_suspend(std::coroutine_handle<> waiter) { state->waiter = waiter; }
        void await_resume() { state->is_set = false; }
        // A coroutine that is cut off while it waits must not be resumed.
        ~Waiting() { state->waiter = {}; }
    };

    static void beat(Loop& loop, std::shared_ptr<State> state, Milliseconds period) {
        loop.post_after(period, [&loop, state, period] {
            if (!state->is_over) {
                state->arrive();
                beat(loop, state, period);
            }
        });
    }

    Loop& loop_;
    std::shared_ptr<State> state_;  // shared with what is posted and may arrive after our end

public:
    Waiting wait() { return Waiting{state_}; }  // on the loop only
};

}  // namespace ponte
