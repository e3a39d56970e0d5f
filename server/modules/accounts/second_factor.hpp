// Signing in with a code beside the password (decision 0152). Everything here acts as the system;
// no other file names the tables `second_factors` and `recovery_codes`.
#pragma once

#include <string>

#include "kernel/ctx.hpp"
#include "modules/accounts/identity.hpp"

namespace ponte {
class App;
}

namespace ponte::accounts {

enum class CodeCheck { passed, required, wrong };
// Of somebody whose password was right. `code`: of the app, or one for the day on which that is
// lost, as people type it. Throws 429 after ten wrong ones, for 15 minutes: the second of two
// secrets is short.
Task<CodeCheck> check_code(Ctx& ctx, Id identity, std::string code);

// False: there was none. In the transaction of `ctx`, which must act as the system.
Task<bool> remove_second_factor(Ctx& ctx, Id identity);

void declare_second_factor_routes(App& app);

}  // namespace ponte::accounts
