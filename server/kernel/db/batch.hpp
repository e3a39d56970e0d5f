// What somebody waits for: the replies to some statements that were sent together. Shared between
// the connection and the waiting coroutine, so that either may go first: a coroutine that is
// destroyed while it waits leaves only a batch that nobody reads.
#pragma once

#include <chrono>
#include <coroutine>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "kernel/db.hpp"
#include "kernel/error.hpp"

namespace ponte::db {

using Clock = std::chrono::steady_clock;

struct Batch {
    std::vector<Rows> rows;        // of the statements, in their order
    std::optional<Error> failure;  // the first one
    bool is_stale = false;         // failed since a statement was prepared before a table changed
    bool is_done = false;
    std::coroutine_handle<> waiter;
    std::function<void()> then;  // for those who are no coroutine

    void forget_answers() {
        rows.clear();
        failure.reset();
        is_stale = is_done = false;
    }
    bool has_waiter() const { return waiter || then; }
    void wake() {  // resumes inside this call
        is_done = true;
        if (waiter) {
            std::exchange(waiter, {}).resume();
        } else if (then) {
            std::exchange(then, {})();
        }
    }
};

// What is sent at once, up to one Sync. Without `begins`, a transaction of its own.
struct Unit : Batch {
    Scope scope;
    std::vector<Statement> statements;
    Milliseconds timeout{};
    Clock::time_point deadline;  // to be sent, not to be answered
    bool has_prologue = true;    // says on whose behalf; the rest of a transaction needs it no more
    bool begins = false, commits = false, rolls_back = false;
    bool is_slow = false;          // may be silent for long: an import, a report
    bool was_rolled_back = false;  // by the commit, since something had failed before
    int failed_sends = 0;

    Id company() const { return scope.tenant.value_or(Id{}); }
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
