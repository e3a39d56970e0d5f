// When a database that ended is started again: at once, then later and later as long as it does not
// stand.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "kernel/loop.hpp"

namespace ponte::db {

class Revival {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr Milliseconds stands_after{1'000}, shortest{500}, longest{60'000};

    void started(Clock::time_point now) { started_ = now; }
    // It ended, or did not even start: how long it is left alone.
    Milliseconds pause(Clock::time_point now) {
        const auto since = std::exchange(started_, std::nullopt);
        if (since && now - *since >= stands_after) {
            next_ = Milliseconds{0};
        }
        return std::exchange(next_, std::clamp(next_ * 2, shortest, longest));
    }

private:
    Milliseconds next_{0};
    std::optional<Clock::time_point> started_;
};

}  // namespace ponte::db
