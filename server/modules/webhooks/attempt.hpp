// What becomes of a delivery, and of its address, after an attempt: pure, so that the whole of it
// can be tested without waiting three days.
#pragma once

#include <string_view>

#include "kernel/outbound.hpp"

namespace ponte::webhooks {

constexpr int most_tries = 10;  // within about 75 hours
// From so many failures in a row on, the address is left alone between attempts.
constexpr int failures_until_rest = 5;
constexpr int failures_until_pause = 100;
constexpr std::chrono::hours failing_until_pause{5 * 24};

struct Attempted {
    enum class State : std::uint8_t { delivered, waiting, dead };
    State state = State::delivered;
    Milliseconds wait{0};  // until the next attempt, of one that waits
};
// `tries` with this one; `chance` within [0, 1): waits differ by a tenth, so that many that failed
// together do not come back together.
Attempted attempted(const outbound::Answer& answer, int tries, Time now, double chance);

// How long an address is left alone after so many failures in a row; 0 below the first ones.
Milliseconds rest_after(int failures);

// What it says of itself that it is gone for good.
bool is_gone(const outbound::Answer& answer);

}  // namespace ponte::webhooks
