// Inputs of sign-in and registration: every problem of a form at once, passwords as typed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/entity.hpp"

namespace ponte::accounts {

// Canonical values of those fields that are right; what is wrong or missing goes to `problems`.
Values collect(std::span<const Field> fields, const Json& body, const Ctx& ctx, Problems& problems);

// Never trimmed or folded: a password is what was typed.
std::string password_in(const Json& body, std::string_view name);

std::string text_of(const Values& values, std::string_view name);  // empty when absent

bool has_problem(const Problems& problems, std::string_view field);

}  // namespace ponte::accounts
