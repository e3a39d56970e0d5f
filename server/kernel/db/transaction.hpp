// What a Transaction keeps: its connection and what is not sent yet.
#pragma once

#include <optional>
#include <vector>

#include "kernel/db/pool.hpp"

namespace ponte::db {

// Refuses what libpq would cut off or not send.
void check_params(const Params& params);

struct Transaction::Parts {
    Lease lease;
    Scope scope;
    Milliseconds timeout{};
    bool is_slow = false;
    std::vector<Statement> queued;
    bool has_begun = false;
    Clock::time_point until{};     // of the whole, known once it has begun
    std::optional<Error> failure;  // the last one

    std::shared_ptr<Unit> next_unit();
    void hurry(Unit& unit) const;
    bool can_repeat(Unit& unit, bool is_sent);
    Task<> perform(std::shared_ptr<Unit> unit);
};

}  // namespace ponte::db
