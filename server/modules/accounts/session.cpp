#include "modules/accounts/session.hpp"

#include "kernel/records.hpp"

#include <array>
#include <chrono>

#include "modules/accounts/account.hpp"
#include "modules/accounts/refresh.hpp"

namespace ponte::accounts {
namespace {

constexpr std::array<std::string_view, 5> reasons = {"logout", "user", "password", "deactivated",
                                                     "reuse"};

}  // namespace

Json session_json(Ctx& ctx, const Tokens& tokens, const db::Rows& account) {
    using std::chrono::seconds;
    const auto at = std::chrono::duration_cast<seconds>(ctx.now.time_since_epoch()).count();
    const int lifetime_s = ctx.services.settings.access_token_s;
    const auth::Claims claims{ctx.who.tenant, ctx.who.user, tokens.session, at, at + lifetime_s};
    Json json =
        Json::object({{"accessToken", auth::sign_token(claims, ctx.services.keys.token_key)},
                      {"refreshToken", tokens.refresh_token},
                      {"tokenType", "Bearer"},
                      {"expiresIn", lifetime_s}});
    Json who = account_json(ctx.services, account);
    json.set("user", who["user"]);
    json.set("tenant", who["tenant"]);
    return json;
}

Task<http::Response> open_session(Ctx& ctx, Member member, int status, SignedInBy by) {
    ctx.enter(member.tenant, member.user);
    const Tokens tokens{Id::make(), auth::random_token()};
    const std::string at = format_time(ctx.now);
    ctx.tx.queue(
        "insert into sessions (tenant_id, id, user_id, remote_address, user_agent, created_at, "
        "last_seen_at, expires_at) values ($1, $2, $3, $4, $5, $6, $6, $7)",
        {member.tenant, tokens.session, member.user, ctx.remote_address, ctx.user_agent, at,
         format_time(ctx.now + session_lifetime)});
    ctx.tx.queue(
        "insert into refresh_tokens (tenant_id, digest, session_id, created_at) "
        "values ($1, $2, $3, $4)",
        {member.tenant, auth::digest(tokens.refresh_token), tokens.session, at});
    // bulk: signing in is no change of the user that anybody would look for in their history.
    ctx.tx.queue("update users set last_login_at = $3 where tenant_id = $1 and id = $2",
                 {member.tenant, member.user, at});
    Json how = Json::object();
    if (!by.provider.empty()) {
        how.set("by", by.provider);
    }
    ctx.audit("user.signed_in", member.user, std::move(how));
    db::Statement account = account_statement(member);
    const db::Rows rows =
        co_await ctx.tx.commit_with(std::move(account.sql), std::move(account.params));
    co_return reply(status, session_json(ctx, tokens, rows));
}

Task<std::size_t> end_sessions(Ctx& ctx, Ending ending) {
    const std::string_view why = reasons[static_cast<std::size_t>(ending.why)];
    const auto ended = co_await ctx.tx.all<Id>(
        "update sessions set revoked_at = $5, revoked_by = $6 "
        "where tenant_id = $1 and user_id = $2 and ($3::uuid is null or id = $3::uuid) "
        "and ($4::uuid is null or id <> $4::uuid) and revoked_at is null returning id",
        ctx.who.tenant, ending.user, ending.only, ending.except, format_time(ctx.now), why);
    for (const Id& session : ended) {
        ctx.emit("session.revoked", session, Json::object({{"why", why}}));
    }
    co_return ended.size();
}

}  // namespace ponte::accounts
