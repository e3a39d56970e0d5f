// The customers of the demo company: people, companies, labels, custom fields and a year of what
// happened with them, as if its users had written it.
#pragma once

#include <vector>

#include "kernel/ctx.hpp"

namespace ponte::customers {

// In the transaction of `ctx`, which acts within the company and sees nothing of it yet; the caller
// commits. `people` are users of the company: they own the customers and wrote about them. What
// other modules make up goes on from whom it answers.
struct DemoCustomer {
    Id id, owner;
    Time latest{};  // of what is told of them
};
Task<std::vector<DemoCustomer>> fill_demo(Ctx& ctx, const std::vector<Id>& people);

}  // namespace ponte::customers
