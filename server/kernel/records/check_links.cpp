#include "kernel/records/check_links.hpp"

#include <map>
#include <unordered_set>

#include "kernel/lists/list.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

struct Pointing {
    std::string field;  // "contactId", "items.2.productId"
    Id id;
};
using ByTarget = std::map<const Kind*, std::vector<Pointing>>;

void note(ByTarget& found, const Link& link, std::string field, const Json& value,
          const Json& old) {
    const auto id = Id::parse(value.as_string());
    if (id && link.target && !(value == old)) {
        found[link.target].push_back({std::move(field), *id});
    }
}

bool is_plain(const Link& link, std::string_view part_of) {
    return link.field && field_type(link.field->type).target.empty() && link.field->name != part_of;
}

void note_parts(ByTarget& found, const Parts& parts, const Json& given, const Json& before) {
    static const Json none;
    const auto& items = given.items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Json* known = part_with(before, items[i]["id"].as_string());
        const Json& old = known ? *known : none;
        const std::string prefix = parts.json_name + "." + std::to_string(i) + ".";
        for (const Link& link : parts.kind->links) {
            if (is_plain(link, {})) {
                note(found, link, prefix + link.id_name, items[i][link.id_name], old[link.id_name]);
            }
        }
    }
}

ByTarget newly_pointed(const Kind& kind, const Values& values, const Json& before) {
    ByTarget found;
    for (const Link& link : kind.links) {
        const Json* value =
            is_plain(link, kind.entity->part_of) ? values.find(link.field->name) : nullptr;
        if (value) {
            note(found, link, link.id_name, *value, before[link.id_name]);
        }
    }
    for (const Parts& parts : kind.parts) {
        if (const Json* given = values.find(parts.field->name)) {
            note_parts(found, parts, *given, before[parts.json_name]);
        }
    }
    return found;
}

}  // namespace

Task<> check_links(Ctx& ctx, const Kind& kind, const Values& values, const Json* before,
                   Problems& problems) {
    const ByTarget pointed = newly_pointed(kind, values, before ? *before : Json{});
    for (const auto& [target, all] : pointed) {
        std::vector<Id> ids;
        for (const Pointing& one : all) {
            ids.push_back(one.id);
        }
        Sql sql;
        sql.add(ctx.who.tenant);
        std::string asked = "select t.id from " + std::string(target->entity->table) +
                            " t where t.tenant_id = $1::uuid and t.id = any (" +
                            sql.add(std::move(ids)) + "::uuid[])";
        if (target->entity->can_be_deleted) {
            asked += " and t.deleted_at is null";
        }
        if (const std::string reach = reach_sql(ctx, *target, "read", sql); !reach.empty()) {
            asked += " and " + reach;
        }
        const db::Rows rows = co_await ctx.tx.query(std::move(asked), std::move(sql.params));
        std::unordered_set<std::string_view> there;
        for (int i = 0; i < rows.size(); ++i) {
            there.insert(rows.text(i, 0));
        }
        for (const Pointing& one : all) {
            if (!there.contains(one.id.text())) {
                problems.push_back({one.field, "not_found", Json::object(), {}});
            }
        }
    }
}

}  // namespace ponte::records
