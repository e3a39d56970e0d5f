#include "kernel/jobs/taken.hpp"

#include <algorithm>

#include "kernel/jobs/backoff.hpp"

namespace ponte::jobs {
namespace {

// Someone who is away for days is away: from then on it counts.
constexpr int most_delays = 60;
constexpr Milliseconds after_database_trouble{100}, for_another_version{30'000};
constexpr Milliseconds longest_asked{24 * 3'600'000};

Milliseconds wait_of(const Taken& job, const Outcome& outcome, double chance) {
    if (outcome.until) {
        return std::clamp(std::chrono::duration_cast<Milliseconds>(*outcome.until - now()),
                          after_database_trouble, longest_asked);
    }
    return backoff(job.delays + 1, chance,
                   outcome.is_database ? after_database_trouble : first_wait);
}

}  // namespace

PutBack put_back_of(const Taken& job, const Outcome& outcome, int max_tries, double chance) {
    PutBack back;
    const bool may_delay = job.delays < most_delays;
    if (outcome.kind == Outcome::Kind::not_begun) {
        back.state = "ready";
        back.counts = false;
    } else if (outcome.kind == Outcome::Kind::unknown) {
        back.delay = for_another_version;
        back.counts = false;
    } else if (outcome.kind == Outcome::Kind::put_off && may_delay) {
        back.delay = wait_of(job, outcome, chance);
        back.counts = false;
        back.is_delayed = true;
    } else if (job.tries >= max_tries) {
        back.state = "dead";
    } else {
        back.delay = backoff(job.tries, chance);
    }
    return back;
}

}  // namespace ponte::jobs
