// What is told for the audit alone (Ctx::audit): it waits in the transaction of what it tells of,
// until it is entered into its company's chain (decision 0142).
#pragma once

#include <optional>
#include <string_view>

#include "kernel/ctx.hpp"

namespace ponte::audit {

void queue_fact(Ctx& ctx, std::string_view event, std::optional<Id> entity_id, Json details);

}  // namespace ponte::audit
