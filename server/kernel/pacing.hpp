// Budgets of calls that all nodes share: never more than so many in any stretch of that length,
// however they fall (decision 0155). A budget is named within its company: the id of a connection.
// Jobs that are paced_by it wait in line for it; whoever calls more than once in a job takes the
// others here.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/task.hpp"
#include "kernel/values.hpp"

namespace ponte {

class Ctx;

struct Rate {  // {60, 1min}
    std::int64_t most = 0;
    std::chrono::milliseconds within{0};
};

namespace pacing {

// One of the budget: nothing when it is taken, otherwise when the next one can be. In a transaction
// of its own, so never while one is open.
Task<std::optional<Time>> take(Ctx& ctx, std::string budget, std::vector<Rate> rates);
// They asked us to wait: nobody takes any before.
Task<> rest(Ctx& ctx, std::string budget, Time until);

// What a screen shows of it.
struct Line {
    std::int64_t waiting = 0;     // jobs, counted up to 10,000
    std::optional<Time> next_at;  // when the next of them starts; none when none waits
};
Task<Line> line_of(Ctx& ctx, std::string budget);

}  // namespace pacing
}  // namespace ponte
