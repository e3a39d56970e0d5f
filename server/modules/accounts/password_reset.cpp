#include "modules/accounts/password_reset.hpp"

#include "kernel/records.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/accounts/identity.hpp"
#include "modules/accounts/input.hpp"
#include "modules/accounts/role.hpp"
#include "modules/accounts/session.hpp"

namespace ponte::accounts {
namespace {

constexpr std::string_view page = "/redefinir-senha?token=";

// Nobody gets into the account of somebody who may do more, nor past the question for one's own
// password at a screen that was left open.
Task<Known> resettable(Ctx& ctx, const http::Request& request) {
    const Id user = path_id(request, "user");
    const auto& kind = ctx.services.entities().get("user");
    const auto found = co_await records::lock(ctx, kind, user, "update");
    if (user == ctx.who.user) {
        throw conflict("user.own_password");
    }
    if (!found.record["active"].as_bool()) {
        throw conflict("user.inactive");
    }
    std::vector<std::string> role{found.record["role"].as_string()};
    co_await require_covering(ctx, std::move(role));
    const auto known = co_await identity_of(ctx, user);
    if (!known || known->tenant_id != ctx.who.tenant || known->user_id != user) {
        throw not_found("user");
    }
    if (known->is_operator && !ctx.who.is_operator) {
        throw forbidden();
    }
    co_return *known;
}

Task<http::Response> make_link(Ctx& ctx, const http::Request& request) {
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const Known known = co_await resettable(ctx, request);
    const ResetLink link = queue_link(ctx, known, reset_link_lifetime);
    co_await ctx.tx.commit();
    http::Response response = reply(
        201, Json::object({{"path", link.path}, {"expiresAt", format_time(link.expires_at)}}));
    // Kept nowhere, not even as the answer to an Idempotency-Key.
    response.with("Cache-Control", "no-store");
    co_return response;
}

struct Reset {
    Id tenant_id, identity_id, user_id;
    std::string email;
    bool is_mailed = false;
};
FIELDS(Reset, tenant_id, identity_id, user_id, email, is_mailed);

constexpr std::string_view reset_sql =
    "select p.tenant_id, p.identity_id, p.user_id, u.email, p.is_mailed from password_resets p "
    "join users u on u.tenant_id = p.tenant_id and u.id = p.user_id "
    "and u.active and u.deleted_at is null "
    "join tenants t on t.tenant_id = p.tenant_id and t.status in ('active', 'trial') "
    "where p.digest = $1 and p.expires_at > $2::timestamptz";

// A unit of its own: no transaction stays open while a password is hashed.
Task<std::optional<Reset>> find_reset(Ctx& ctx, std::string digest) {
    const db::Scope scope{db::Role::system, {}};
    db::Params params{std::move(digest), format_time(ctx.now)};
    const db::Rows rows = co_await ctx.services.database().query(
        ctx.loop, scope, std::string(reset_sql), std::move(params));
    std::optional<Reset> found;
    if (!rows.empty()) {
        found = db::read_row<Reset>(rows, 0);
    }
    co_return found;
}

// Acts as the user from here on. Everything that was signed in as them ends.
Task<> set_password(Ctx& ctx, Reset reset, std::string hash) {
    ctx.enter(reset.tenant_id, reset.user_id);
    ctx.tx.act_as({db::Role::system, reset.tenant_id});
    change_password(ctx, reset.identity_id, std::move(hash));
    if (reset.is_mailed) {
        confirm_email(ctx, reset.identity_id);
    }
    const Ending all{reset.user_id, {}, {}, Ended::password};
    co_await end_sessions(ctx, all);
    ctx.emit("user.password_reset", reset.user_id);
}

Task<http::Response> use_link(Ctx& ctx, const http::Request& request) {
    const Json body = body_object(request);
    const std::string digest = auth::digest(body["token"].as_string());
    const auto reset = co_await find_reset(ctx, digest);
    if (!reset) {
        throw not_found("password_reset");
    }
    const std::string wanted = password_in(body, "newPassword");
    Problems problems;
    check_password(wanted, reset->email, "newPassword", problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    std::string hash = co_await auth::hash_password(ctx.loop, wanted);
    ctx.tx.act_as({db::Role::system, reset->tenant_id});
    // Whoever takes the row away uses the link: nobody else does, at whatever moment they try.
    const auto taken = co_await ctx.tx.maybe<Id>(
        "delete from password_resets where digest = $1 and expires_at > $2::timestamptz "
        "returning identity_id",
        digest, format_time(ctx.now));
    if (!taken) {
        throw not_found("password_reset");
    }
    co_await set_password(ctx, *reset, std::move(hash));
    co_await ctx.tx.commit();
    co_return no_content();
}

constexpr Field use_fields[] = {
    text("token").required().up_to(200),
    text("new_password").required().length(8, 200),
};

Task<Known> known_by_email(Ctx& ctx, std::string email) {
    const auto known = co_await find_identity(ctx, std::move(email));
    if (!known) {
        throw not_found("user");
    }
    if (!known->active || !known->is_open) {
        throw conflict("user.inactive");
    }
    ctx.enter(known->tenant_id);
    ctx.tx.act_as({db::Role::system, known->tenant_id});
    co_return *known;
}

}  // namespace

// The token is only in the link; the log knows that there was one, and who made it.
ResetLink queue_link(Ctx& ctx, const Known& known, std::chrono::hours lifetime, Goes goes) {
    const std::string token = auth::random_token();
    const ResetLink link{std::string(page) + token, ctx.now + lifetime};
    const std::optional<Id> author = ctx.who.user.is_nil() ? std::optional<Id>{} : ctx.who.user;
    ctx.tx.queue(
        "insert into password_resets (tenant_id, identity_id, user_id, digest, created_at, "
        "created_by, expires_at, is_mailed) values ($1, $2, $3, $4, $5, $6, $7, $8) "
        "on conflict (identity_id) do update set tenant_id = excluded.tenant_id, "
        "user_id = excluded.user_id, digest = excluded.digest, created_at = excluded.created_at, "
        "created_by = excluded.created_by, expires_at = excluded.expires_at, "
        "is_mailed = excluded.is_mailed",
        {known.tenant_id, known.identity_id, known.user_id, auth::digest(token),
         format_time(ctx.now), author, format_time(link.expires_at), goes == Goes::by_mail});
    ctx.emit("user.password_link_made", known.user_id);
    return link;
}

void withdraw_reset_links(Ctx& ctx, Id user) {
    ctx.tx.queue("delete from password_resets where tenant_id = $1 and user_id = $2",
                 {ctx.who.tenant, user});
}

Task<std::string> make_reset_link(Services& services, Loop& loop, std::string email) {
    Ctx ctx(services, loop);
    ctx.now = now();
    const Known known = co_await known_by_email(ctx, std::move(email));
    const ResetLink link = queue_link(ctx, known, reset_link_lifetime);
    co_await ctx.tx.commit();
    co_return link.path;
}

Task<> reset_password(Services& services, Loop& loop, std::string email, std::string password) {
    Ctx ctx(services, loop);
    ctx.now = now();
    Problems problems;
    check_password(password, email, "password", problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    const Known known = co_await known_by_email(ctx, email);
    std::string hash = co_await auth::hash_password(loop, password);
    Reset reset{known.tenant_id, known.identity_id, known.user_id, std::move(email)};
    co_await set_password(ctx, std::move(reset), std::move(hash));
    co_await ctx.tx.commit();
}

void declare_password_reset_routes(App& app) {
    app.route("POST", "/users/{id}/password-reset", make_link)
        .needs("users.update")
        .for_people()
        .in("users")
        .called("makePasswordResetLink")
        .gives(201, "PasswordResetLink");
    Route& use = app.route("POST", "/auth/reset", use_link);
    use.open()
        .for_people()
        .in("auth")
        .called("resetPassword")
        .takes(use_fields)
        .reading_itself()
        .gives(204, "none");
    use.is_limited_as_guess = true;
}

}  // namespace ponte::accounts
