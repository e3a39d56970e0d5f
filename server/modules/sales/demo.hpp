// What the demo company sells, and what it offered to its customers.
#pragma once

#include <vector>

#include "kernel/ctx.hpp"

namespace ponte::sales {

struct DemoCustomer {
    Id id, owner;
    Time latest{};  // of what is told of them: what was offered came later
};

// In the transaction of `ctx`, which acts within the company; the caller commits.
Task<> fill_demo(Ctx& ctx, const std::vector<DemoCustomer>& customers);

}  // namespace ponte::sales
