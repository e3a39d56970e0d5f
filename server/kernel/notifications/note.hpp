// From the log to what each person is told: each event once, in one transaction with how far the
// listener has come.
#pragma once

#include <span>

#include "kernel/ctx.hpp"
#include "kernel/events.hpp"

namespace ponte::notifications {

Task<> note(Ctx& ctx, std::span<const Event> events);

}  // namespace ponte::notifications
