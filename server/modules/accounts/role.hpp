// Roles: the declaration, the rules of changing them, and how permissions are shown.
#pragma once

#include "kernel/app.hpp"
#include "kernel/entity.hpp"

namespace ponte::accounts {

extern const Entity role_entity;
void declare_role_routes(App& app);

// Stored by resource ("contacts"), shown by entity ("contact").
Json shown_permissions(Services& services, const Permissions& permissions);
// The other way round, from either name. Adds problems under `permissions`.
Json stored_permissions(Services& services, const Json& given, Problems& problems);

// Who gives or takes a role, or changes somebody who has it, must be allowed all that it allows.
Task<> require_covering(Ctx& ctx, std::vector<std::string> role_names);

}  // namespace ponte::accounts
