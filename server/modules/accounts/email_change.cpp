#include "modules/accounts/email_change.hpp"

#include "kernel/records.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/accounts/identity.hpp"
#include "modules/accounts/input.hpp"
#include "modules/accounts/letter.hpp"
#include "modules/accounts/password_check.hpp"

namespace ponte::accounts {
namespace {

constexpr std::string_view page = "/confirmar-email?token=";
constexpr std::chrono::hours lifetime{24};

// Only the present one needs no password: asking for it once more changes nothing.
constexpr Field ask_fields[] = {
    email("email").required(),
    text("current_password").up_to(200),
};

Task<> require_password(Ctx& ctx, const Known& known, std::string current) {
    if (current.empty()) {
        throw invalid("currentPassword", "required");
    }
    const bool is_right =
        co_await is_password_right(ctx, ctx.who.email, known.password_hash, std::move(current));
    if (!is_right) {
        throw invalid("currentPassword", "wrong");
    }
}

// A letter box of somebody else is not filled by asking again and again.
Task<> require_a_while(Ctx& ctx, Id identity) {
    ctx.tx.queue("select from identities where id = $1 for update", {identity});
    const auto was_just_sent = co_await ctx.tx.one<bool>(
        "select exists (select from email_changes where identity_id = $1 "
        "and created_at > now() - interval '1 minute')",
        identity);
    if (was_just_sent) {
        throw too_many_requests(60);
    }
}

std::string queue_change(Ctx& ctx, const Known& known, const std::string& wanted) {
    const std::string token = auth::random_token();
    ctx.tx.queue(
        "insert into email_changes (tenant_id, identity_id, user_id, email, digest, created_at, "
        "expires_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict (identity_id) do update "
        "set tenant_id = excluded.tenant_id, user_id = excluded.user_id, email = excluded.email, "
        "digest = excluded.digest, created_at = excluded.created_at, "
        "expires_at = excluded.expires_at",
        {known.tenant_id, known.identity_id, known.user_id, wanted, auth::digest(token),
         format_time(ctx.now), format_time(ctx.now + lifetime)});
    return std::string(page) + token;
}

Task<http::Response> ask(Ctx& ctx, const http::Request& request) {
    const Json body = body_object(request);
    const Values values = read_input(ask_fields, body, ctx);
    const std::string wanted = text_of(values, "email");
    const auto known = co_await identity_of(ctx, ctx.who.user);
    if (!known) {
        throw not_found("user");
    }
    const bool is_present = lower_case(wanted) == lower_case(ctx.who.email);
    if (!is_present) {
        std::string current = password_in(body, "currentPassword");
        co_await require_password(ctx, *known, std::move(current));
        const bool is_taken = co_await is_email_taken(ctx, wanted);
        if (is_taken) {
            throw invalid("email", "taken");
        }
    }
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    co_await require_a_while(ctx, known->identity_id);
    const std::string path = queue_change(ctx, *known, wanted);
    const std::string kind = is_present ? "accounts.email_confirmation" : "accounts.email_change";
    const Letter letter{kind, ctx.who.user, path, wanted, wanted};
    co_await send_letter(ctx, letter);
    ctx.audit("user.email_asked", ctx.who.user, Json::object({{"email", wanted}}));
    co_await ctx.tx.commit();
    co_return reply(202, Json::object({{"accepted", true}}));
}

struct OwnEmail {
    std::string email;
    bool is_confirmed = false;
    std::optional<std::string> wanted, expires_at;
};
FIELDS(OwnEmail, email, is_confirmed, wanted, expires_at);

Task<http::Response> show(Ctx& ctx, const http::Request&) {
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const auto own = co_await ctx.tx.one<OwnEmail>(
        "select u.email, i.email_confirmed_at is not null as is_confirmed, c.email as wanted, "
        "c.expires_at from users u join identities i on i.id = u.identity_id "
        "left join email_changes c on c.identity_id = i.id and c.expires_at > now() "
        "where u.tenant_id = $1 and u.id = $2",
        ctx.who.tenant, ctx.who.user);
    std::string expires_at;
    if (own.expires_at) {
        records::append_time(expires_at, *own.expires_at);
    }
    co_return reply(200, Json::object({{"email", own.email},
                                       {"confirmed", own.is_confirmed},
                                       {"wanted", own.wanted ? Json(*own.wanted) : Json{}},
                                       {"expiresAt", own.wanted ? Json(expires_at) : Json{}}}));
}

struct Asked {
    Id tenant_id, identity_id, user_id;
    std::string email, present;
};
FIELDS(Asked, tenant_id, identity_id, user_id, email, present);

// A unit of its own, since the company is not known before.
Task<Asked> find_asked(Ctx& ctx, std::string digest) {
    const db::Scope scope{db::Role::system, {}};
    db::Params params{std::move(digest), format_time(ctx.now)};
    const db::Rows rows = co_await ctx.services.database().query(
        ctx.loop, scope,
        "select c.tenant_id, c.identity_id, c.user_id, c.email, u.email as present "
        "from email_changes c "
        "join users u on u.tenant_id = c.tenant_id and u.id = c.user_id and u.active "
        "and u.deleted_at is null "
        "join tenants t on t.tenant_id = c.tenant_id and t.status in ('active', 'trial') "
        "where c.digest = $1 and c.expires_at > $2::timestamptz",
        std::move(params));
    if (rows.empty()) {
        throw not_found("email_change");
    }
    co_return db::read_row<Asked>(rows, 0);
}

// Whoever takes the row away uses the link.
Task<> take(Ctx& ctx, std::string digest) {
    const auto taken = co_await ctx.tx.maybe<Id>(
        "delete from email_changes where digest = $1 and expires_at > $2::timestamptz "
        "returning identity_id",
        std::move(digest), format_time(ctx.now));
    if (!taken) {
        throw not_found("email_change");
    }
}

Task<http::Response> confirm(Ctx& ctx, const http::Request&) {
    const std::string digest = auth::digest(ctx.input.text("token").value_or(""));
    const Asked asked = co_await find_asked(ctx, digest);
    ctx.enter_as_system(asked.tenant_id, asked.user_id);
    ctx.tx.act_as({db::Role::system, asked.tenant_id});
    co_await take(ctx, digest);
    if (lower_case(asked.email) != lower_case(asked.present)) {
        // To the old one, whoever reads it: where nobody asked, somebody else knows the password.
        const Letter news{"accounts.email_changed", asked.user_id, {}, {}, asked.email};
        co_await send_letter(ctx, news);
        Values values{{"email", asked.email}};
        co_await ctx.update("user", asked.user_id, std::move(values));
    }
    confirm_email(ctx, asked.identity_id);
    ctx.audit("user.email_confirmed", asked.user_id, Json::object({{"email", asked.email}}));
    co_await ctx.tx.commit();
    co_return no_content();
}

constexpr Field confirm_fields[] = {text("token").required().up_to(200)};

}  // namespace

void declare_email_change_routes(App& app) {
    app.route("GET", "/auth/email", show)
        .for_people()
        .in("auth")
        .called("getOwnEmail")
        .gives(200, "OwnEmail");
    app.route("POST", "/auth/email", ask)
        .for_people()
        .in("auth")
        .called("changeEmail")
        .takes(ask_fields)
        .reading_itself()
        .gives(202, "Accepted");
    Route& back = app.route("POST", "/auth/email/confirm", confirm);
    back.open()
        .for_people()
        .in("auth")
        .called("confirmEmail")
        .takes(confirm_fields)
        .gives(204, "none");
    back.is_limited_as_guess = true;
}

}  // namespace ponte::accounts
