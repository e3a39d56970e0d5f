// A new user brings a login: what is asked for is more than a user's fields.
#include "kernel/records.hpp"
#include "modules/accounts/identity.hpp"
#include "modules/accounts/input.hpp"
#include "modules/accounts/new_login.hpp"
#include "modules/accounts/user.hpp"

namespace ponte::accounts {
namespace {

constexpr Field new_user_fields[] = {
    text("name").required().length(2, 255),
    email("email").required(),
    text("role").required().up_to(40).starts_as("agent"),
    link("team_id", "team"),
    boolean("active").starts_as("true"),
    file("photo_id"),
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

Task<http::Response> create_user(Ctx& ctx, const http::Request& request) {
    const Json body = body_object(request);
    Problems problems;
    if (body["role"].is_string()) {
        co_await check_role_name(ctx, body["role"].as_string(), problems);
    }
    NewLogin login = co_await check_new_login(ctx, new_user_fields, body, std::move(problems));

    const Json* active = login.values.find("active");
    const UserDraft draft{text_of(login.values, "name"),
                          login.email,
                          text_of(login.values, "role"),
                          Id::parse(text_of(login.values, "team_id")),
                          active == nullptr || active->is_null() || active->as_bool(),
                          Id::parse(text_of(login.values, "photo_id"))};
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const Id user = co_await insert_user(ctx, draft, std::move(login.password_hash), false);
    const auto& kind = ctx.services.entities().get("user");
    db::Statement shown = records::shown_statement(ctx, kind, user);
    const db::Rows rows = co_await ctx.tx.query(std::move(shown.sql), std::move(shown.params));
    http::Response response = shown_user(ctx, rows, 201);
    response.with("Location", "/api/v1/users/" + user.text());
    co_return response;
}

}  // namespace

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

void declare_user_routes(App& app) {
    app.route("POST", "/users", create_user)
        .needs("users.create")
        .in("users")
        .takes(new_user_fields)
        .reading_itself()
        .gives(201, "User");
}

}  // namespace ponte::accounts
