// Ways into an account that go by mail: the invitation of a colleague, and the link for somebody
// who has forgotten their password.
#pragma once

#include "kernel/app.hpp"

namespace ponte::accounts {

void declare_invitation_routes(App& app);

}  // namespace ponte::accounts
