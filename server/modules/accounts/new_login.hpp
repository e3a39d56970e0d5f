// Everything that is wrong with a form that makes a new login, told at once.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/entity.hpp"

namespace ponte::accounts {

struct NewLogin {
    Values values;  // of the fields given, canonical
    std::string email, password_hash;
};

// Checks fields, password and whether the e-mail is free, adds to what the caller has found, throws
// 422; then hashes. No transaction may be open: hashing takes its time.
Task<NewLogin> check_new_login(Ctx& ctx, std::span<const Field> fields, Json body,
                               Problems problems);

// Whether this is asked by somebody whom nobody has let in.
bool is_stranger(const Ctx& ctx);

}  // namespace ponte::accounts
