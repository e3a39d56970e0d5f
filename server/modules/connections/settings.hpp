// The settings of a connection, as its integration declares them.
#pragma once

#include "kernel/integration.hpp"
#include "kernel/oauth.hpp"
#include "kernel/records.hpp"

namespace ponte::connections {

// What shows: secrets are told as {"set": true}. What does not: the secrets by name.
struct SettingsOf {
    Json shown = Json::object(), secrets = Json::object();
};
// Everything that is wrong is named at once: "settings.clientId". What is left out of `given` stays
// as it is in `before`; null takes it away.
SettingsOf take_settings(const Ctx& ctx, const Integration& integration, const Json& given,
                         SettingsOf before, Problems& problems);

// As whom this connection is known to its provider: by its own settings, else the installation's.
// No id where nobody has said it.
Task<oauth::Client> client_of(Ctx& ctx, const Integration& integration, Id connection);

}  // namespace ponte::connections
