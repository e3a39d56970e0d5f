#include "modules/connections/connection.hpp"

#include "kernel/records.hpp"
#include "modules/connections/check.hpp"
#include "modules/connections/settings.hpp"
#include "modules/connections/vault.hpp"
#include "modules/connections/way.hpp"

namespace ponte::connections {

FIELDS(Standing, integration, state, account, problem, was_checked_today);

namespace {

using records::Locked;

constexpr Field connection_fields[] = {
    text("integration").required().read_only().up_to(60).not_sortable(),
    text("name").required().length(1, 100).not_sortable(),
    json("settings").read_only(),
    choice("state", "unfinished | connected | needs_attention | disconnected")
        .read_only()
        .starts_as("unfinished")
        .colored("gray | green | amber | gray")
        .not_sortable(),
    text("account").read_only().personal().not_sortable(),
    text("scopes").read_only().up_to(4'000).not_sortable().hidden(),
    text("problem").read_only().not_sortable(),
    datetime("problem_at").read_only().not_sortable(),
    datetime("checked_at").read_only().not_sortable(),
    datetime("ok_at").read_only().not_sortable(),
};

constexpr Field new_fields[] = {
    text("integration").required().up_to(60),
    text("name").length(1, 100),
    json("settings"),
};

constexpr Field settings_fields[] = {json("settings").required()};

// One that somebody can connect, or null with what is wrong.
const Integration* connectable(const Ctx& ctx, const std::string& name, Problems& problems) {
    const Integration* integration = integrations_of(ctx.services.settings).find(name);
    const bool can =
        integration && integration->oauth && integration->stage != Integration::Stage::planned;
    if (!can) {
        problems.push_back({"integration", "connection.unknown_integration"});
    }
    return can ? integration : nullptr;
}

Task<http::Response> create_connection(Ctx& ctx, const http::Request&) {
    Problems problems;
    const std::string name = ctx.input.text("integration").value_or("");
    const Integration* integration = connectable(ctx, name, problems);
    const Json* given = ctx.input.find("settings");
    SettingsOf settings;
    if (integration) {
        const Json none = Json::object();
        settings = take_settings(ctx, *integration, given ? *given : none, {}, problems);
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    const std::string usual(ctx.word("integration." + name));
    Values values{{"integration", name},
                  {"name", ctx.input.text("name").value_or(usual)},
                  {"settings", settings.shown}};
    const Id id = co_await ctx.create("connection", std::move(values));
    if (!settings.secrets.members().empty()) {
        keep(ctx, id, Kept::settings, settings.secrets);
    }
    http::Response response = reply(201, Json::object({{"id", id}}));
    response.with("Location", "/api/v1/connections/" + id.text());
    co_return response;
}

// Secrets are never part of a bulk, an import or an undo: so settings change here alone.
Task<> configure(Ctx& ctx, const Locked& connection, const Values& input) {
    const Integration& integration =
        integration_of(ctx, connection.record["integration"].as_string());
    const auto secrets = co_await kept(ctx, connection.id, Kept::settings);
    SettingsOf before{connection.record["settings"], secrets.value_or(Json::object())};
    Problems problems;
    const Json* given = input.find("settings");
    SettingsOf settings =
        take_settings(ctx, integration, given ? *given : Json{}, before, problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    const bool are_new = settings.secrets != before.secrets;
    Values values{{"settings", settings.shown}};
    co_await ctx.update("connection", connection.id, std::move(values));
    if (are_new) {
        keep(ctx, connection.id, Kept::settings, settings.secrets);
        ctx.emit("connection.secret_changed", connection.id);
    }
}

constexpr Action connection_actions[] = {
    action("authorize", authorize).needs("update").gives("ConnectionWay").quiet(),
    action("configure", configure).needs("update").takes(settings_fields).quiet(),
    action("check", check_now).needs("update").when("state", "connected | needs_attention").quiet(),
    action("disconnect", disconnect)
        .needs("update")
        .when("state", "connected | needs_attention")
        .quiet(),
};

}  // namespace

constexpr Entity connection_entity{
    .name = "connection",
    .table = "connections",
    .fields = connection_fields,
    .actions = connection_actions,
    .can_be_created = false,  // by a route of its own, which knows what its integration declares
    .deletable_when = when("state", "unfinished | disconnected"),
    .is_in_menu = false,
    .tells = "secret_changed",
};
static_assert(valid(connection_entity));

Task<std::optional<Standing>> standing_of(Ctx& ctx, Id connection) {
    auto found = co_await ctx.tx.maybe<Standing>(
        "select integration, state, account, problem, "
        "coalesce(checked_at > now() - interval '1 day', false) as was_checked_today "
        "from connections where tenant_id = current_tenant() and id = $1::uuid "
        "and deleted_at is null for no key update",
        connection);
    co_return found;
}

const Integration& integration_of(const Ctx& ctx, std::string_view name) {
    const Integration* integration = integrations_of(ctx.services.settings).find(name);
    if (!integration || !integration->oauth) {
        throw conflict("connection.unknown_integration");
    }
    return *integration;
}

Task<> say_well(Ctx& ctx, Id connection, std::string account) {
    const auto now = co_await standing_of(ctx, connection);
    if (!now || now->state == "disconnected") {
        co_return;
    }
    const bool is_new = now->state != "connected" || now->problem ||
                        now->account.value_or("") != account || !now->was_checked_today;
    if (is_new) {
        const std::string at = format_time(ctx.now);
        Values values{{"state", "connected"}, {"account", account.empty() ? Json{} : Json(account)},
                      {"problem", nullptr},   {"problem_at", nullptr},
                      {"checked_at", at},     {"ok_at", at}};
        co_await ctx.update("connection", connection, std::move(values));
    }
}

Task<> say_problem(Ctx& ctx, Id connection, std::string problem, bool needs_attention) {
    const auto now = co_await standing_of(ctx, connection);
    if (!now) {
        co_return;
    }
    const bool is_told = now->problem == problem && now->was_checked_today &&
                         (!needs_attention || now->state == "needs_attention");
    if (!is_told) {
        const std::string at = format_time(ctx.now);
        Values values{{"problem", problem}, {"problem_at", at}, {"checked_at", at}};
        if (needs_attention) {
            values.set("state", "needs_attention");
        }
        co_await ctx.update("connection", connection, std::move(values));
    }
}

void declare_connection_routes(App& app) {
    app.route("POST", "/connections", create_connection)
        .needs("connections.create")
        .in("connections")
        .called("createConnection")
        .takes(new_fields)
        .gives(201, "ConnectionMade");
}

}  // namespace ponte::connections
