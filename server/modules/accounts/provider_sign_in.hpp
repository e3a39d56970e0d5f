// Signing in by an account at a provider (Google), where the installation has an app there. It
// opens the door of a user that there is; it never makes one.
#pragma once

#include "kernel/app.hpp"

namespace ponte::accounts {

void declare_provider_routes(App& app);

}  // namespace ponte::accounts
