// The settings of modules as screens and integrations see them: what there is to decide, and each
// module's as one record with a version.
#include "kernel/app.hpp"
#include "kernel/entities/meta.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/record.hpp"
#include "kernel/records/sealed.hpp"
#include "kernel/records/write.hpp"
#include "kernel/services.hpp"
#include "kernel/settings/module_settings.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte {
namespace {

using Module = ModuleSettings::Module;

struct SettingsRow {
    Id id;
    Json values;
    std::int64_t version = 1;
};
FIELDS(SettingsRow, id, values, version);

const Module& module_of_route(const Ctx& ctx) {
    return *ctx.services.company_settings().find(ctx.route->action);
}

Json shown(const Module& module, const SettingsRow& row) {
    Json out = Json::object();
    for (const Field& field : module.entity.fields) {
        out.set(camel_case(field.name), records::shown(field.type, setting_in(row.values, field)));
    }
    out.set("version", row.version);
    return out;
}

Task<http::Response> list_settings(Ctx& ctx, const http::Request&) {
    Json data = Json::array();
    for (const auto& module : ctx.services.company_settings().all()) {
        Json fields = Json::array();
        for (const Field& field : module->entity.fields) {
            fields.push(records::field_meta(ctx, module->kind, field));
        }
        data.push(Json::object({{"module", module->name},
                                {"label", ctx.word(module->words)},
                                {"fields", std::move(fields)}}));
    }
    co_return reply(200, Json::object({{"data", std::move(data)}}));
}

Task<http::Response> show_settings(Ctx& ctx, const http::Request&) {
    const Module& module = module_of_route(ctx);
    const auto row = co_await ctx.tx.maybe<SettingsRow>(
        "select id, values, version from module_settings "
        "where tenant_id = current_tenant() and module = $1",
        module.name);
    const SettingsRow now = row.value_or(SettingsRow{});
    co_return versioned_reply(200, shown(module, now), now.version);
}

// What is given, canonical; null means the default. Throws 422 with every problem.
Values values_in(const Ctx& ctx, const Module& module, const Json& body) {
    Values values;
    Problems problems;
    for (const auto& [name, given] : body.members()) {
        const Field* field = module.kind.field_by_json(name);
        if (field && records::is_left_alone(*field, given)) {
            continue;
        }
        if (field) {
            values.set(field->name,
                       records::checked(*field, given, records::locale_of(ctx), problems));
        } else if (name != "version") {
            problems.push_back({name, "unknown", Json::object(), {}});
        }
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    return values;
}

Task<SettingsRow> lock_settings(Ctx& ctx, std::string module) {
    ctx.tx.queue("insert into module_settings (module) values ($1) on conflict do nothing",
                 {module});
    const auto row = co_await ctx.tx.one<SettingsRow>(
        "select id, values, version from module_settings "
        "where tenant_id = current_tenant() and module = $1 for no key update",
        std::move(module));
    co_return row;
}

// Takes the given values into the row; says what is different now. Nobody knows whether a secret is
// the one that was there.
Json take(const Ctx& ctx, const Module& module, const Values& values, SettingsRow& row) {
    const Json before = row.values;
    Json changes = Json::object();
    for (const auto& [name, value] : values.list) {
        const Field& field = *module.field(name);
        const bool is_sealed = field_type(field.type).is_sealed;
        if (value.is_null()) {
            row.values.erase(name);
        } else {
            const auto place = place_of_setting(module, field);
            row.values.set(
                name, is_sealed ? Json(records::sealed(ctx, place, value.as_string())) : value);
        }
        const Json from = records::shown(field.type, setting_in(before, field)),
                   to = records::shown(field.type, setting_in(row.values, field));
        if (from != to || (is_sealed && !to.is_null())) {
            changes.set(module.name + "." + camel_case(name),
                        Json::object({{"from", from}, {"to", to}}));
        }
    }
    return changes;
}

Task<http::Response> change_settings(Ctx& ctx, const http::Request& request) {
    const Module& module = module_of_route(ctx);
    const auto expected = expected_version(request);
    const Values values = values_in(ctx, module, body_object(request));
    SettingsRow row = co_await lock_settings(ctx, module.name);
    if (expected && *expected != row.version) {
        throw version_mismatch();
    }
    Json changes = take(ctx, module, values, row);
    if (!changes.members().empty()) {
        ++row.version;
        ctx.tx.queue(
            "update module_settings set values = $2::jsonb, version = $3, updated_at = $4 "
            "where tenant_id = current_tenant() and id = $1",
            {row.id, db::Param(row.values), row.version, format_time(ctx.now)});
        ctx.emit("settings.updated", row.id, std::move(changes));
    }
    co_await ctx.tx.commit();
    co_return versioned_reply(200, shown(module, row), row.version);
}

std::string component_of(std::string_view module) {
    std::string name = camel_case(module);
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name + "Settings";
}

}  // namespace

void declare_settings_routes(App& app, const ModuleSettings::Module& module) {
    const std::string path = "/settings/" + module.name, component = component_of(module.name);
    app.route("GET", path, show_settings)
        .needs("tenant.read")
        .in("settings")
        .called("get" + component)
        .gives(200, component)
        .action = module.name;
    app.route("PATCH", path, change_settings)
        .needs("tenant.update")
        .in("settings")
        .called("update" + component)
        .takes(module.entity.fields)
        .reading_itself()
        .versioned()
        .gives(200, component)
        .action = module.name;
}

void declare_settings_routes(App& app) {
    app.route("GET", "/settings", list_settings)
        .needs("tenant.read")
        .in("settings")
        .called("listSettings")
        .gives(200, "ModuleSettingsList");
}

}  // namespace ponte
