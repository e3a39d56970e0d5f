// An account at another system: what is known of it, and what can be done with it.
#pragma once

#include "kernel/app.hpp"
#include "kernel/integration.hpp"

namespace ponte::connections {

extern const Entity connection_entity;

struct Standing {
    std::string integration, state;
    std::optional<std::string> account, problem;
    bool was_checked_today = false;
};
// Of one that is not deleted; locked until the next commit.
Task<std::optional<Standing>> standing_of(Ctx& ctx, Id connection);

// Of a connection that exists, so that its integration is known.
const Integration& integration_of(const Ctx& ctx, std::string_view name);

// What became of a call, in the record: written only when it says something new, or once a day.
Task<> say_well(Ctx& ctx, Id connection, std::string account);
Task<> say_problem(Ctx& ctx, Id connection, std::string problem, bool needs_attention);

void declare_connection_routes(App& app);

}  // namespace ponte::connections
