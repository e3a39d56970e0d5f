#include "kernel/jobs/backoff.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace ponte::jobs {

Milliseconds backoff(int tries, double chance, Milliseconds first) {
    constexpr int most_doublings = 30;
    const int doublings = std::clamp(tries - 1, 0, most_doublings);
    const double longest = static_cast<double>(longest_wait.count());
    const double wait =
        std::min(std::ldexp(static_cast<double>(first.count()), doublings), longest);
    return Milliseconds{static_cast<std::int64_t>(wait * (0.75 + 0.5 * chance))};
}

double random_chance() {
    static thread_local std::minstd_rand random{std::random_device{}()};
    return std::uniform_real_distribution<double>{0, 1}(random);
}

}  // namespace ponte::jobs
