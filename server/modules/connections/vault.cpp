#include "modules/connections/vault.hpp"

#include "kernel/auth.hpp"
#include "kernel/records.hpp"

namespace ponte::connections {
namespace {

std::string place(const Ctx& ctx, const Id& connection, Kept kind) {
    return ctx.who.tenant.text() + "/connection/" + connection.text() + "/" +
           std::string(name_of(kind)) + "\n";
}

}  // namespace

std::string_view name_of(Kept kind) {
    constexpr std::string_view names[] = {"settings", "code", "tokens", "revoked"};
    return names[static_cast<std::size_t>(kind)];
}

std::string sealed(const Ctx& ctx, const Id& connection, Kept kind, const Json& clear) {
    return auth::seal(place(ctx, connection, kind) + clear.dump(), ctx.services.keys.seal_key);
}

Json opened(const Ctx& ctx, const Id& connection, Kept kind, std::string_view text) {
    const auto clear = auth::unseal(text, ctx.services.keys.seal_key);
    const std::string ours = place(ctx, connection, kind);
    if (!clear || !clear->starts_with(ours)) {
        throw conflict("secret.unreadable");
    }
    return Json::parse(std::string_view(*clear).substr(ours.size()));
}

void keep(Ctx& ctx, const Id& connection, Kept kind, const Json& clear,
          std::optional<Time> expires_at) {
    ctx.tx.queue(
        "insert into connection_secrets (connection_id, kind, sealed, expires_at, written_at) "
        "values ($1::uuid, $2, $3, $4::timestamptz, $5::timestamptz) "
        "on conflict (tenant_id, connection_id, kind) do update set sealed = excluded.sealed, "
        "expires_at = excluded.expires_at, written_at = excluded.written_at, taken_by = null",
        {connection, name_of(kind), sealed(ctx, connection, kind, clear),
         expires_at ? db::Param(format_time(*expires_at)) : db::Param(), format_time(ctx.now)});
}

void forget(Ctx& ctx, const Id& connection, Kept kind) {
    ctx.tx.queue(
        "delete from connection_secrets "
        "where tenant_id = current_tenant() and connection_id = $1::uuid and kind = $2",
        {connection, name_of(kind)});
}

Task<std::optional<Json>> kept(Ctx& ctx, Id connection, Kept kind) {
    const auto text = co_await ctx.tx.maybe<std::string>(
        "select sealed from connection_secrets "
        "where tenant_id = current_tenant() and connection_id = $1::uuid and kind = $2",
        connection, name_of(kind));
    std::optional<Json> clear;
    if (text) {
        clear = opened(ctx, connection, kind, *text);
    }
    co_return clear;
}

}  // namespace ponte::connections
