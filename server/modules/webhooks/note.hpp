// Events become deliveries: one for each subscription that asks for them, with the record as it is
// then.
#pragma once

#include <span>

#include "kernel/app.hpp"

namespace ponte::webhooks {

// Whether anybody has subscribed to anything.
Task<bool> has_subscriptions(Ctx& ctx);

Task<> note_deliveries(Ctx& ctx, std::span<const Event> events);

}  // namespace ponte::webhooks
