// `ponte doctor`: what an administrator asks first when something does not work.
#pragma once

#include "kernel/services.hpp"

namespace ponte {

inline constexpr const char* version = "0.1.0";

// Prints one line a finding; 0 when nothing is wrong.
int examine(const Settings& settings);

}  // namespace ponte
