#include "modules/connections/tokens.hpp"

#include "kernel/sweeping.hpp"
#include "modules/connections/check.hpp"
#include "modules/connections/connection.hpp"
#include "modules/connections/connections.hpp"
#include "modules/connections/settings.hpp"
#include "modules/connections/vault.hpp"

namespace ponte::connections {
namespace {

struct Renew {
    Id connection;
};
FIELDS(Renew, connection);
struct RenewAll {};
template <class Visit>
void visit_fields(const RenewAll&, Visit&&) {}

struct TokenRow {
    std::string sealed;
    bool is_fresh = false;
};
FIELDS(TokenRow, sealed, is_fresh);

// Used a little longer it might end on the way.
constexpr const char* fresh = "coalesce(expires_at > now() + interval '1 minute', false)";

Task<std::optional<TokenRow>> token_row(Ctx& ctx, Id connection) {
    auto row = co_await ctx.tx.maybe<TokenRow>(
        "select sealed, " + std::string(fresh) +
            " as is_fresh from connection_secrets where tenant_id = current_tenant() "
            "and connection_id = $1::uuid and kind = 'tokens'",
        connection);
    co_return row;
}

// One job at a time renews; whose job no longer runs renews no more, however it ended.
Task<std::optional<TokenRow>> claim(Ctx& ctx, Id connection) {
    auto row = co_await ctx.tx.maybe<TokenRow>(
        "update connection_secrets s set taken_by = $2::uuid where s.tenant_id = current_tenant() "
        "and s.connection_id = $1::uuid and s.kind = 'tokens' and (s.taken_by is null "
        "or s.taken_by = $2::uuid or not exists (select from jobs j where j.id = s.taken_by "
        "and j.state = 'running')) returning s.sealed, " +
            std::string(fresh) + " as is_fresh",
        connection, *ctx.job);
    co_return row;
}

void release(Ctx& ctx, Id connection) {
    ctx.tx.queue(
        "update connection_secrets set taken_by = null where tenant_id = current_tenant() "
        "and connection_id = $1::uuid and kind = 'tokens' and taken_by = $2::uuid",
        {connection, *ctx.job});
}

Task<Access> write_down(Ctx& ctx, Id connection, const Json& before, oauth::Grant grant) {
    ctx.now = now();
    if (grant.outcome == outbound::Outcome::ok) {
        if (grant.tokens.refresh.empty()) {
            grant.tokens.refresh = before["refresh"].as_string();
        }
        keep_tokens(ctx, connection, grant.tokens);
        co_await ctx.tx.commit();
        co_return Access{grant.tokens.access};
    }
    if (grant.outcome == outbound::Outcome::later) {
        release(ctx, connection);
        co_await ctx.tx.commit();
        co_return Access{{}, true, grant.problem};
    }
    if (grant.problem == "invalid_grant") {
        forget(ctx, connection, Kept::tokens);  // good for nothing any more
    } else {
        release(ctx, connection);
    }
    co_await say_problem(ctx, connection, grant.problem, true);
    co_await ctx.tx.commit();
    co_return Access{};
}

Task<Access> renew_token(Ctx& ctx, Id connection) {
    const auto mine = co_await claim(ctx, connection);
    if (!mine) {
        co_await ctx.tx.commit();
        co_return Access{{}, true, {}};
    }
    const Json tokens = opened(ctx, connection, Kept::tokens, mine->sealed);
    const std::string& refresh_token = tokens["refresh"].as_string();
    const auto standing = co_await standing_of(ctx, connection);
    if (mine->is_fresh || !standing || refresh_token.empty()) {
        release(ctx, connection);
        if (!mine->is_fresh && standing) {
            co_await say_problem(ctx, connection, "invalid_grant", true);
        }
        co_await ctx.tx.commit();
        Access access;
        if (mine->is_fresh) {
            access.token = tokens["access"].as_string();
        }
        co_return access;
    }
    const Integration& integration = integration_of(ctx, standing->integration);
    const oauth::Client client = co_await client_of(ctx, integration, connection);
    co_await ctx.tx.commit();
    oauth::Grant grant = co_await oauth::refresh(ctx, *integration.oauth, client, refresh_token);
    Access access = co_await write_down(ctx, connection, tokens, std::move(grant));
    co_return access;
}

Task<> renew(Ctx& ctx, const Renew& job) {
    const Access access = co_await access_token(ctx, job.connection);
    if (!access.token && access.is_later && !access.problem.empty()) {
        co_await say_problem(ctx, job.connection, access.problem, false);
    }
}

// Before they end, so that whoever wants one need not wait.
Task<> renew_all(Ctx& ctx, const RenewAll&) {
    const db::Rows rows = co_await ctx.tx.query(
        "select s.tenant_id, s.connection_id from connection_secrets s join connections c "
        "on c.tenant_id = s.tenant_id and c.id = s.connection_id where s.kind = 'tokens' "
        "and s.expires_at < now() + interval '1 minute' and c.state = 'connected' "
        "and c.deleted_at is null limit 1000");
    enqueue_for_each(ctx, rows, "connections.renew", "connection");
    ctx.tx.queue("delete from connection_attempts where expires_at < now() - interval '1 day'");
    ctx.tx.queue(
        "delete from connection_secrets "
        "where kind = 'revoked' and written_at < now() - interval '7 days'");
}

}  // namespace

void keep_tokens(Ctx& ctx, const Id& connection, const oauth::Tokens& tokens) {
    const Json clear = Json::object({{"access", tokens.access}, {"refresh", tokens.refresh}});
    keep(ctx, connection, Kept::tokens, clear, ctx.now + std::chrono::seconds{tokens.lasts_s});
}

void distrust_token(Ctx& ctx, const Id& connection) {
    ctx.tx.queue(
        "update connection_secrets set expires_at = now() where tenant_id = current_tenant() "
        "and connection_id = $1::uuid and kind = 'tokens'",
        {connection});
}

Task<Access> access_token(Ctx& ctx, Id connection) {
    const auto row = co_await token_row(ctx, connection);
    Access access;
    if (row && row->is_fresh) {
        const Json tokens = opened(ctx, connection, Kept::tokens, row->sealed);
        access.token = tokens["access"].as_string();
    } else if (row) {
        access = co_await renew_token(ctx, connection);
    }
    co_return access;
}

void declare_tokens(App& app) {
    app.job<Renew>("connections.renew", renew).calls_out();
    app.job<RenewAll>("connections.renew_all", renew_all).repeat_every(std::chrono::minutes{1});
}

}  // namespace ponte::connections
