// What a signed-in person is told about themselves and their company.
#pragma once

#include "kernel/app.hpp"
#include "modules/accounts/accounts.hpp"

namespace ponte::accounts {

// Reads user and company in the scope of `ctx`; one statement, so that it can go with a commit.
db::Statement account_statement(const Member& member);
// {"user": …, "tenant": …}
Json account_json(Services& services, const db::Rows& rows);

void declare_account_routes(App& app);  // /auth/me, /auth/password, /tenant

}  // namespace ponte::accounts
