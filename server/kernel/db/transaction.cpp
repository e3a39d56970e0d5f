#include "kernel/db/transaction.hpp"

#include <cassert>
#include <utility>

#include "kernel/db/budgets.hpp"
#include "kernel/db/errors.hpp"

namespace ponte::db {

Transaction::Transaction() = default;
Transaction::Transaction(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;  // the pool ends what the lease leaves open

bool Transaction::is_open() const { return parts_ != nullptr; }

// What is left of the transaction's time is left of its statements'; throws when nothing is.
void Transaction::Parts::hurry(Unit& unit) const {
    const auto left = std::chrono::duration_cast<Milliseconds>(until - Clock::now());
    if (left <= Milliseconds{0}) {
        throw Error(503, "database.timeout");
    }
    if (left < timeout && !unit.statements.empty()) {
        Statement limit{"select set_config('statement_timeout', $1, true)",
                        {std::to_string(left.count())}};
        unit.statements.insert(unit.statements.begin(), std::move(limit));
    }
}

// All that is queued; the first one says on whose behalf.
std::shared_ptr<Unit> Transaction::Parts::next_unit() {
    auto unit = std::make_shared<Unit>();
    unit->scope = scope;
    unit->timeout = timeout;
    unit->is_slow = is_slow;
    unit->statements = std::exchange(queued, {});
    unit->has_prologue = unit->begins = !has_begun;
    if (has_begun) {
        hurry(*unit);
    } else {
        until = Clock::now() + transaction_within(timeout);
    }
    return unit;
}

// Whether what failed has surely changed nothing, since there was no commit yet, and may go better.
bool Transaction::Parts::can_repeat(Unit& unit, bool is_sent) {
    if (!unit.failure || !unit.has_prologue) {
        return false;
    }
    if (unit.is_stale) {
        unit.rolls_back = unit.begins;
        return true;
    }
    const bool is_lost = !lease.connection().is_open();
    unit.rolls_back = false;
    return is_lost && (!is_sent || unit.begins);
}

Task<> Transaction::Parts::perform(std::shared_ptr<Unit> unit) {
    for (bool is_first = true;; is_first = false) {
        const bool is_sent = lease.connection().send(unit);
        has_begun = has_begun || unit->begins;
        if (is_sent) {
            Waiting answer(unit);
            co_await answer;
        } else {
            unit->failure = no_database();
        }
        if (!is_first || !can_repeat(*unit, is_sent)) {
            break;
        }
        unit->forget_answers();
        if (!lease.connection().is_open()) {
            co_await lease.renew(Clock::now() + timeout);
        }
    }
    if (unit->failure) {
        if (!unit->was_rolled_back || !failure) {  // otherwise the reason is what failed before
            failure = *unit->failure;
        }
        throw Error(*failure);
    }
}

Task<Rows> Transaction::query(std::string sql, Params params) {
    assert(parts_);
    queue(std::move(sql), std::move(params));
    const auto unit = parts_->next_unit();
    co_await parts_->perform(unit);
    co_return std::move(unit->rows.back());
}

void Transaction::queue(std::string sql, Params params) {
    assert(parts_);
    check_params(params);
    parts_->queued.push_back({std::move(sql), std::move(params)});
}

Task<> Transaction::commit() {
    assert(parts_);
    if (parts_->has_begun || !parts_->queued.empty()) {
        const auto unit = parts_->next_unit();
        unit->commits = parts_->has_begun;
        unit->begins = false;  // alone it is a transaction anyhow
        co_await parts_->perform(unit);
    }
    parts_.reset();
}

Task<Rows> Transaction::commit_with(std::string sql, Params params) {
    assert(parts_);
    queue(std::move(sql), std::move(params));
    const auto unit = parts_->next_unit();
    unit->commits = parts_->has_begun;
    unit->begins = false;
    co_await parts_->perform(unit);
    parts_.reset();
    co_return std::move(unit->rows.back());
}

Task<std::int64_t> Transaction::copy_in(std::string sql, std::string data) {
    assert(parts_);
    if (!parts_->has_begun || !parts_->queued.empty()) {
        const auto first = parts_->next_unit();
        co_await parts_->perform(first);
    }
    const auto unit = std::make_shared<Unit>();
    unit->timeout = parts_->timeout;
    unit->is_slow = parts_->is_slow;
    if (!parts_->lease.connection().is_open()) {
        throw no_database();
    }
    parts_->lease.connection().copy_in(unit, sql, std::move(data));
    Waiting answer(unit);
    co_await answer;
    if (unit->failure) {
        parts_->failure = unit->failure;
        throw Error(*unit->failure);
    }
    co_return unit->rows.back().affected();
}

}  // namespace ponte::db
