// Is this the password? With the limits on guessing (kernel/auth/guess_limits.hpp) around it.
#pragma once

#include <string>

#include "kernel/ctx.hpp"

namespace ponte::accounts {

// False: wrong. Throws 429 when it is wrong and was wrong too often, or when too many wait already.
// An empty hash stands for an unknown account.
// `device_token`: what the client was given when it signed in before, or nothing.
Task<bool> is_password_right(Ctx& ctx, std::string account, std::string hash, std::string password,
                             std::string device_token = {});

}  // namespace ponte::accounts
