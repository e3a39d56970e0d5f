#include "modules/accounts/refresh.hpp"

#include "kernel/records.hpp"

#include "modules/accounts/account.hpp"
#include "modules/accounts/input.hpp"
#include "modules/accounts/session.hpp"

namespace ponte::accounts {
namespace {

std::string successor_of(const std::string& token, const std::string& key) {
    return auth::digest("refresh token\n" + key + "\n" + token);
}

// Somebody holds a copy of the chain; which of the two is the owner cannot be known.
Task<> end_copied_session(Ctx& ctx, TokenRow row) {
    const Ending ending{row.user_id, row.session_id, {}, Ended::reuse};
    co_await end_sessions(ctx, ending);
    co_await ctx.tx.commit();
    throw unauthenticated("auth.refresh_reused");
}

void queue_rotation(Ctx& ctx, const TokenRow& row, const std::string& token,
                    const std::string& successor) {
    const std::string at = format_time(ctx.now);
    if (!row.used_at) {
        ctx.tx.queue("update refresh_tokens set used_at = $2 where digest = $1",
                     {auth::digest(token), at});
        ctx.tx.queue(
            "insert into refresh_tokens (tenant_id, digest, session_id, created_at) "
            "values ($1, $2, $3, $4)",
            {row.tenant_id, auth::digest(successor), row.session_id, at});
    }
    ctx.tx.queue(
        "update sessions set last_seen_at = $3, expires_at = $4, remote_address = $5 "
        "where tenant_id = $1 and id = $2",
        {row.tenant_id, row.session_id, at, format_time(ctx.now + session_lifetime),
         ctx.remote_address});
}

}  // namespace

Task<std::optional<TokenRow>> find_refresh_token(Ctx& ctx, std::string token) {
    const std::string successor = successor_of(token, ctx.services.keys.token_key);
    const auto row = co_await ctx.tx.maybe<TokenRow>(
        "select k.tenant_id, k.session_id, s.user_id, k.used_at, "
        "coalesce(k.used_at > $3::timestamptz and n.used_at is null, false) as is_repeat, "
        "s.revoked_at is null and s.expires_at > $4::timestamptz and u.active "
        "and u.deleted_at is null and t.status in ('active', 'trial') as is_live "
        "from refresh_tokens k "
        "join sessions s on s.tenant_id = k.tenant_id and s.id = k.session_id "
        "join users u on u.tenant_id = s.tenant_id and u.id = s.user_id "
        "join tenants t on t.tenant_id = s.tenant_id "
        "left join refresh_tokens n on n.digest = $2 "
        "where k.digest = $1 for update of k",
        auth::digest(token), auth::digest(successor), format_time(ctx.now - repeat_grace),
        format_time(ctx.now));
    co_return row;
}

Task<http::Response> refresh(Ctx& ctx, const http::Request& request) {
    const Json body = body_object(request);
    const std::string token = body["refreshToken"].as_string();
    if (token.empty()) {
        throw invalid("refreshToken", "required");
    }
    ctx.tx.act_as({db::Role::system, {}});
    const auto found = co_await find_refresh_token(ctx, token);
    if (!found) {
        throw unauthenticated("auth.refresh_invalid");
    }
    const TokenRow row = *found;
    ctx.enter(row.tenant_id, row.user_id);
    if (!row.is_live) {
        throw unauthenticated("session_revoked");
    }
    if (row.used_at && !row.is_repeat) {
        co_await end_copied_session(ctx, row);
    }
    const Tokens tokens{row.session_id, successor_of(token, ctx.services.keys.token_key)};
    queue_rotation(ctx, row, token, tokens.refresh_token);
    const Member member{row.tenant_id, row.user_id};
    db::Statement account = account_statement(member);
    const db::Rows rows =
        co_await ctx.tx.commit_with(std::move(account.sql), std::move(account.params));
    co_return reply(200, session_json(ctx, tokens, rows));
}

}  // namespace ponte::accounts
