#include "modules/customers/contact_points.hpp"

#include "kernel/records.hpp"

namespace ponte::customers {
namespace {

// `+5511…` in a query string arrives with a blank for the plus.
std::string with_plus(std::string_view typed) {
    const bool is_blank_for_plus =
        typed.size() > 10 && typed[0] == ' ' && typed[1] >= '1' && typed[1] <= '9';
    return (is_blank_for_plus ? "+" : "") + std::string(typed.substr(is_blank_for_plus ? 1 : 0));
}

}  // namespace

void add_key(std::vector<MatchKey>& keys, Type type, std::string_view typed) {
    const bool has_plus = field_type(type).marks == Marks::left_out_with_country;
    const std::string text = has_plus ? with_plus(typed) : std::string(typed);
    const Canonical found = canonical(type, Json(text), Locale{});
    if (!found.ok() || !found.value.is_string()) {
        return;
    }
    std::string key = match_key(type, found.value.as_string());
    if (!key.empty()) {
        keys.push_back({std::string(type_name(type)), std::move(key)});
    }
}

KeyColumns::KeyColumns(const std::vector<MatchKey>& from) {
    for (const MatchKey& key : from) {
        kinds.push_back(key.kind);
        keys.push_back(key.key);
    }
}

void queue_lock(Ctx& ctx, const std::vector<MatchKey>& keys) {
    std::vector<std::string> names;
    for (const MatchKey& key : keys) {
        names.push_back(key.kind + ':' + key.key);
    }
    // Always in the same order, so that two who lock several never wait for each other.
    ctx.tx.queue(
        "select pg_advisory_xact_lock(hashtextextended(current_tenant()::text || name, 0)) "
        "from (select name from unnest($1::text[]) as name order by name) names",
        {names});
}

Task<std::optional<Id>> find_by_keys(Ctx& ctx, const std::vector<MatchKey>& keys) {
    if (keys.empty()) {
        co_return std::nullopt;
    }
    const KeyColumns columns(keys);
    const auto found = co_await ctx.tx.maybe<Id>(
        "select c.id from unnest($1::text[], $2::text[]) with ordinality as x(kind, match_key, "
        "place) "
        "join contact_points p on p.tenant_id = current_tenant() and p.kind = x.kind "
        "and p.match_key = x.match_key "
        "join contacts c on c.tenant_id = p.tenant_id and c.id = p.contact_id "
        "and c.deleted_at is null "
        "order by x.place, c.created_at, c.id limit 1",
        columns.kinds, columns.keys);
    co_return found;
}

}  // namespace ponte::customers
