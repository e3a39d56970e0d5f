// What the kernel is told about companies and their users.
#pragma once

#include "kernel/people.hpp"

namespace ponte::accounts {

const People& people();

}  // namespace ponte::accounts
