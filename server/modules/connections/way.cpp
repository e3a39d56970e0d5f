#include "modules/connections/way.hpp"

#include "kernel/auth.hpp"
#include "modules/connections/check.hpp"
#include "modules/connections/connection.hpp"
#include "modules/connections/connections.hpp"
#include "modules/connections/settings.hpp"
#include "modules/connections/tokens.hpp"
#include "modules/connections/vault.hpp"

namespace ponte::connections {
namespace {

using records::Locked;

constexpr std::chrono::minutes way_takes{10};
constexpr std::string_view purpose = "c";  // of the state: a connection, no sign-in

struct Finish {
    Id connection;
};
FIELDS(Finish, connection);
struct Revoke {
    Id connection;
};
FIELDS(Revoke, connection);

struct AttemptRow {
    Id connection_id, user_id, session_id;
    std::string verifier;
    bool is_fresh = false;
};
FIELDS(AttemptRow, connection_id, user_id, session_id, verifier, is_fresh);

// What the provider added to our address.
constexpr Field callback_fields[] = {
    text("state").required().up_to(200),
    text("code").up_to(4'000),
    text("error").up_to(200),
};

// The session that went, and nobody else, whatever came to them by a link.
Task<AttemptRow> attempt_of(Ctx& ctx, std::string state) {
    const auto row = co_await ctx.tx.maybe<AttemptRow>(
        "select connection_id, user_id, session_id, verifier, expires_at > now() as is_fresh "
        "from connection_attempts where tenant_id = current_tenant() and digest = $1 for update",
        auth::digest(state));
    if (!row) {
        throw conflict("connection.state_unknown");
    }
    if (row->user_id != ctx.who.user || row->session_id != ctx.who.session) {
        throw conflict("connection.state_of_another");
    }
    if (!row->is_fresh) {
        throw conflict("connection.state_expired");
    }
    co_return *row;
}

// "access_denied", or nothing that anybody could have made up.
std::string code_of(const std::string& given) {
    const bool is_known = given == "access_denied" || given == "invalid_scope" ||
                          given == "temporarily_unavailable" || given == "server_error";
    return is_known ? given : "refused";
}

Task<http::Response> come_back(Ctx& ctx, const http::Request&) {
    const std::string state = ctx.input.text("state").value_or("");
    const auto code = ctx.input.text("code"), error = ctx.input.text("error");
    const AttemptRow attempt = co_await attempt_of(ctx, state);
    const Id id = attempt.connection_id;
    ctx.tx.queue(
        "delete from connection_attempts where tenant_id = current_tenant() and digest = $1",
        {auth::digest(state)});
    if (code) {
        const Json verifier = opened(ctx, id, Kept::code, attempt.verifier);
        const Json both = Json::object({{"code", *code}, {"verifier", verifier["verifier"]}});
        keep(ctx, id, Kept::code, both, ctx.now + way_takes);
        ctx.enqueue<Finish>(id);
        Values values{{"problem", nullptr}, {"problem_at", nullptr}};
        co_await ctx.update("connection", id, std::move(values));
    } else {
        const std::string problem = code_of(error.value_or(""));
        co_await say_problem(ctx, id, problem, false);
    }
    co_return reply(202, Json::object({{"id", id}, {"isFinishing", code.has_value()}}));
}

// What was granted takes the place of what was there before.
Task<> take(Ctx& ctx, Id id, const Integration& integration, oauth::Tokens tokens) {
    const std::string& granted = tokens.scopes;
    Values values{{"state", "connected"},
                  {"scopes", granted.empty() ? Json{} : Json(granted)},
                  {"problem", nullptr},
                  {"problem_at", nullptr}};
    co_await ctx.update("connection", id, std::move(values));
    const bool is_enough =
        granted.empty() || oauth::has_scopes(granted, integration.oauth->required_scopes);
    keep_tokens(ctx, id, tokens);
    if (!is_enough) {
        co_await say_problem(ctx, id, "scopes_missing", true);
    }
    co_await ctx.tx.commit();
    if (is_enough) {
        co_await look_at(ctx, id);
    }
}

// The code is good once: whatever comes of it, it is not tried again.
Task<> finish(Ctx& ctx, const Finish& job) {
    const auto standing = co_await standing_of(ctx, job.connection);
    const auto code = co_await kept(ctx, job.connection, Kept::code);
    if (!standing || !code) {
        co_return;
    }
    const Integration& integration = integration_of(ctx, standing->integration);
    const oauth::Client client = co_await client_of(ctx, integration, job.connection);
    co_await ctx.tx.commit();
    const std::string &word = (*code)["code"].as_string(),
                      &verifier = (*code)["verifier"].as_string();
    const oauth::Grant grant =
        co_await oauth::exchange(ctx, *integration.oauth, client, word, verifier);
    ctx.now = now();
    forget(ctx, job.connection, Kept::code);
    if (grant.outcome == outbound::Outcome::ok) {
        co_await take(ctx, job.connection, integration, grant.tokens);
    } else {
        // What worked before goes on working: nothing of it was touched.
        const bool had_none = standing->state != "connected";
        co_await say_problem(ctx, job.connection, grant.problem, had_none);
    }
}

// They are told that we want nothing any more; when they cannot be reached, later.
Task<> revoke(Ctx& ctx, const Revoke& job) {
    const auto tokens = co_await kept(ctx, job.connection, Kept::revoked);
    const auto name = co_await ctx.tx.maybe<std::string>(
        "select integration from connections "
        "where tenant_id = current_tenant() and id = $1::uuid",
        job.connection);
    if (!tokens || !name) {
        co_return;
    }
    const Integration& integration = integration_of(ctx, *name);
    const oauth::Client client = co_await client_of(ctx, integration, job.connection);
    co_await ctx.tx.commit();
    const bool has_refresh = !(*tokens)["refresh"].as_string().empty();
    const std::string& token = (*tokens)[has_refresh ? "refresh" : "access"].as_string();
    const auto answer = co_await oauth::revoke(ctx, *integration.oauth, client, token);
    if (outbound::outcome_of(answer) == outbound::Outcome::later) {
        throw unavailable("oauth");
    }
    forget(ctx, job.connection, Kept::revoked);
}

}  // namespace

Task<Json> authorize(Ctx& ctx, const Locked& connection, const Values&) {
    if (ctx.who.session.is_nil()) {
        throw Error(403, "api_key_not_here");  // somebody has to come back in a browser
    }
    const Integration& integration =
        integration_of(ctx, connection.record["integration"].as_string());
    const oauth::Client client = co_await client_of(ctx, integration, connection.id);
    if (client.id.empty()) {
        throw conflict("connection.no_client");
    }
    const oauth::Attempt attempt = oauth::new_attempt(purpose);
    const Json verifier = Json::object({{"verifier", attempt.verifier}});
    ctx.tx.queue(
        "delete from connection_attempts "
        "where tenant_id = current_tenant() and connection_id = $1::uuid",
        {connection.id});
    ctx.tx.queue(
        "insert into connection_attempts "
        "(digest, connection_id, user_id, session_id, verifier, expires_at) "
        "values ($1, $2::uuid, $3::uuid, $4::uuid, $5, $6::timestamptz)",
        {auth::digest(attempt.state), connection.id, ctx.who.user, ctx.who.session,
         sealed(ctx, connection.id, Kept::code, verifier), format_time(ctx.now + way_takes)});
    const OAuthProvider& provider = *integration.oauth;
    co_return Json::object({{"url", oauth::way_there(ctx.services.settings, provider, client,
                                                     attempt, provider.scopes)}});
}

Task<> disconnect(Ctx& ctx, const Locked& connection, const Values&) {
    const auto tokens = co_await kept(ctx, connection.id, Kept::tokens);
    if (tokens) {
        keep(ctx, connection.id, Kept::revoked, *tokens);
        forget(ctx, connection.id, Kept::tokens);
        ctx.enqueue<Revoke>(connection.id);
    }
    Values values{{"state", "disconnected"},
                  {"account", nullptr},
                  {"scopes", nullptr},
                  {"problem", nullptr},
                  {"problem_at", nullptr}};
    co_await ctx.update("connection", connection.id, std::move(values));
}

void declare_way(App& app) {
    app.route("POST", "/connections/callback", come_back)
        .for_people()
        .needs("connections.update")
        .in("connections")
        .called("finishConnection")
        .takes(callback_fields)
        .gives(202, "ConnectionReturn");
    app.job<Finish>("connections.finish", finish).calls_out();
    app.job<Revoke>("connections.revoke", revoke).calls_out();
}

}  // namespace ponte::connections
