// The rights that somebody has at this moment, for work that goes on in their name.
#pragma once

#include <optional>

#include "kernel/ctx.hpp"

namespace ponte::auth {

// Who asked for long work, as a row keeps it: {"user": …, "isSystem": …}. Rights are not kept, they
// are asked for again.
Json asker_json(const Ctx& ctx);

// Acts as the asker with the rights of this moment, in the transaction under way. False: they may
// not sign in any more.
Task<bool> act_as_asker(Ctx& ctx, Json asker);
// The same by id; none is the system itself.
Task<bool> act_as_user(Ctx& ctx, std::optional<Id> user);

// The system itself within the company of `ctx`, in the company's language and time zone.
Task<> act_as_company(Ctx& ctx);

}  // namespace ponte::auth
