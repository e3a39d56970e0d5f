// Users and teams: declarations and the routes that need more than a declaration.
#pragma once

#include "kernel/app.hpp"
#include "kernel/entity.hpp"

namespace ponte::accounts {

extern const Entity user_entity;
extern const Entity team_entity;
void declare_user_routes(App& app);

// The columns that a new user brings, canonical; the caller has checked them.
struct UserDraft {
    std::string name, email, role;
    std::optional<Id> team;
    bool active = true;
    std::optional<Id> photo = {};
};
// A user with their identity, in the transaction of `ctx`, which acts as the system in the tenant.
Task<Id> insert_user(Ctx& ctx, UserDraft draft, std::string password_hash, bool is_operator);

// A role that does not exist is told together with whatever else is wrong.
Task<> check_role_name(Ctx& ctx, std::string role, Problems& problems);

}  // namespace ponte::accounts
