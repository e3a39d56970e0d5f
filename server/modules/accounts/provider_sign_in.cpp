#include "modules/accounts/provider_sign_in.hpp"

#include "kernel/auth.hpp"
#include "kernel/integration.hpp"
#include "kernel/oauth.hpp"
#include "kernel/records.hpp"
#include "modules/accounts/linked_account.hpp"
#include "modules/accounts/second_factor.hpp"
#include "modules/accounts/session.hpp"

namespace ponte::accounts {
namespace {

constexpr std::chrono::minutes way_takes{10};
constexpr std::string_view purpose = "s";  // of the state: signing in

constexpr Field start_fields[] = {text("provider").required().up_to(60)};
constexpr Field return_fields[] = {
    text("state").required().up_to(200),
    text("binding").required().up_to(200),
    text("code").up_to(4'000),
    text("error").up_to(200),
};

// Those by which somebody can sign in here: the installation has an app there.
bool signs_in(const Ctx& ctx, const Integration& integration) {
    return integration.oauth && !integration.oauth->sign_in_scopes.empty() &&
           !oauth::installed_client(ctx.services.settings, *integration.oauth).id.empty();
}

const Integration& provider_of(const Ctx& ctx, std::string_view name) {
    const Integration* found = integrations_of(ctx.services.settings).find(name);
    if (!found || !signs_in(ctx, *found)) {
        throw invalid("provider", "not_an_option");
    }
    return *found;
}

Task<http::Response> list_providers(Ctx& ctx, const http::Request&) {
    Json data = Json::array();
    for (const Integration* one : integrations_of(ctx.services.settings).all()) {
        if (signs_in(ctx, *one)) {
            data.push(Json::object({{"name", one->name}}));
        }
    }
    co_return reply(200, Json::object({{"data", std::move(data)}}));
}

Task<http::Response> start(Ctx& ctx, const http::Request&) {
    const Integration& integration = provider_of(ctx, ctx.input.text("provider").value_or(""));
    const OAuthProvider& provider = *integration.oauth;
    const Settings& settings = ctx.services.settings;
    const oauth::Attempt attempt = oauth::new_attempt(purpose);
    const std::string binding = auth::random_token();
    const Json kept = Json::object({{"verifier", attempt.verifier}, {"nonce", attempt.nonce}});
    ctx.tx.act_as({db::Role::system, {}});
    ctx.tx.queue("delete from sign_in_attempts where expires_at < now()");
    ctx.tx.queue(
        "insert into sign_in_attempts (digest, provider, binding, sealed, expires_at) "
        "values ($1, $2, $3, $4, $5::timestamptz)",
        {auth::digest(attempt.state), integration.name, auth::digest(binding),
         auth::seal("sign-in\n" + kept.dump(), ctx.services.keys.seal_key),
         format_time(ctx.now + way_takes)});
    co_await ctx.tx.commit();
    const oauth::Client client = oauth::installed_client(settings, provider);
    const std::string url =
        oauth::way_there(settings, provider, client, attempt, provider.sign_in_scopes);
    co_return reply(200, Json::object({{"url", url}, {"binding", binding}}));
}

struct AttemptRow {
    std::string provider, binding, sealed;
    bool is_fresh = false;
};
FIELDS(AttemptRow, provider, binding, sealed, is_fresh);

// Good once, whatever comes of it: it is gone before anybody is called.
Task<AttemptRow> take_attempt(Ctx& ctx) {
    const std::string digest = auth::digest(ctx.input.text("state").value_or(""));
    const auto row = co_await ctx.tx.maybe<AttemptRow>(
        "delete from sign_in_attempts where digest = $1 "
        "returning provider, binding, sealed, expires_at > now() as is_fresh",
        digest);
    co_await ctx.tx.commit();
    const std::string binding = auth::digest(ctx.input.text("binding").value_or(""));
    if (!row || row->binding != binding || !row->is_fresh) {
        throw conflict("auth.provider_state");
    }
    co_return *row;
}

Error refused(std::string_view problem) {
    Error error(403, "auth.provider_refused");
    error.params.set("problem", problem);
    return error;
}

Task<oauth::Identity> who_came(Ctx& ctx, const AttemptRow& attempt) {
    const OAuthProvider& provider = *provider_of(ctx, attempt.provider).oauth;
    const auto code = ctx.input.text("code");
    if (!code) {
        throw refused("access_denied");
    }
    const auto text = auth::unseal(attempt.sealed, ctx.services.keys.seal_key);
    if (!text) {
        throw conflict("auth.provider_state");
    }
    const Json kept = Json::parse(std::string_view(*text).substr(text->find('\n') + 1));
    const std::string &verifier = kept["verifier"].as_string(), &nonce = kept["nonce"].as_string();
    const oauth::Client client = oauth::installed_client(ctx.services.settings, provider);
    const oauth::Grant grant = co_await oauth::exchange(ctx, provider, client, *code, verifier);
    if (grant.outcome != outbound::Outcome::ok) {
        throw refused(grant.problem);
    }
    const auto found =
        co_await oauth::identify(ctx, provider, client, grant.tokens.id_token, nonce);
    if (!found.identity) {
        throw refused(found.problem);
    }
    co_return *found.identity;
}

// Whose account it is: the one that it was linked to, else who has its e-mail, if the provider has
// made sure that it is theirs.
Task<Known> user_of(Ctx& ctx, const std::string& provider, const oauth::Identity& who) {
    auto known = co_await find_linked(ctx, provider, who.subject);
    if (!known && who.is_email_verified && !who.email.empty()) {
        known = co_await find_identity(ctx, who.email);
        if (known && !known->is_confirmed) {
            // Whoever registered with it may be somebody else, who knows the password.
            Error error(403, "auth.provider_unconfirmed");
            error.params.set("email", who.email);
            throw error;
        }
        if (known) {
            link_account(ctx, known->identity_id, provider, who.subject, who.email);
        }
    }
    if (!known) {
        const bool is_known_mail = who.is_email_verified || who.email.empty();
        Error error(403, is_known_mail ? "auth.provider_nobody" : "auth.provider_unverified");
        error.params.set("email", who.email);
        throw error;
    }
    if (!known->active || !known->is_open) {
        throw Error(403, known->is_open ? "auth.user_inactive" : "auth.company_closed");
    }
    // Somebody who chose two things is not let in by one.
    const std::string no_code;
    const CodeCheck check = co_await check_code(ctx, known->identity_id, no_code);
    if (check != CodeCheck::passed) {
        throw Error(403, "auth.provider_second_factor");
    }
    co_return *known;
}

Task<http::Response> come_back(Ctx& ctx, const http::Request&) {
    ctx.tx.act_as({db::Role::system, {}});
    const AttemptRow attempt = co_await take_attempt(ctx);
    const oauth::Identity who = co_await who_came(ctx, attempt);
    ctx.now = now();
    const Known known = co_await user_of(ctx, attempt.provider, who);
    const Member member{known.tenant_id, known.user_id};
    ctx.tx.act_as({db::Role::system, member.tenant});
    const SignedInBy by{attempt.provider};
    http::Response response = co_await open_session(ctx, member, 200, by);
    co_return response;
}

Task<http::Response> list_linked(Ctx& ctx, const http::Request&) {
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const auto rows = co_await linked_accounts(ctx, ctx.who.user);
    Json data = Json::array();
    for (const LinkedAccount& row : rows) {
        std::string at;
        records::append_time(at, row.linked_at);
        data.push(Json::object(
            {{"provider", row.provider}, {"email", row.email}, {"linkedAt", std::move(at)}}));
    }
    co_return reply(200, Json::object({{"data", std::move(data)}}));
}

Task<http::Response> unlink(Ctx& ctx, const http::Request&) {
    const std::string provider = ctx.input.text("provider").value_or("");
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const bool was_there = co_await unlink_account(ctx, ctx.who.user, provider);
    if (!was_there) {
        throw not_found("linked_account");
    }
    ctx.audit("user.account_unlinked", ctx.who.user, Json::object({{"provider", provider}}));
    co_await ctx.tx.commit();
    co_return no_content();
}

}  // namespace

void declare_provider_routes(App& app) {
    app.route("GET", "/auth/providers", list_providers)
        .open()
        .for_people()
        .in("auth")
        .called("listSignInProviders")
        .gives(200, "SignInProviderList");
    Route& starting = app.route("POST", "/auth/provider/start", start);
    starting.open()
        .for_people()
        .in("auth")
        .called("startProviderSignIn")
        .takes(start_fields)
        .gives(200, "ProviderWay");
    starting.is_limited_as_guess = true;
    Route& returning = app.route("POST", "/auth/provider", come_back);
    returning.open()
        .for_people()
        .in("auth")
        .called("finishProviderSignIn")
        .takes(return_fields)
        .gives(200, "Session");
    returning.is_limited_as_guess = true;
    app.route("GET", "/auth/linked-accounts", list_linked)
        .for_people()
        .in("auth")
        .called("listLinkedAccounts")
        .gives(200, "LinkedAccountList");
    app.route("POST", "/auth/linked-accounts/unlink", unlink)
        .for_people()
        .in("auth")
        .called("unlinkAccount")
        .takes(start_fields)
        .gives(204, "none");
}

}  // namespace ponte::accounts
