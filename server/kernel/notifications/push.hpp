// What somebody is told comes to their browser, too, also while no page of ours is open: where they
// asked for it, as long as they are signed in there.
#pragma once

#include <vector>

#include "kernel/ctx.hpp"

namespace ponte {
class App;
}

namespace ponte::notifications {

void declare_push(App& app);

// After what was just told has been committed; several within a moment go as one.
void push_soon(Ctx& ctx, const Id& user);

}  // namespace ponte::notifications
