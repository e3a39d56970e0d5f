// The way to a provider and back: once, within ten minutes, by the session that went.
#pragma once

#include "kernel/app.hpp"
#include "kernel/records.hpp"

namespace ponte::connections {

// Actions of a connection: where the browser goes, and giving back what was granted.
Task<Json> authorize(Ctx& ctx, const records::Locked& connection, const Values& input);
Task<> disconnect(Ctx& ctx, const records::Locked& connection, const Values& input);

void declare_way(App& app);

}  // namespace ponte::connections
