// Deliveries on their way: an address at a time, the events of one record in their order, again
// later and later when it is refused. What a receiver gets twice has the same id.
#pragma once

#include "kernel/app.hpp"

namespace ponte::webhooks {

constexpr std::string_view test_event = "webhook.test";

// What waits for this address is sent as soon as this is committed.
void deliver_soon(Ctx& ctx, const Id& webhook, Milliseconds delay = Milliseconds{0});

void declare_delivering(App& app);

}  // namespace ponte::webhooks
