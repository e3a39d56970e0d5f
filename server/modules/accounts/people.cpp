#include "modules/accounts/people.hpp"

#include <algorithm>
#include <array>

#include "kernel/events.hpp"
#include "kernel/rights.hpp"

namespace ponte::accounts {
namespace {

// Of `u`, their company `t` and their role `r`: nobody else may sign in.
const std::string with_standing =
    "join tenants t on t.id = u.tenant_id and t.status in ('active', 'trial') "
    "join roles r on r.tenant_id = u.tenant_id and r.name = u.role ";

const std::string permissions = std::string(stored_rights_sql) + " as permissions ";

std::string session_sql() {
    return "select u.name, u.email, u.role, u.team_id, coalesce(u.language, '') as language, "
           "t.timezone, coalesce(i.is_operator, false) as is_operator, " +
           permissions +
           "from sessions s "
           "join users u on u.tenant_id = s.tenant_id and u.id = s.user_id "
           "and u.active and u.deleted_at is null " +
           with_standing +
           "left join identities i on i.id = u.identity_id "
           "where s.tenant_id = $1 and s.id = $2 and s.user_id = $3 "
           "and s.revoked_at is null and s.expires_at > now()";
}

const std::string scopes =
    "(select array_agg(s.scope) from jsonb_array_elements_text(k.scopes) s(scope)) as scopes";

std::string key_sql() {
    return "select u.name, u.email, u.role, u.team_id, coalesce(u.language, '') as language, "
           "t.timezone, false as is_operator, u.id as user_id, k.id as key_id, "
           "k.name as key_name, k.requests_per_minute, "
           "(extract(epoch from k.expires_at) * 1000)::bigint as expires_at_ms, "
           "k.status <> 'active' as is_revoked, " +
           scopes + ", " + permissions +
           "from api_keys k join users u on u.tenant_id = k.tenant_id and u.id = k.created_by "
           "and u.active and u.deleted_at is null " +
           with_standing + "where k.tenant_id = $1 and k.digest = $2";
}

// When a key was last used is no change of it that anybody would look for in its history. At most
// once a minute and address by each process, and once a minute by all of them.
constexpr const char* key_use_sql =
    "with seen as (insert into api_key_addresses (tenant_id, key_id, address, seen_at) "
    "values ($1, $2, $3, $4::timestamptz) on conflict do nothing returning 1), "
    // bulk: the use of a key is no news
    "used as (update api_keys set last_used_at = $4::timestamptz, last_used_address = $3 "
    "where tenant_id = $1 and id = $2 and (last_used_at is null "
    "or last_used_at <= $4::timestamptz - interval '1 minute' "
    "or last_used_address is distinct from $3)) select 1 from seen";

std::string standing_sql() {
    return "select u.name, u.role, t.timezone, u.team_id, k.name as key_name, " + scopes + ", " +
           permissions + "from users u " + with_standing +
           "left join api_keys k on k.tenant_id = u.tenant_id and k.id = $2::uuid "
           "and k.created_by = u.id and k.status = 'active' "
           "and (k.expires_at is null or k.expires_at > now()) "
           "where u.tenant_id = current_tenant() and u.id = $1 and u.active "
           "and u.deleted_at is null";
}

std::string mates(const std::string& team) {
    return "select u.id from users u where u.tenant_id = $1 and u.team_id = " + team;
}

std::string name(const std::string& id) {
    return "select u.name from users u where u.tenant_id = $1::uuid and u.id = " + id;
}

std::string key_name(const std::string& id) {
    return "select k.name from api_keys k where k.tenant_id = $1::uuid and k.id = " + id;
}

bool concerns(std::string_view entity) {
    constexpr std::array<std::string_view, 5> entities = {"session", "user", "role", "tenant",
                                                          "api_key"};
    return std::find(entities.begin(), entities.end(), entity) != entities.end();
}

// A user's other name or language ends nothing, their other rights do.
bool changes_rights(const Event& event) {
    constexpr std::array<std::string_view, 3> telling = {"role", "active", "teamId"};
    return std::any_of(telling.begin(), telling.end(),
                       [&](std::string_view field) { return event.changes.find(field); });
}

Effect effect(const Event& event) {
    using On = Effect::On;
    if (event.name == "session.revoked") {
        return {On::session, true};
    }
    if (event.name == "api_key.updated") {
        return {On::key, false};
    }
    if (event.name == "user.updated") {
        return {On::user, changes_rights(event)};
    }
    if (event.name == "role.updated") {
        return {On::company, true};
    }
    if (event.name == "tenant.updated") {
        return {On::company, event.changes.find("status") != nullptr};
    }
    return {};
}

}  // namespace

const People& people() {
    static const People of_accounts{
        .session = session_sql(),
        .key = key_sql(),
        .key_use = key_use_sql,
        .standing = standing_sql(),
        .company = "select locale, timezone from tenants where tenant_id = current_tenant()",
        .companies = "select tenant_id, timezone from tenants where status in ('active', 'trial')",
        .letterhead =
            "select name, currency, logo_id from tenants where tenant_id = current_tenant()",
        .in_teams =
            "select id, team_id from users where tenant_id = current_tenant() "
            "and team_id is not null and deleted_at is null",
        .roles =
            "select name, label, is_built_in from roles "
            "where tenant_id = current_tenant() and deleted_at is null "
            "order by is_built_in desc, created_at, id",
        .reachable = "select u.id, u.name, u.email, coalesce(u.language, '') as language, " +
                     permissions + "from users u " + with_standing +
                     "where u.tenant_id = current_tenant() and u.active and u.deleted_at is null "
                     "and ($1::uuid[] is null or u.id = any ($1::uuid[])) order by u.id",
        .known =
            "select id from users where tenant_id = current_tenant() "
            "and id = any ($1::uuid[]) and deleted_at is null",
        .mates = mates,
        .name = name,
        .key_name = key_name,
        .concerns = concerns,
        .effect = effect,
    };
    return of_accounts;
}

}  // namespace ponte::accounts
