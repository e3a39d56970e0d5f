#include "kernel/people/standing.hpp"

#include "kernel/people.hpp"
#include "kernel/rights.hpp"
#include "kernel/services.hpp"

namespace ponte {
namespace {

struct StandingRow {
    std::string name, role, timezone;
    std::optional<Id> team_id;
    Json permissions;
    std::optional<std::string> key_name;
    std::vector<std::string> scopes;
};
FIELDS(StandingRow, name, role, timezone, team_id, permissions, key_name, scopes);

struct CompanyRow {
    std::string locale, timezone;
};
FIELDS(CompanyRow, locale, timezone);

}  // namespace

Task<bool> act_as_user(Ctx& ctx, std::optional<Id> user, std::optional<Id> key) {
    ctx.who.user = user.value_or(Id{});
    ctx.who.is_system = !user;
    ctx.who.permissions = {};
    ctx.who.key.reset();
    if (!user) {
        co_return true;
    }
    const auto row = co_await ctx.tx.maybe<StandingRow>(ctx.services.people().standing, *user, key);
    if (!row || (key && !row->key_name)) {
        co_return false;
    }
    ctx.who.name = row->name;
    ctx.who.role = row->role;
    ctx.who.timezone = row->timezone;
    ctx.who.team = row->team_id;
    ctx.who.permissions = ctx.services.rights().of(row->permissions);
    if (key) {
        ctx.who.key = ActingKey{*key, *row->key_name};
        ctx.who.permissions = ctx.who.permissions.within(row->scopes);
    }
    co_return true;
}

Task<> act_as_company(Ctx& ctx) {
    ctx.who.user = {};
    ctx.who.is_system = true;
    ctx.who.permissions = {};
    const auto row = co_await ctx.tx.maybe<CompanyRow>(ctx.services.people().company);
    if (row) {
        ctx.language = parse_language(row->locale);
        ctx.who.language = row->locale;
        ctx.who.timezone = row->timezone;
    }
}

}  // namespace ponte
