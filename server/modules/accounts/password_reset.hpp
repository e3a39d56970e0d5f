// The way back into an account: a link that works once, for a day. An administrator makes it for a
// colleague, or whoever looks after the installation at its command line.
#pragma once

#include <chrono>
#include <string>

#include "kernel/app.hpp"
#include "modules/accounts/identity.hpp"

namespace ponte::accounts {

void declare_password_reset_routes(App& app);

struct ResetLink {
    std::string path;  // of the page, with its token: "/redefinir-senha?token=…"
    Time expires_at{};
};

constexpr std::chrono::hours reset_link_lifetime{24}, invitation_lifetime{7 * 24};

// A link that nobody sees but in their letter box shows whose the address is.
enum class Goes { by_hand, by_mail };

// Takes the place of an older one. `ctx` must act as the system in the company.
ResetLink queue_link(Ctx& ctx, const Known& known, std::chrono::hours lifetime,
                     Goes goes = Goes::by_hand);

// Links of this user are worth nothing from the commit on. `ctx` must act as the system.
void withdraw_reset_links(Ctx& ctx, Id user);

}  // namespace ponte::accounts
