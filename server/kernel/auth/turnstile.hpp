// Lets a few in at a time and keeps the others waiting in order, without holding a thread. Used for
// work that is heavy on purpose, such as password hashing.
#pragma once

#include <coroutine>
#include <deque>
#include <memory>
#include <mutex>

#include "kernel/loop.hpp"

namespace ponte::auth {

class Turnstile {
public:
    Turnstile(int places, std::size_t longest_queue) : free_(places), longest_(longest_queue) {}
    Turnstile(const Turnstile&) = delete;
    Turnstile& operator=(const Turnstile&) = delete;

    // A place, given back when this goes.
    class Place {
    public:
        explicit Place(Turnstile& owner) : owner_(&owner) {}
        Place(Place&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}
        Place& operator=(Place&&) = delete;
        ~Place();

    private:
        Turnstile* owner_;
    };

    struct Turn;
    // co_await gate.enter(loop): throws 503 overloaded when too many wait already.
    Turn enter(Loop& loop);
    std::size_t waiting() const;

private:
    struct Waiter {
        Loop* loop = nullptr;
        std::coroutine_handle<> handle;
        bool has_place = false;
    };
    void leave();

    mutable std::mutex mutex_;
    int free_;
    const std::size_t longest_;
    std::deque<std::shared_ptr<Waiter>> queue_;

    friend struct Turn;
};

struct Turnstile::Turn {
    Turnstile& gate;
    Loop& loop;
    // Shared with the queue: the coroutine may be destroyed while it waits.
    std::shared_ptr<Waiter> waiter;

    Turn(Turnstile& gate_, Loop& loop_) : gate(gate_), loop(loop_) {}
    Turn(const Turn&) = delete;
    ~Turn();
    bool await_ready();
    bool await_suspend(std::coroutine_handle<> handle);
    Place await_resume();
};

}  // namespace ponte::auth
