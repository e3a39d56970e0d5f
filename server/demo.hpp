// A believable company to look around in: `ponte demo`, `ponte serve --demo`.
#pragma once

#include <string>

#include "kernel/task.hpp"

namespace ponte {

class Services;
class Loop;

// Opens the demo company unless it is there already; true when it is new.
Task<bool> open_demo(Services& services, Loop& loop);
void print_demo_login(const std::string& address);

}  // namespace ponte
