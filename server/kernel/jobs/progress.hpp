// How often the progress of a running job is told: a few times a second, and at its end.
#pragma once

#include <chrono>
#include <mutex>
#include <unordered_map>

#include "kernel/id.hpp"

namespace ponte::jobs {

class ProgressThrottle {
public:
    bool may_tell(const Id& job, bool is_last);
    void forget(const Id& job);

private:
    using Clock = std::chrono::steady_clock;
    std::mutex mutex_;
    std::unordered_map<Id, Clock::time_point> told_;
};

}  // namespace ponte::jobs
