// One's own account: name, language, preferences, password.
#include "kernel/records.hpp"
#include "modules/accounts/account.hpp"
#include "modules/accounts/identity.hpp"
#include "modules/accounts/input.hpp"
#include "modules/accounts/password_check.hpp"
#include "modules/accounts/session.hpp"

namespace ponte::accounts {
namespace {

http::Response account_reply(Services& services, const db::Rows& rows) {
    const Json account = account_json(services, rows);
    return versioned_reply(200, account, account["user"]["version"].as_integer());
}

Task<http::Response> show_me(Ctx& ctx, const http::Request&) {
    const Member me{ctx.who.tenant, ctx.who.user};
    db::Statement account = account_statement(me);
    const db::Rows rows = co_await ctx.tx.query(std::move(account.sql), std::move(account.params));
    co_return account_reply(ctx.services, rows);
}

constexpr Field me_fields[] = {
    text("name").length(2, 255),
    choice("language", "pt-BR | en"),
    json("preferences"),
    file("photo_id"),
};

// Of two tabs in which one person edits the account, the later one is told of the earlier.
Task<> expect_version(Ctx& ctx, std::optional<std::int64_t> expected) {
    if (!expected) {
        co_return;
    }
    const auto version = co_await ctx.tx.one<std::int64_t>(
        "select version from users where tenant_id = $1 and id = $2 for no key update",
        ctx.who.tenant, ctx.who.user);
    if (version != *expected) {
        throw version_mismatch();
    }
}

Task<http::Response> change_me(Ctx& ctx, const http::Request& request) {
    const auto expected = expected_version(request);
    const Values values = read_input(me_fields, body_object(request), ctx);
    const Json* preferences = values.find("preferences");
    if (preferences && !preferences->is_null() && !preferences->is_object()) {
        throw invalid("preferences", "type");
    }
    const Json* name = values.find("name");
    if (name && name->is_null()) {
        throw invalid("name", "required");
    }
    co_await expect_version(ctx, expected);
    Values of_user;
    for (const char* field : {"name", "photo_id"}) {
        if (const Json* value = values.find(field)) {
            of_user.set(field, *value);
        }
    }
    if (!of_user.list.empty()) {
        co_await ctx.update("user", ctx.who.user, std::move(of_user));
    }
    const std::string language = text_of(values, "language");
    // bulk: how somebody likes their screen is nobody else's news; null removes a preference.
    ctx.tx.queue(
        "update users set language = coalesce($3, language), "
        "version = version + (coalesce($3, language) is distinct from language)::int, "
        "preferences = jsonb_strip_nulls(preferences || coalesce($4::jsonb, '{}')) "
        "where tenant_id = $1 and id = $2",
        {ctx.who.tenant, ctx.who.user, language.empty() ? db::Param() : db::Param(language),
         preferences && preferences->is_object() ? db::Param(*preferences) : db::Param()});
    ctx.after_commit(
        [&sessions = ctx.services.sessions(), user = ctx.who.user] { sessions.reload_user(user); });
    const Member me{ctx.who.tenant, ctx.who.user};
    db::Statement account = account_statement(me);
    const db::Rows rows =
        co_await ctx.tx.commit_with(std::move(account.sql), std::move(account.params));
    co_return account_reply(ctx.services, rows);
}

constexpr Field password_fields[] = {
    text("current_password").required().up_to(200),
    text("new_password").required().length(8, 200),
};

// Who changes their password suspects that somebody else knows it: the other sessions end.
Task<http::Response> change_own_password(Ctx& ctx, const http::Request& request) {
    const Json body = body_object(request);
    const std::string current = password_in(body, "currentPassword");
    const std::string wanted = password_in(body, "newPassword");
    Problems problems;
    if (current.empty()) {
        problems.push_back({"currentPassword", "required", Json::object(), {}});
    }
    check_password(wanted, ctx.who.email, "newPassword", problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    const auto identity = co_await identity_of(ctx, ctx.who.user);
    const std::string hash = identity ? identity->password_hash : std::string{};
    const bool is_right = co_await is_password_right(ctx, ctx.who.email, hash, current);
    if (!is_right || !identity) {
        throw invalid("currentPassword", "wrong");
    }
    std::string new_hash = co_await auth::hash_password(ctx.loop, wanted);

    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    change_password(ctx, identity->identity_id, std::move(new_hash));
    ctx.audit("user.password_changed", ctx.who.user);
    const Ending others{ctx.who.user, {}, ctx.who.session, Ended::password};
    co_await end_sessions(ctx, others);
    co_await ctx.tx.commit();
    co_return no_content();
}

}  // namespace

void declare_account_routes(App& app) {
    app.route("GET", "/auth/me", show_me).for_people().in("auth").called("getMe").gives(200, "Me");
    app.route("PATCH", "/auth/me", change_me)
        .for_people()
        .in("auth")
        .called("updateMe")
        .takes(me_fields)
        .reading_itself()
        .versioned()
        .gives(200, "Me");
    app.route("POST", "/auth/password", change_own_password)
        .for_people()
        .in("auth")
        .called("changePassword")
        .takes(password_fields)
        .reading_itself()
        .gives(204, "none");
}

}  // namespace ponte::accounts
