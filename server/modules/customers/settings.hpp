#pragma once

#include <string>

#include "kernel/ctx.hpp"

namespace ponte {
class App;
}

namespace ponte::customers {

void declare_settings(App& app);

// Whether two contacts may have the same "phone", "email" or "document" without a word.
Task<bool> may_share(Ctx& ctx, std::string kind);

}  // namespace ponte::customers
