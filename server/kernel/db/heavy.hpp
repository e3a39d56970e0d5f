// Companies whose statements have lately kept the database busy for long, or waiting for a lock.
// Nothing of others is sent behind theirs, and they do not get every connection. Nearly always
// there are none, which is all that is asked then.
#pragma once

#include <algorithm>
#include <vector>

#include "kernel/db/batch.hpp"

namespace ponte::db {

class Heavy {
public:
    bool is_empty() const { return known_.empty(); }
    bool has(const Id& company) const {
        return std::ranges::any_of(known_, [&](const Known& one) { return one.who == company; });
    }
    bool lasts_beyond(Clock::time_point moment) const {
        return std::ranges::any_of(known_, [&](const Known& one) { return one.until > moment; });
    }
    // The program's own work is nobody's fault.
    void note(const Id& company, Clock::time_point until) {
        if (company.is_nil()) {
            return;
        }
        for (Known& one : known_) {
            if (one.who == company) {
                one.until = std::max(one.until, until);
                return;
            }
        }
        known_.push_back({company, until});
    }
    void forget_old(Clock::time_point now) {
        std::erase_if(known_, [&](const Known& one) { return one.until <= now; });
    }

private:
    struct Known {
        Id who;
        Clock::time_point until;
    };
    std::vector<Known> known_;
};

// Of so many connections, how many one company may hold at most: a quarter is for the others.
inline std::size_t most_held_of(std::size_t connections) {
    return std::max<std::size_t>(1, connections - std::max<std::size_t>(1, connections / 4));
}

}  // namespace ponte::db
