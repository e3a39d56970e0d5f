// The rights that somebody has at this moment, for work that goes on in their name.
#pragma once

#include <optional>

#include "kernel/ctx.hpp"

namespace ponte {

// Acts as the user with the rights of this moment, in the transaction under way; none is the system
// itself. By a key, with what its scopes leave of them. False: they may not sign in any more, or
// the key may not be used.
Task<bool> act_as_user(Ctx& ctx, std::optional<Id> user, std::optional<Id> key = {});

// The system itself within the company of `ctx`, in the company's language and time zone.
Task<> act_as_company(Ctx& ctx);

}  // namespace ponte
