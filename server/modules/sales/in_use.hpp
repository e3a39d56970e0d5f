// What opportunities stand in does not go away under them.
#pragma once

#include <string_view>

#include "kernel/ctx.hpp"
#include "kernel/records.hpp"

namespace ponte::sales {

// Before stages or pipelines are deleted: 409 <entity>.in_use while an opportunity that is not
// deleted points to one by this column.
Task<> refuse_in_use(Ctx& ctx, const Changes& changes, std::string_view column);

}  // namespace ponte::sales
