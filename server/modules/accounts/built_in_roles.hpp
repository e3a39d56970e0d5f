// The roles that every company starts with. They are data of the company from then on; a
// module that brings a resource adds it to them by a migration.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/auth.hpp"

namespace ponte {
class App;
}

namespace ponte::accounts {

struct BuiltInRole {
    std::string_view name;
    std::string_view label;  // Portuguese; shown in the reader's language from words.json
    Permissions (*permissions)(const std::vector<std::string>& resources);
};

std::span<const BuiltInRole> built_in_roles();

// Every resource that a permission may name: the tables of all entities, and what has no entity.
std::vector<std::string> permission_resources(App& app);
std::span<const std::string_view> permission_actions();

}  // namespace ponte::accounts
