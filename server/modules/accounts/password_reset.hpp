// The way back into an account: a link that works once, for a day. An administrator makes it for a
// colleague, or whoever looks after the installation at its command line.
#pragma once

#include <string>

#include "kernel/app.hpp"

namespace ponte::accounts {

void declare_password_reset_routes(App& app);

struct ResetLink {
    std::string path;  // of the page, with its token: "/redefinir-senha?token=…"
    Time expires_at{};
};

// Links of this user are worth nothing from the commit on. `ctx` must act as the system.
void withdraw_reset_links(Ctx& ctx, Id user);

}  // namespace ponte::accounts
