#include "modules/accounts/account.hpp"

#include "kernel/rights.hpp"
#include "kernel/services.hpp"
#include "modules/accounts/role.hpp"

namespace ponte::accounts {
namespace {

struct AccountRow {
    Id id, tenant_id;
    std::string name, email, role, language, tenant_name, slug, timezone, locale, currency;
    std::optional<Id> team_id, photo_id, logo_id;
    Json preferences, permissions;
    std::int64_t version = 0, tenant_version = 0;
};
FIELDS(AccountRow, id, tenant_id, name, email, role, language, tenant_name, slug, timezone, locale,
       currency, team_id, photo_id, logo_id, preferences, permissions, version, tenant_version);

const std::string account_sql =
    "select u.id, u.tenant_id, u.name, u.email, u.role, u.team_id, u.photo_id, t.logo_id, "
    "u.preferences, u.version, " +
    std::string(stored_rights_sql) +
    " as permissions, "
    "coalesce(u.language, t.locale) as language, t.name as tenant_name, t.slug, t.timezone, "
    "t.locale, t.currency, t.version as tenant_version "
    "from users u join tenants t on t.tenant_id = u.tenant_id "
    "join roles r on r.tenant_id = u.tenant_id and r.name = u.role "
    "where u.tenant_id = $1 and u.id = $2";

}  // namespace

db::Statement account_statement(const Member& member) {
    return {account_sql, {member.tenant, member.user}};
}

Json account_json(Services& services, const db::Rows& rows) {
    if (rows.empty()) {
        throw unauthenticated("session_revoked");
    }
    const auto row = db::read_row<AccountRow>(rows, 0);
    Json user = Json::object(
        {{"id", row.id},
         {"name", row.name},
         {"email", row.email},
         {"role", row.role},
         {"teamId", row.team_id ? Json(*row.team_id) : Json{}},
         {"photoId", row.photo_id ? Json(*row.photo_id) : Json{}},
         {"language", row.language},
         {"preferences", row.preferences},
         {"permissions", shown_permissions(services, services.rights().of(row.permissions))},
         {"version", row.version}});
    Json tenant = Json::object({{"id", row.tenant_id},
                                {"name", row.tenant_name},
                                {"slug", row.slug},
                                {"timezone", row.timezone},
                                {"locale", row.locale},
                                {"currency", row.currency},
                                {"logoId", row.logo_id ? Json(*row.logo_id) : Json{}},
                                {"version", row.tenant_version}});
    return Json::object({{"user", std::move(user)}, {"tenant", std::move(tenant)}});
}

}  // namespace ponte::accounts
