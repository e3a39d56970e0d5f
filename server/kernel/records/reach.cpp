#include <algorithm>

#include "kernel/entities/catalogue.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/people.hpp"
#include "kernel/services.hpp"

namespace ponte::records {

const Kind& whole_of(const Ctx& ctx, const Kind& part) {
    return ctx.services.entities().get(part.field(part.entity->part_of)->target);
}

// Of a record without an owner field, its author is the owner.
std::string own_reach_sql(const Ctx& ctx, const Kind& kind, std::string_view action, Sql& sql,
                          const std::string& alias) {
    const std::string author = alias + ".created_by";
    const std::string owner =
        kind.entity->owner.empty() ? author : alias + "." + std::string(kind.entity->owner);
    const auto mine = [&] {
        const std::string me = sql.add(ctx.who.user) + "::uuid";
        return "(" + owner + " = " + me + " or " + author + " = " + me + ")";
    };
    switch (ctx.reach(kind.resource, action)) {
        case Reach::all:
            return "";
        case Reach::none:
            return "false";
        case Reach::team:
            if (ctx.who.team) {
                return "(" + mine() + " or " + owner + " in (" +
                       ctx.services.people().mates(sql.add(*ctx.who.team) + "::uuid") + "))";
            }
            [[fallthrough]];
        case Reach::own:
            return mine();
    }
    return "false";
}

std::string whole_sql(const Ctx& ctx, const Kind& kind, Bin bin, Sql& sql,
                      const std::string& alias) {
    const Kind& whole = whole_of(ctx, kind);
    const std::string alive =
        bin == Bin::hidden && whole.entity->can_be_deleted ? " and w.deleted_at is null" : "";
    const std::string reach = own_reach_sql(ctx, whole, "read", sql, "w");
    return "exists (select from " + std::string(whole.entity->table) +
           " w where w.tenant_id = $1 and w.id = " + alias + "." +
           std::string(kind.entity->part_of) + alive + (reach.empty() ? "" : " and " + reach) + ")";
}

bool reads_all(const Ctx& ctx, const Kind& kind) {
    const auto all_of = [&](const Kind& one) {
        return ctx.reach(one.resource, "read") == Reach::all;
    };
    return all_of(kind) && (kind.entity->part_of.empty() || all_of(whole_of(ctx, kind)));
}

bool is_same_for_all(const Ctx& ctx, const Kind& kind) {
    return reads_all(ctx, kind) &&
           std::all_of(kind.links.begin(), kind.links.end(), [&](const Link& link) {
               return !link.target || reads_all(ctx, *link.target) ||
                      ctx.reach(link.target->resource, "read") == Reach::none;
           });
}

std::string reach_sql(const Ctx& ctx, const Kind& kind, std::string_view action, Sql& sql,
                      const std::string& alias, Bin bin) {
    const std::string own = own_reach_sql(ctx, kind, action, sql, alias);
    if (kind.entity->part_of.empty()) {
        return own;
    }
    const std::string whole = whole_sql(ctx, kind, bin, sql, alias);
    return own.empty() ? whole : own + " and " + whole;
}

}  // namespace ponte::records
