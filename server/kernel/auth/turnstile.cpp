#include "kernel/auth/turnstile.hpp"

#include <algorithm>

#include "kernel/error.hpp"

namespace ponte::auth {

Turnstile::Place::~Place() {
    if (owner_) {
        owner_->leave();
    }
}

Turnstile::Turn Turnstile::enter(Loop& loop) { return Turn(*this, loop); }

std::size_t Turnstile::waiting() const {
    const std::scoped_lock lock(mutex_);
    return queue_.size();
}

// The place goes straight to the next in line, so that nobody overtakes.
void Turnstile::leave() {
    std::shared_ptr<Waiter> next;
    {
        const std::scoped_lock lock(mutex_);
        if (queue_.empty()) {
            ++free_;
            return;
        }
        next = std::move(queue_.front());
        queue_.pop_front();
        next->has_place = true;
    }
    next->loop->post([next] {
        // Empty when the coroutine was destroyed meanwhile; its Turn has passed the place on.
        if (next->handle) {
            next->handle.resume();
        }
    });
}

Turnstile::Turn::~Turn() {
    if (!waiter) {
        return;
    }
    bool owned_a_place = false;
    {
        const std::scoped_lock lock(gate.mutex_);
        waiter->handle = nullptr;
        owned_a_place = waiter->has_place;
        std::erase(gate.queue_, waiter);
    }
    if (owned_a_place) {
        gate.leave();
    }
}

bool Turnstile::Turn::await_ready() {
    const std::scoped_lock lock(gate.mutex_);
    if (gate.free_ == 0) {
        return false;
    }
    --gate.free_;
    return true;
}

bool Turnstile::Turn::await_suspend(std::coroutine_handle<> handle) {
    const std::scoped_lock lock(gate.mutex_);
    if (gate.free_ > 0) {
        --gate.free_;
        return false;
    }
    if (gate.queue_.size() >= gate.longest_) {
        throw Error(503, "overloaded");
    }
    waiter = std::make_shared<Waiter>();
    waiter->loop = &loop;
    waiter->handle = handle;
    gate.queue_.push_back(waiter);
    return true;
}

Turnstile::Place Turnstile::Turn::await_resume() {
    waiter.reset();  // from here on the Place owns the turn
    return Place(gate);
}

}  // namespace ponte::auth
