// Users as their administrator handles them: a new one brings a login, a change counts at once.
#include "kernel/records.hpp"
#include "modules/accounts/identity.hpp"
#include "modules/accounts/input.hpp"
#include "modules/accounts/new_login.hpp"
#include "modules/accounts/password_reset.hpp"
#include "modules/accounts/session.hpp"
#include "modules/accounts/user.hpp"

namespace ponte::accounts {
namespace {

constexpr Field new_user_fields[] = {
    text("name").required().length(2, 255),
    email("email").required(),
    text("role").required().up_to(40).starts_as("agent"),
    link("team_id", "team"),
    boolean("active").starts_as("true"),
    text("password").required().length(8, 200),
};

http::Response shown_user(Ctx& ctx, const db::Rows& rows, int status) {
    const auto& kind = ctx.services.entities().get("user");
    http::Response response;
    response.status = status;
    records::write_record(response.body, kind, rows, 0);
    response.with("ETag", "\"" + std::string(rows.text(0, kind.version_column)) + "\"");
    return response;
}

// A role that does not exist is told together with whatever else is wrong.
Task<> check_role_name(Ctx& ctx, std::string role, Problems& problems) {
    const db::Scope scope{db::Role::app, ctx.who.tenant};
    const db::Rows rows = co_await ctx.services.database().query(
        ctx.loop, scope,
        "select name from roles where tenant_id = current_tenant() and deleted_at is null "
        "order by created_at, id");
    Json allowed = Json::array();
    for (int i = 0; i < rows.size(); ++i) {
        if (rows.text(i, 0) == role) {
            co_return;
        }
        allowed.push(rows.text(i, 0));
    }
    problems.push_back(
        {"role", "not_an_option", Json::object({{"allowed", std::move(allowed)}}), {}});
}

Task<http::Response> create_user(Ctx& ctx, const http::Request& request) {
    const Json body = body_object(request);
    Problems problems;
    if (body["role"].is_string()) {
        co_await check_role_name(ctx, body["role"].as_string(), problems);
    }
    NewLogin login = co_await check_new_login(ctx, new_user_fields, body, std::move(problems));

    const Json* active = login.values.find("active");
    const UserDraft draft{text_of(login.values, "name"), login.email, text_of(login.values, "role"),
                          Id::parse(text_of(login.values, "team_id")),
                          active == nullptr || active->is_null() || active->as_bool()};
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const Id user = co_await insert_user(ctx, draft, std::move(login.password_hash), false);
    const auto& kind = ctx.services.entities().get("user");
    db::Statement shown = records::shown_statement(ctx, kind, user);
    const db::Rows rows = co_await ctx.tx.query(std::move(shown.sql), std::move(shown.params));
    http::Response response = shown_user(ctx, rows, 201);
    response.with("Location", "/api/v1/users/" + user.text());
    co_return response;
}

// What PATCH and PUT may change; the e-mail, which the generic update leaves alone, included.
Values changes_in(const records::Kind& kind, const Json& body, records::Mode mode, const Ctx& ctx) {
    const records::TenantFacts no_custom_fields;
    Problems problems;
    Values values = records::values_from_body(kind, no_custom_fields, body, mode, problems);
    if (const Json* email = body.find("email")) {
        values.set("email", *email);
    }
    records::canonicalise(kind, no_custom_fields, values, mode, true, records::locale_of(ctx),
                          problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    return values;
}

bool is_leaving(const Json& changes) {
    const Json& active = changes["active"]["to"];
    return active.is_bool() && !active.as_bool();
}

Task<http::Response> change_user(Ctx& ctx, const http::Request& request) {
    const Id user = path_id(request, "user");
    const auto& kind = ctx.services.entities().get("user");
    const auto mode = records::mode_of(request);
    const Values values = changes_in(kind, body_object(request), mode, ctx);
    const auto expected = expected_version(request);

    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const auto before = co_await records::lock(ctx, kind, user, "update", expected);
    const Json changes = co_await records::change(ctx, kind, before, values);
    if (changes.find("email")) {
        change_email(ctx, user, changes["email"]["to"].as_string());
    }
    if (is_leaving(changes)) {
        const Ending ending{user, {}, {}, Ended::deactivated};
        co_await end_sessions(ctx, ending);
        withdraw_reset_links(ctx, user);
    }
    db::Statement shown = records::shown_statement(ctx, kind, user);
    const db::Rows rows =
        co_await ctx.tx.commit_with(std::move(shown.sql), std::move(shown.params));
    co_return shown_user(ctx, rows, 200);
}

}  // namespace

void declare_user_routes(App& app) {
    app.route("POST", "/users", create_user)
        .needs("users.create")
        .in("users")
        .takes(new_user_fields)
        .reading_itself()
        .gives(201, "User");
    for (const char* method : {"PATCH", "PUT"}) {
        app.route(method, "/users/{id}", change_user)
            .needs("users.update")
            .in("users")
            .takes(user_entity.fields)
            .reading_itself()
            .gives(200, "User");
    }
}

}  // namespace ponte::accounts
