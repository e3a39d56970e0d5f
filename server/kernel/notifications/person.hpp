// Those who may be told: who may sign in at this moment.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/auth.hpp"
#include "kernel/ctx.hpp"

namespace ponte::notifications {

struct Person {
    Id id;
    std::string name, email;
    Language language = Language::pt;
    Permissions may;
};

// All of the company without `ids`. In the order of their ids.
Task<std::vector<Person>> reachable(Ctx& ctx, std::optional<std::vector<Id>> ids);

}  // namespace ponte::notifications
