// What a record has may stay, whatever today's rules say; only what is newly given is judged.
#pragma once

#include <vector>

#include "kernel/entities/catalogue.hpp"

namespace ponte::records {

// The same facts, with whatever the record has in its custom choices among their options.
TenantFacts with_values_of(const TenantFacts& facts, const Kind& kind, const Json& record);

// People named in custom fields must exist: no foreign key says so. `before` may be null.
Task<> check_people(Ctx& ctx, const Kind& kind, const TenantFacts& facts, const Values& values,
                    const Json* before, Problems& problems);

// Whether the company has such a user.
Task<bool> is_user(Ctx& ctx, const Json& id);

}  // namespace ponte::records
