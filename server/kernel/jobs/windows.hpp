// Rates as the database takes them.
#pragma once

#include "kernel/pacing.hpp"

namespace ponte::pacing {

struct Windows {
    std::vector<std::string> ms, most;
};
Windows windows_of(const std::vector<Rate>& rates);

}  // namespace ponte::pacing
