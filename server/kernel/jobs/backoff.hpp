// How long a job waits before it is tried again.
#pragma once

#include "kernel/loop.hpp"

namespace ponte::jobs {

constexpr Milliseconds first_wait{2'000}, longest_wait{3'600'000};

// Doubles with each try; `chance` in [0, 1) spreads it by a quarter to both sides, so that what
// failed together does not come back together.
Milliseconds backoff(int tries, double chance, Milliseconds first = first_wait);
double random_chance();

}  // namespace ponte::jobs
