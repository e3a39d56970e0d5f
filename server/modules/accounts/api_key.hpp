// API keys: what a script shows instead of somebody's password. The declaration, the scopes, and
// the two things that a declaration cannot say: a key is told once, and revoked for ever.
#pragma once

#include "kernel/app.hpp"
#include "kernel/entity.hpp"

namespace ponte::accounts {

extern const Entity api_key_entity;
void declare_api_key_routes(App& app);

}  // namespace ponte::accounts
