// Where somebody is signed in, and signing out: here, elsewhere, everywhere.
#include "kernel/app.hpp"
#include "kernel/records.hpp"
#include "modules/accounts/identity.hpp"
#include "modules/accounts/refresh.hpp"
#include "modules/accounts/session.hpp"

namespace ponte::accounts {
namespace {

struct SessionRow {
    Id id;
    std::string created_at, last_seen_at, remote_address, user_agent;
};
FIELDS(SessionRow, id, created_at, last_seen_at, remote_address, user_agent);

constexpr std::int64_t most_sessions_shown = 100;

Json time_json(const std::string& database_text) {
    std::string text;
    records::append_time(text, database_text);
    return text;
}

Task<http::Response> list_sessions(Ctx& ctx, const http::Request&) {
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const auto rows = co_await ctx.tx.all<SessionRow>(
        "select id, created_at, last_seen_at, remote_address, user_agent from sessions "
        "where tenant_id = $1 and user_id = $2 and revoked_at is null and expires_at > $3 "
        "order by last_seen_at desc limit $4",
        ctx.who.tenant, ctx.who.user, format_time(ctx.now), most_sessions_shown);
    Json data = Json::array();
    for (const SessionRow& row : rows) {
        data.push(Json::object({{"id", row.id},
                                {"createdAt", time_json(row.created_at)},
                                {"lastSeenAt", time_json(row.last_seen_at)},
                                {"remoteAddress", row.remote_address},
                                {"userAgent", row.user_agent},
                                {"current", row.id == ctx.who.session}}));
    }
    co_return reply(200, Json::object({{"data", std::move(data)}}));
}

Task<http::Response> end_session(Ctx& ctx, const http::Request& request) {
    const Id session = path_id(request, "session");
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const Ending ending{ctx.who.user, session, {}, Ended::user};
    const std::size_t ended = co_await end_sessions(ctx, ending);
    if (ended == 0) {
        throw not_found("session");
    }
    co_await ctx.tx.commit();
    co_return no_content();
}

// The session that a request to sign out means: of its access token, else of the refresh token. An
// expired access token does not keep anybody from signing out.
Task<std::optional<Ending>> session_to_end(Ctx& ctx, const http::Request& request) {
    constexpr std::string_view scheme = "bearer ";
    const std::string_view header = request.header("authorization");
    if (lower_case(std::string(header.substr(0, scheme.size()))) == scheme) {
        const auto verified =
            auth::verify_token(header.substr(scheme.size()), ctx.services.keys.token_key, 0);
        if (verified.refusal == auth::Refusal::none) {
            ctx.enter(verified.claims.tenant, verified.claims.user);
            co_return Ending{verified.claims.user, verified.claims.session, {}, Ended::logout};
        }
    }
    const Json body = request.body.empty() ? Json::object() : body_object(request);
    const std::string token = body["refreshToken"].as_string();
    if (token.empty()) {
        co_return std::nullopt;
    }
    const auto row = co_await find_refresh_token(ctx, token);
    if (!row) {
        co_return std::nullopt;
    }
    ctx.enter(row->tenant_id, row->user_id);
    co_return Ending{row->user_id, row->session_id, {}, Ended::logout};
}

Task<http::Response> logout(Ctx& ctx, const http::Request& request) {
    ctx.tx.act_as({db::Role::system, {}});
    const auto ending = co_await session_to_end(ctx, request);
    if (!ending) {
        throw unauthenticated();
    }
    co_await end_sessions(ctx, *ending);
    co_await ctx.tx.commit();
    co_return no_content();
}

constexpr Field refresh_fields[] = {text("refresh_token").required().up_to(200)};
constexpr Field logout_fields[] = {text("refresh_token").up_to(200)};

}  // namespace

void declare_session_routes(App& app) {
    Route& renewal = app.route("POST", "/auth/refresh", refresh);
    renewal.open()
        .for_people()
        .in("auth")
        .called("refresh")
        .takes(refresh_fields)
        .reading_itself()
        .gives(200, "Session");
    renewal.is_limited_as_guess = true;
    Route& ending = app.route("POST", "/auth/logout", logout);
    ending.open()
        .for_people()
        .in("auth")
        .called("logout")
        .takes(logout_fields)
        .reading_itself()
        .gives(204, "none");
    ending.is_limited_as_guess = true;
    app.route("GET", "/auth/sessions", list_sessions)
        .for_people()
        .in("auth")
        .called("listSessions")
        .gives(200, "SessionList");
    app.route("DELETE", "/auth/sessions/{id}", end_session)
        .for_people()
        .in("auth")
        .called("endSession")
        .gives(204, "none");
}

}  // namespace ponte::accounts
