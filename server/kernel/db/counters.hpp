// What Stats tells, of one loop. Changed on its loop, read by anybody.
#pragma once

#include <atomic>
#include <cstdint>

namespace ponte::db {

struct Counters {
    std::atomic<int> connections = 0, busy = 0, waiting = 0;
    std::atomic<std::uint64_t> reconnects = 0;
};

}  // namespace ponte::db
