// What somebody waits for: the replies to some statements that were sent together. Shared between
// the connection and the waiting coroutine, so that either may go first: a coroutine that is
// destroyed while it waits leaves only a batch that nobody reads.
#pragma once

#include <chrono>
#include <coroutine>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "kernel/db.hpp"
#include "kernel/error.hpp"

namespace ponte::db {

using Clock = std::chrono::steady_clock;

struct Batch {
    std::vector<Rows> rows;        // of the statements whose rows are wanted, in their order
    std::optional<Error> failure;  // the first one
    bool is_stale = false;         // failed since a statement was prepared before a table changed
    bool is_done = false;
    int expected = 0;  // replies that are still to come
    std::coroutine_handle<> waiter;
    std::function<void()> then;  // for those who are no coroutine

    void forget_answers() {
        rows.clear();
        failure.reset();
        is_stale = is_done = false;
    }
};

// What `run` sends: one transaction, one Sync.
struct Unit : Batch {
    Scope scope;
    std::vector<Statement> statements;
    Milliseconds timeout{};
    Clock::time_point deadline;  // to be sent, not to be answered
    bool was_sent = false;
};

class Waiting {
public:
    explicit Waiting(std::shared_ptr<Batch> batch) : batch_(std::move(batch)) {}
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    ~Waiting() { batch_->waiter = nullptr; }

    bool await_ready() const noexcept { return batch_->is_done; }
    void await_suspend(std::coroutine_handle<> waiter) noexcept { batch_->waiter = waiter; }
    void await_resume() const noexcept {}

private:
    const std::shared_ptr<Batch> batch_;
};

}  // namespace ponte::db
