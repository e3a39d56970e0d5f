// Google: accounts that a company connects, and signing in with one.
#pragma once

#include "kernel/integration.hpp"

namespace ponte::google {

extern const OAuthProvider provider;
extern const Integration integration;

}  // namespace ponte::google
