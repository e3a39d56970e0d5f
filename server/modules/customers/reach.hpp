// Which contacts the reader may see, for what is asked beside the generic list.
#pragma once

#include <string>

#include "kernel/ctx.hpp"
#include "kernel/records.hpp"

namespace ponte::customers {

// Whether the reader may see this contact, the recycle bin included.
Task<bool> is_in_reach(Ctx& ctx, Id contact);

// " and …" on contacts t, empty when the reader sees all; `sql` begins with the tenant as $1.
std::string and_in_reach(Ctx& ctx, records::Sql& sql);

}  // namespace ponte::customers
