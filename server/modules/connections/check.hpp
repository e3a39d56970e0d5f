// Whether a connection works: asked of the provider, by hand and every few hours.
#pragma once

#include "kernel/app.hpp"
#include "kernel/records.hpp"

namespace ponte::connections {

// An action of a connection: what comes of it stands in the record a moment later.
Task<> check_now(Ctx& ctx, const records::Locked& connection, const Values& input);
// In a job: asks, and writes down what they say.
Task<> look_at(Ctx& ctx, Id connection);

void declare_checks(App& app);

}  // namespace ponte::connections
