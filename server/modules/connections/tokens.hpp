// Tokens of a connection: where they are kept, and how they are renewed, by one job at a time.
#pragma once

#include "kernel/app.hpp"
#include "kernel/oauth.hpp"

namespace ponte::connections {

// Queued. What brings no refresh token keeps the one that there is.
void keep_tokens(Ctx& ctx, const Id& connection, const oauth::Tokens& tokens);
// They said that they do not take it: the next who asks for one gets another.
void distrust_token(Ctx& ctx, const Id& connection);

void declare_tokens(App& app);

}  // namespace ponte::connections
