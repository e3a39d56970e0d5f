// When a connection is asked whether it still lives, and when it counts as dead. Knows no clock of
// its own, so a test can walk through a minute in no time.
#pragma once

#include <chrono>

namespace ponte::realtime {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds ping_interval{25'000}, ping_timeout{20'000};
constexpr std::chrono::seconds connect_timeout{45}, upgrade_timeout{10};

class Heartbeat {
public:
    explicit Heartbeat(Clock::time_point at) : since_(at) {}

    enum class Due { nothing, ping, death };
    Due due(Clock::time_point at) {
        if (is_waiting_) {
            return at - since_ >= ping_timeout ? Due::death : Due::nothing;
        }
        if (at - since_ < ping_interval) {
            return Due::nothing;
        }
        is_waiting_ = true;
        since_ = at;
        return Due::ping;
    }
    void pong(Clock::time_point at) {
        is_waiting_ = false;
        since_ = at;
    }

private:
    Clock::time_point since_;  // of the last ping while waiting, else of the last pong
    bool is_waiting_ = false;
};

}  // namespace ponte::realtime
