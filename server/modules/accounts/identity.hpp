// Who signs in: e-mail and password, one for the whole installation. Everything here acts as the
// system; no other file of the module names the table `identities`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/ctx.hpp"

namespace ponte::accounts {

// What somebody typed as their e-mail and password, found again in the directory.
struct Known {
    Id identity_id, tenant_id, user_id;
    std::string password_hash;
    bool active = false;   // the user
    bool is_open = false;  // the company
    bool is_operator = false;
    bool is_confirmed = false;  // the e-mail is known to be theirs
};
FIELDS(Known, identity_id, tenant_id, user_id, password_hash, active, is_open, is_operator,
       is_confirmed);

Task<std::optional<Known>> find_identity(Ctx& ctx, std::string email);
Task<std::optional<Known>> identity_of(Ctx& ctx, Id user);
Task<std::optional<Known>> identity_by_id(Ctx& ctx, Id identity);

// In the transaction of `ctx`, which must act as the system. Throws 422 `taken`, also when two
// people choose one e-mail at the same time.
Task<Id> make_identity(Ctx& ctx, std::string email, std::string password_hash, bool is_operator);
void change_email(Ctx& ctx, Id user, std::string email);
// Something that was mailed to its address came back.
void confirm_email(Ctx& ctx, Id identity);
// Somebody registered with this address, and has yet to show that it is theirs.
void doubt_email(Ctx& ctx, Id user);
// Links to choose a password with are worth nothing any more.
void change_password(Ctx& ctx, Id identity, std::string password_hash);

// Problems of a new password: too short (8), too long (200), or weak (weak_password.hpp).
void check_password(const std::string& password, const std::string& email, std::string field,
                    Problems& problems);

std::string lower_case(std::string text);  // ASCII, as the directory compares

}  // namespace ponte::accounts
