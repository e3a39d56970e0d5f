// Who fails again and again is left alone, by all nodes: what is known of them stands in the
// database, what is not well of it is remembered here for a second. So a call to whom nothing is
// wrong with costs nothing more, whoever fails costs a round trip.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "kernel/ctx.hpp"
#include "kernel/outbound.hpp"

namespace ponte::outbound {

constexpr int failures_until_open = 5;
constexpr Milliseconds first_rest{30'000}, longest_rest{30 * 60'000};

// What an answer says of whoever gave it, or did not.
struct Health {
    enum class State : std::uint8_t { well, troubled, asks_for_rest, unknown };
    State state = State::well;
    Milliseconds rest{0};
};
Health health_of(const Call& call, const Answer& answer, Time now);

class Circuits {
public:
    // Of the company of `ctx`: a connection, or a host.
    static std::string key_of(const Call& call);

    // Nothing: it may be called, and the end is told to `ended`. Otherwise when it may.
    Task<std::optional<Time>> resting(Ctx& ctx, std::string key);
    Task<> ended(Ctx& ctx, std::string key, Health health);

private:
    using Clock = std::chrono::steady_clock;
    using Place = std::pair<Id, std::string>;
    struct Circuit {
        std::optional<Time> open_until;
    };
    bool must_look();
    Task<> look(Ctx& ctx);
    std::optional<Circuit> find(const Place& place);
    void remember(const Place& place, std::optional<Circuit> circuit);

    std::mutex mutex_;
    std::map<Place, Circuit> troubled_;
    std::optional<Clock::time_point> looked_at_;
};

}  // namespace ponte::outbound
