// Another address to sign in with, which counts from the moment on that something mailed there has
// come back. The present one is confirmed in the same way.
#pragma once

#include "kernel/app.hpp"

namespace ponte::accounts {

void declare_email_change_routes(App& app);

}  // namespace ponte::accounts
