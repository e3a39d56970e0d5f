// The last few thousand events, kept in memory so that a crowd of clients that come back after a
// blip does not become a crowd of queries.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "kernel/events.hpp"

namespace ponte::events {

constexpr std::size_t most_missed = 5'000;
// Five thousand events of a usual size. Fewer of a megabyte each stay, and whoever asks for more
// reads the log.
constexpr std::int64_t most_recent_bytes = 16 << 20;
constexpr std::chrono::minutes longest_absence{10};

class Recent {
public:
    // Everything after `from` is kept from now on.
    void begin(Position from);
    void add(const std::vector<Event>& batch);
    std::size_t bytes() const;

    struct Missed {
        bool is_covered = false;  // the whole time since `after` lies in memory
        bool is_too_much = false;
        std::vector<Event> events;
    };
    Missed since(const Id& tenant, Position after, std::size_t limit, Time at) const;
    Position newest() const;

private:
    mutable std::mutex mutex_;
    Position from_, newest_;
    std::deque<Event> events_;
    std::size_t bytes_ = 0;  // of them all
};

}  // namespace ponte::events
