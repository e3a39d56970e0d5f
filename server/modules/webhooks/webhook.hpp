// A subscription: an address and the events that are told to it.
#pragma once

#include "kernel/app.hpp"

namespace ponte::webhooks {

extern const Entity webhook_entity;

void declare_webhook_routes(App& app);

}  // namespace ponte::webhooks
