// The roles that every company has. Their rows are names for people to have; what they allow
// is said by the declarations of what it is allowed on, so a new resource writes to no company.
#pragma once

#include <span>
#include <string_view>

#include "kernel/rights.hpp"

namespace ponte {
class App;
}

namespace ponte::accounts {

struct BuiltInRole {
    std::string_view name;
    std::string_view label;  // Portuguese; shown in the reader's language from words.json
    Rights::Extent extent;
};

std::span<const BuiltInRole> built_in_roles();
void declare_built_in_roles(App& app);

}  // namespace ponte::accounts
