#include "modules/webhooks/attempt.hpp"

#include <algorithm>
#include <array>

namespace ponte::webhooks {
namespace {

using namespace std::chrono_literals;

// Standard Webhooks' own proposal.
constexpr std::array<Milliseconds, most_tries - 1> waits{5s,  5min, 30min, 2h, 5h,
                                                         10h, 14h,  20h,   24h};
constexpr int gone = 410;

}  // namespace

Attempted attempted(const outbound::Answer& answer, int tries, Time now, double chance) {
    if (outbound::outcome_of(answer) == outbound::Outcome::ok) {
        return {};
    }
    if (is_gone(answer) || tries >= most_tries) {
        return {Attempted::State::dead, {}};
    }
    const Milliseconds usual = waits[static_cast<std::size_t>(std::max(tries, 1) - 1)];
    const auto spread =
        static_cast<std::int64_t>(static_cast<double>(usual.count()) * (0.9 + 0.2 * chance));
    const Milliseconds asked = outbound::retry_after(answer, now).value_or(Milliseconds{0});
    return {Attempted::State::waiting, std::max(Milliseconds{spread}, asked)};
}

Milliseconds rest_after(int failures) {
    if (failures < failures_until_rest) {
        return Milliseconds{0};
    }
    constexpr Milliseconds first = 5s, longest = 15min;
    const int doublings = std::min(failures - failures_until_rest, 12);
    return std::min(first * (1 << doublings), longest);
}

bool is_gone(const outbound::Answer& answer) { return answer.status == gone; }

}  // namespace ponte::webhooks
