#include "modules/accounts/role.hpp"

#include <algorithm>

#include "kernel/records.hpp"
#include "kernel/rights.hpp"

namespace ponte::accounts {
namespace {

// Names are words of programs: they stand in tables, filters and conditions.
void check_role(const Values& values, Problems& problems) {
    const Json* name = values.find("name");
    if (!name || name->is_null()) {
        return;
    }
    const std::string& text = name->as_string();
    const bool starts_well = !text.empty() && text[0] >= 'a' && text[0] <= 'z';
    if (!starts_well || !is_snake(text)) {
        problems.push_back({"name", "format", Json::object(), {}});
    }
}

void check_rights(Ctx& ctx, Change& change) {
    if (change.before["isBuiltIn"].as_bool()) {
        throw conflict("role.built_in");
    }
    const auto require_all_of = [&](const Json& stored) {
        if (!ctx.who.is_system && !ctx.who.permissions.covers(Permissions::from_json(stored))) {
            throw forbidden();
        }
    };
    if (!change.before.is_null()) {
        require_all_of(change.before["permissions"]);
    }
    if (const Json* given = change.values.find("permissions")) {
        Problems problems;
        Json stored = stored_permissions(ctx.services, *given, problems);
        if (!problems.empty()) {
            throw invalid(std::move(problems));
        }
        require_all_of(stored);
        change.values.set("permissions", std::move(stored));
    }
}

Task<> before_role(Ctx& ctx, Changes& changes) {
    for (Change& change : changes.records) {
        check_rights(ctx, change);
    }
    co_return;
}

constexpr Field role_fields[] = {
    text("name").required().length(2, 40).unique().immutable(),
    text("label").required().length(2, 80),
    json("permissions").required(),
    boolean("is_built_in").starts_as("false").read_only().not_sortable(),
};

}  // namespace

constexpr Entity role_entity{
    .name = "role",
    .table = "roles",
    .title = "label",
    .fields = role_fields,
    .default_sort = "name",
    .rights = "supervisor: read | agent: read | sales: read",
    .can_be_deleted = false,
    .is_in_menu = false,
    .check = check_role,
    .before_write = before_role,
};
static_assert(valid(role_entity));

Json shown_permissions(Services& services, const Permissions& permissions) {
    const Json stored = permissions.to_json();
    Json shown = Json::object();
    for (const auto& [name, rights] : stored.members()) {
        const Rights::Resource* resource = services.rights().find(name);
        shown.set(resource ? resource->entity : name, rights);
    }
    return shown;
}

Json stored_permissions(Services& services, const Json& given, Problems& problems) {
    const Rights& known_rights = services.rights();
    const auto wrong = [&](std::string field, const char* code) {
        problems.push_back({"permissions" + field, code, Json::object(), {}});
    };
    if (!given.is_object()) {
        wrong("", "type");
    }
    // Each may be named in two ways; whoever names more names something that there is not.
    if (given.members().size() > 2 * known_rights.resources().size()) {
        wrong("", "too_many");
        return {};
    }
    Json stored = Json::object();
    for (const auto& [name, rights] : given.members()) {
        const Rights::Resource* resource = known_rights.find(name);
        if (!resource) {
            wrong("." + name, "unknown");
            continue;
        }
        const auto& known = resource->actions;
        if (rights.members().size() > known.size()) {
            wrong("." + name, "too_many");
            continue;
        }
        Json actions = Json::object();
        for (const auto& [action, reach] : rights.members()) {
            if (std::find(known.begin(), known.end(), action) == known.end()) {
                wrong("." + name + "." + action, "unknown");
            } else if (!parse_reach(reach.as_string())) {
                wrong("." + name + "." + action, "not_an_option");
            } else {
                actions.set(action, reach);
            }
        }
        stored.set(resource->name, std::move(actions));
    }
    return stored;
}

Task<> require_covering(Ctx& ctx, std::vector<std::string> role_names) {
    if (ctx.who.is_system) {
        co_return;
    }
    db::Params params{role_names};
    const db::Rows rows = co_await ctx.tx.query(
        "select " + std::string(stored_rights_sql) +
            " from roles r where r.tenant_id = current_tenant() and r.name = any ($1)",
        std::move(params));
    for (int i = 0; i < rows.size(); ++i) {
        const Json stored = db::read_row<Json>(rows, i);
        if (!ctx.who.permissions.covers(ctx.services.rights().of(stored))) {
            throw forbidden();
        }
    }
}

}  // namespace ponte::accounts
