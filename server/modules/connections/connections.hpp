// What a company has connected: accounts at other systems, their settings and secrets, whether they
// work, and the catalogue of what can be connected. Whoever uses one asks here for its token.
#pragma once

#include <optional>
#include <string>

#include "kernel/ctx.hpp"

namespace ponte {
class App;
}

namespace ponte::connections {

void declare(App& app);
// Last of all, so that the catalogue begins with what there is.
void declare_what_is_planned(App& app);

// A token that is good for at least a minute, renewed when it must be. For jobs that call out: it
// commits, and may call. None: not now (`is_later`: another job renews it, or they do not answer),
// or not before somebody connects again.
struct Access {
    std::optional<std::string> token = {};
    bool is_later = false;
    std::string problem = {};  // why it is later
};
Task<Access> access_token(Ctx& ctx, Id connection);

}  // namespace ponte::connections
