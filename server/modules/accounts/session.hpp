// Signed-in sessions: opening, renewing and ending them. All of it acts as the system.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "kernel/ctx.hpp"
#include "kernel/http.hpp"
#include "modules/accounts/accounts.hpp"

namespace ponte::accounts {

// By what somebody signs in: a provider, or (empty) a password.
struct SignedInBy {
    std::string provider = {};
};
// Signs a member in, commits what `ctx` has written, and answers with the session. `ctx` must act
// as the system.
Task<http::Response> open_session(Ctx& ctx, Member member, int status, SignedInBy by = {});

enum class Ended { logout, user, password, deactivated, reuse };

struct Ending {
    Id user;
    std::optional<Id> only;    // this one session
    std::optional<Id> except;  // all others
    Ended why = Ended::user;
};
// Ends sessions in the transaction of `ctx`; says how many there were.
Task<std::size_t> end_sessions(Ctx& ctx, Ending ending);

void declare_session_routes(App& app);  // refresh, logout, GET and DELETE /auth/sessions

}  // namespace ponte::accounts
