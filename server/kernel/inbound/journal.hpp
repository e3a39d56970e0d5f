// The journal of what others have told us: its upkeep, and its routes.
#pragma once

#include <string_view>

#include "kernel/app.hpp"

namespace ponte::inbound {

// In the transaction of what is to be processed.
void process_soon(Ctx& ctx, std::string_view vendor, const Id& connection,
                  Milliseconds delay = Milliseconds{0});

std::string job_of(std::string_view vendor);  // "inbound.sendgrid"

// GET /inbound, GET /inbound/{id}, POST /inbound/{id}/replay, POST /inbound/replay; upkeep.
void declare_journal(App& app);

}  // namespace ponte::inbound
