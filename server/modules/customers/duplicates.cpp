// Who has this phone, e-mail or document already? Forms ask while somebody types, so what is no
// valid value yet simply leads to nobody.
#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/records.hpp"
#include "modules/customers/contact_points.hpp"
#include "modules/customers/contact_routes.hpp"
#include "modules/customers/reach.hpp"
#include "modules/customers/settings.hpp"

namespace ponte::customers {
namespace {

constexpr int most_matches = 20;

struct MatchRow {
    Id id;
    std::string name;
    std::optional<std::string> email, phone;
    std::string reason;
};
FIELDS(MatchRow, id, name, email, phone, reason);

Json or_null(const std::optional<std::string>& value) { return value ? Json(*value) : Json{}; }

Json shown(const MatchRow& row) {
    return Json::object({{"id", row.id},
                         {"name", row.name},
                         {"email", or_null(row.email)},
                         {"phone", or_null(row.phone)},
                         {"reason", row.reason}});
}

// A contact that has both phone and e-mail is one match, for the first reason.
Json shown_once_each(const db::Rows& rows) {
    Json data = Json::array();
    std::vector<Id> seen;
    for (int i = 0; i < rows.size(); ++i) {
        const auto row = db::read_row<MatchRow>(rows, i);
        if (std::find(seen.begin(), seen.end(), row.id) == seen.end()) {
            seen.push_back(row.id);
            data.push(shown(row));
        }
    }
    return data;
}

Task<Json> matches(Ctx& ctx, const std::vector<MatchKey>& keys, Id except) {
    const KeyColumns columns(keys);
    records::Sql sql;
    sql.add(ctx.who.tenant);
    sql.add(columns.kinds);
    sql.add(columns.keys);
    sql.add(except);
    const std::string within = and_in_reach(ctx, sql);
    const db::Rows rows = co_await ctx.tx.query(
        "select t.id, t.name, t.email, t.phone, p.kind as reason "
        "from unnest($2::text[], $3::text[]) with ordinality as x(kind, match_key, place) "
        "join contact_points p on p.tenant_id = $1 and p.kind = x.kind "
        "and p.match_key = x.match_key "
        "join contacts t on t.tenant_id = p.tenant_id and t.id = p.contact_id "
        "and t.deleted_at is null and t.id <> $4::uuid" +
            within + " order by x.place, t.created_at, t.id limit " + std::to_string(most_matches),
        std::move(sql.params));
    co_return shown_once_each(rows);
}

Task<http::Response> find_duplicates(Ctx& ctx, const http::Request&) {
    std::vector<MatchKey> keys;
    for (const Type type : {Type::phone, Type::email, Type::document}) {
        const std::string kind(type_name(type));
        const bool is_no_matter = co_await may_share(ctx, kind);
        if (!is_no_matter) {
            add_key(keys, type, ctx.asked.text(kind).value_or(""));
        }
    }
    const Id except = ctx.asked.id("except_id").value_or(Id{});
    Json data = Json::array();
    if (!keys.empty()) {
        data = co_await matches(ctx, keys, except);
    }
    co_return reply(200, Json::object({{"data", std::move(data)}}));
}

constexpr Field duplicate_parameters[] = {
    text("phone"),
    text("email"),
    text("document"),
    text("except_id"),
};

}  // namespace

void declare_duplicates_route(App& app) {
    app.route("GET", "/contacts/duplicates", find_duplicates)
        .needs("contacts.read")
        .in("contacts")
        .called("findContactDuplicates")
        .asks(duplicate_parameters)
        .gives(200, "DuplicateMatches");
}

}  // namespace ponte::customers
