// The roles as screens and integrations see them. Reading is open to everybody of the company: who
// may do what is no secret among colleagues.
#include "kernel/records.hpp"
#include "kernel/rights.hpp"
#include "modules/accounts/role.hpp"

namespace ponte::accounts {
namespace {

struct RoleRow {
    Id id;
    std::string name, label;
    Json permissions;
    bool is_built_in = false;
    std::int64_t version = 0, users = 0;
};
FIELDS(RoleRow, id, name, label, permissions, is_built_in, version, users);

constexpr const char* told_beside = "users";

const std::string roles_sql =
    "select r.id, r.name, r.label, " + std::string(stored_rights_sql) +
    " as permissions, r.is_built_in, r.version, "
    "(select count(*) from users u where u.tenant_id = r.tenant_id and u.role = r.name) as users "
    "from roles r where r.tenant_id = current_tenant() and r.deleted_at is null ";

Json shown(Ctx& ctx, const RoleRow& role) {
    // Built-in roles speak the reader's language; others say what their author wrote.
    const std::string word = "role." + role.name;
    const bool has_word = role.is_built_in && Words::all().has(word);
    return Json::object({{"id", role.id},
                         {"name", role.name},
                         {"label", has_word ? Json(ctx.word(word)) : Json(role.label)},
                         {"permissions", shown_permissions(ctx.services, ctx.services.rights().of(
                                                                             role.permissions))},
                         {"isBuiltIn", role.is_built_in},
                         {told_beside, role.users},
                         {"version", role.version}});
}

std::string action_word(const Rights::Resource& resource, const std::string& action) {
    return is_verb(action) ? "right." + action : resource.entity + ".action." + action;
}

// What there is to allow, as the matrix of a role shows it.
Json resources_json(const Ctx& ctx) {
    Json out = Json::array();
    for (const Rights::Resource& resource : ctx.services.rights().resources()) {
        Json actions = Json::array();
        for (const std::string& action : resource.actions) {
            const std::string word = action_word(resource, action);
            actions.push(Json::object({{"name", action}, {"label", ctx.word(word)}}));
        }
        const bool is_single = resource.name == resource.entity;
        const std::string word = resource.entity + (is_single ? "" : ".plural");
        out.push(Json::object({{"name", resource.entity},
                               {"resource", resource.name},
                               {"label", ctx.word(word)},
                               {"actions", std::move(actions)}}));
    }
    return out;
}

Task<http::Response> list_roles(Ctx& ctx, const http::Request&) {
    const auto rows =
        co_await ctx.tx.all<RoleRow>(roles_sql + "order by r.is_built_in desc, r.created_at, r.id");
    Json data = Json::array();
    for (const RoleRow& role : rows) {
        data.push(shown(ctx, role));
    }
    co_return reply(200,
                    Json::object({{"data", std::move(data)}, {"resources", resources_json(ctx)}}));
}

// A role is addressed by its id or, as in everything else that names one, by its name.
Task<RoleRow> role_in(Ctx& ctx, const http::Request& request) {
    const auto found = co_await ctx.tx.maybe<RoleRow>(
        roles_sql + "and (r.id::text = $1 or r.name = $1)", std::string(request.param("id")));
    if (!found) {
        throw not_found("role");
    }
    co_return *found;
}

Task<http::Response> show_role(Ctx& ctx, const http::Request& request) {
    const RoleRow role = co_await role_in(ctx, request);
    co_return versioned_reply(200, shown(ctx, role), role.version);
}

// What a role's reader is told beside its fields may come back with them.
Json body_of_role(const http::Request& request) {
    Json body = body_object(request);
    body.erase(told_beside);
    return body;
}

Task<http::Response> create_role(Ctx& ctx, const http::Request& request) {
    const auto& kind = ctx.services.entities().get("role");
    const Json body = body_of_role(request);
    Values values = co_await records::accept(ctx, kind, body, records::Mode::create);
    const Id id = co_await records::insert(ctx, kind, std::move(values));
    const auto role = co_await ctx.tx.one<RoleRow>(roles_sql + "and r.id = $1", id);
    http::Response response = versioned_reply(201, shown(ctx, role), role.version);
    response.with("Location", "/api/v1/roles/" + id.text());
    co_return response;
}

Task<http::Response> change_role(Ctx& ctx, const http::Request& request) {
    const auto& kind = ctx.services.entities().get("role");
    const Json body = body_of_role(request);
    const auto expected = expected_version(request);
    const auto mode = records::mode_of(request);
    const RoleRow named = co_await role_in(ctx, request);
    Values values = co_await records::accept(ctx, kind, body, mode);
    const auto before = co_await records::lock(ctx, kind, named.id, "update", expected);
    co_await records::change(ctx, kind, before, std::move(values));
    const auto role = co_await ctx.tx.one<RoleRow>(roles_sql + "and r.id = $1", named.id);
    co_return versioned_reply(200, shown(ctx, role), role.version);
}

}  // namespace

void declare_role_routes(App& app) {
    const std::span<const Field> fields = role_entity.fields;
    app.route("GET", "/roles", list_roles).in("roles").gives(200, "RoleList");
    app.route("POST", "/roles", create_role)
        .needs("roles.create")
        .in("roles")
        .takes(fields)
        .reading_itself()
        .gives(201, "Role");
    app.route("GET", "/roles/{id}", show_role).in("roles").gives(200, "Role");
    app.route("PATCH", "/roles/{id}", change_role)
        .needs("roles.update")
        .in("roles")
        .takes(fields)
        .reading_itself()
        .gives(200, "Role");
    app.route("PUT", "/roles/{id}", change_role)
        .needs("roles.update")
        .in("roles")
        .takes(fields)
        .reading_itself()
        .gives(200, "Role");
}

}  // namespace ponte::accounts
