#include "modules/accounts/tenant.hpp"

#include "kernel/app.hpp"
#include "kernel/files.hpp"
#include "kernel/records.hpp"
#include "modules/accounts/input.hpp"

namespace ponte::accounts {
namespace {

struct TenantRow {
    Id id;
    std::string name, slug, timezone, locale, currency;
    std::optional<Id> logo_id;
    std::int64_t version = 1;
};
FIELDS(TenantRow, id, name, slug, timezone, locale, currency, logo_id, version);

constexpr std::string_view tenant_sql =
    "select id, name, slug, timezone, locale, currency, logo_id, version from tenants "
    "where tenant_id = $1";

Json shown(const TenantRow& row) {
    return Json::object({{"id", row.id},
                         {"name", row.name},
                         {"slug", row.slug},
                         {"timezone", row.timezone},
                         {"locale", row.locale},
                         {"currency", row.currency},
                         {"logoId", row.logo_id ? Json(*row.logo_id) : Json{}},
                         {"version", row.version}});
}

Task<http::Response> show_tenant(Ctx& ctx, const http::Request&) {
    const auto row = co_await ctx.tx.one<TenantRow>(std::string(tenant_sql), ctx.who.tenant);
    co_return versioned_reply(200, shown(row), row.version);
}

constexpr Field tenant_fields[] = {
    text("name").length(2, 255),
    text("timezone").up_to(64),
    choice("locale", "pt-BR | en"),
    text("currency").length(3, 3),
    file("logo_id").accepts("image").up_to_mb(5),
};
constexpr const Field& logo_field = tenant_fields[4];

void check_tenant(const Values& values) {
    Problems problems;
    for (const auto& [name, value] : values.list) {
        const std::string field = camel_case(name);
        if (name == logo_field.name) {
            continue;  // a company may have none
        }
        if (value.is_null()) {
            problems.push_back({field, "required", Json::object(), {}});
        } else if (name == "timezone" && !is_timezone(value.as_string())) {
            problems.push_back({field, "unknown_timezone", Json::object(), {}});
        } else if (name == "currency" && value.as_string().find_first_not_of(
                                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos) {
            problems.push_back({field, "format", Json::object(), {}});
        }
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
}

Json changes_between(const Json& before, const Values& values) {
    Json changes = Json::object();
    for (const auto& [name, value] : values.list) {
        const std::string field = camel_case(name);
        if (before[field] != value) {
            changes.set(field, Json::object({{"from", before[field]}, {"to", value}}));
        }
    }
    return changes;
}

// The new one is the company's, and the old one nobody's: nothing brings it back.
Task<> take_logo(Ctx& ctx, const Values& values, std::optional<Id> old) {
    const auto logo = values.id(logo_field.name);
    if (!values.find(logo_field.name) || logo == old) {
        co_return;
    }
    if (logo) {
        const std::vector<files::Taking> wanted{
            {*logo, ctx.who.tenant, std::string(logo_field.name), "logoId", &logo_field}};
        co_await files::take(ctx, "tenant", wanted);
    }
    if (old) {
        std::vector<Id> former{*old};
        files::let_go(ctx, "tenant", std::move(former));
    }
}

Task<http::Response> change_tenant(Ctx& ctx, const http::Request& request) {
    const Values values = read_input(tenant_fields, body_object(request), ctx);
    const auto expected = expected_version(request);
    check_tenant(values);
    const auto old = co_await ctx.tx.one<TenantRow>(std::string(tenant_sql) + " for no key update",
                                                    ctx.who.tenant);
    if (expected && *expected != old.version) {
        throw version_mismatch();
    }
    const Json before = shown(old);
    const Json changes = changes_between(before, values);
    if (changes.members().empty()) {
        co_return versioned_reply(200, before, old.version);
    }
    co_await take_logo(ctx, values, old.logo_id);
    const auto logo = values.id(logo_field.name);
    const auto given = [&](std::string_view name) {
        return values.find(name) ? db::Param(text_of(values, name)) : db::Param();
    };
    ctx.tx.queue(
        "update tenants set name = coalesce($2, name), timezone = coalesce($3, timezone), "
        "locale = coalesce($4, locale), currency = coalesce($5, currency), "
        "logo_id = case when $6::boolean then $7::uuid else logo_id end, "
        "updated_at = now(), version = version + 1 where tenant_id = $1",
        {ctx.who.tenant, given("name"), given("timezone"), given("locale"), given("currency"),
         values.find(logo_field.name) != nullptr, logo ? db::Param(*logo) : db::Param()});
    ctx.emit("tenant.updated", ctx.who.tenant, changes);
    db::Params params{ctx.who.tenant};
    const db::Rows rows = co_await ctx.tx.commit_with(std::string(tenant_sql), std::move(params));
    const auto now = db::read_row<TenantRow>(rows, 0);
    co_return versioned_reply(200, shown(now), now.version);
}

}  // namespace

void declare_tenant_routes(App& app) {
    app.resource("tenant", "supervisor: read | agent: read | sales: read");
    app.route("GET", "/tenant", show_tenant).in("tenant").gives(200, "Tenant");
    app.route("PATCH", "/tenant", change_tenant)
        .needs("tenant.update")
        .in("tenant")
        .takes(tenant_fields)
        .reading_itself()
        .versioned()
        .gives(200, "Tenant");
}

}  // namespace ponte::accounts
