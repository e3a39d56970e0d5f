// Secrets of connections, sealed for their place: copied to another connection or company they open
// nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/ctx.hpp"
#include "kernel/json.hpp"

namespace ponte::connections {

enum class Kept : std::uint8_t { settings, code, tokens, revoked };
std::string_view name_of(Kept kind);

std::string sealed(const Ctx& ctx, const Id& connection, Kept kind, const Json& clear);
// Throws conflict secret.unreadable when it was sealed for another place or with a lost key.
Json opened(const Ctx& ctx, const Id& connection, Kept kind, std::string_view text);

// Queued; takes the place of what was there.
void keep(Ctx& ctx, const Id& connection, Kept kind, const Json& clear,
          std::optional<Time> expires_at = {});
void forget(Ctx& ctx, const Id& connection, Kept kind);
// None where there is none.
Task<std::optional<Json>> kept(Ctx& ctx, Id connection, Kept kind);

}  // namespace ponte::connections
