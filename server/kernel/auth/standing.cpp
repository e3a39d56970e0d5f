#include "kernel/auth/standing.hpp"

#include "kernel/app.hpp"
#include "kernel/rights.hpp"

namespace ponte::auth {
namespace {

struct StandingRow {
    std::string name, role, timezone;
    std::optional<Id> team_id;
    Json permissions;
};
FIELDS(StandingRow, name, role, timezone, team_id, permissions);

struct CompanyRow {
    std::string locale, timezone;
};
FIELDS(CompanyRow, locale, timezone);

}  // namespace

Task<bool> act_as_user(Ctx& ctx, std::optional<Id> user) {
    ctx.who.user = user.value_or(Id{});
    ctx.who.is_system = !user;
    ctx.who.permissions = {};
    if (!user) {
        co_return true;
    }
    const auto row = co_await ctx.tx.maybe<StandingRow>(
        "select u.name, u.role, t.timezone, u.team_id, " + std::string(stored_rights_sql) +
            " as permissions from users u "
            "join tenants t on t.id = u.tenant_id and t.status in ('active', 'trial') "
            "join roles r on r.tenant_id = u.tenant_id and r.name = u.role "
            "where u.tenant_id = current_tenant() and u.id = $1 and u.active and u.deleted_at is "
            "null",
        *user);
    if (!row) {
        co_return false;
    }
    ctx.who.name = row->name;
    ctx.who.role = row->role;
    ctx.who.timezone = row->timezone;
    ctx.who.team = row->team_id;
    ctx.who.permissions = ctx.app.rights().of(row->permissions);
    co_return true;
}

Task<> act_as_company(Ctx& ctx) {
    ctx.who.user = {};
    ctx.who.is_system = true;
    ctx.who.permissions = {};
    const auto row = co_await ctx.tx.maybe<CompanyRow>(
        "select locale, timezone from tenants where tenant_id = current_tenant()");
    if (row) {
        ctx.language = parse_language(row->locale);
        ctx.who.language = row->locale;
        ctx.who.timezone = row->timezone;
    }
}

}  // namespace ponte::auth
