#include "kernel/work/taking_back.hpp"

#include "kernel/db/by_bytes.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/services.hpp"

namespace ponte::work {

using records::Kind;
using records::Locked;

Task<std::vector<Id>> touched_by(Ctx& ctx, Touched touched) {
    const Id after = touched.after.value_or(Id{});
    auto ids = co_await ctx.tx.all<Id>(
        "select distinct entity_id from events where tenant_id = current_tenant() "
        "and operation_id = $1::uuid and version > 1 and name = $2 and entity_id > $3::uuid "
        "and sequence >= log_since($5::timestamptz) order by entity_id limit $4",
        touched.work, std::move(touched.event), after, touched.most, std::move(touched.since));
    co_await ctx.tx.commit();
    co_return ids;
}

Task<std::vector<Id>> that_fit(Ctx& ctx, const Kind& kind, const Row& row, std::vector<Id> ids) {
    const Entity& entity = *kind.entity;
    const std::string record = entity.has_custom_fields ? db::bytes_sql("r.custom") : "0";
    const std::string past = "coalesce((select sum(" + db::bytes_sql("e.changes") +
                             ") from events e where $4 and e.tenant_id = current_tenant() "
                             "and e.entity = $2 and e.entity_id = i.id "
                             "and e.at >= $3::timestamptz "
                             "and e.sequence >= log_since($3::timestamptz)), 0)";
    const std::string rows = "select i.id, i.place, " + record + " + " + past +
                             " as bytes from unnest($1::uuid[]) with ordinality i(id, place) "
                             "left join " +
                             std::string(entity.table) +
                             " r on r.tenant_id = current_tenant() and r.id = i.id";
    auto fitting =
        co_await ctx.tx.all<Id>("select t.id" + db::from_until_full(rows, "t.bytes", "t.place"),
                                std::move(ids), row.entity, row.created_at, row.state == "undoing");
    co_await ctx.tx.commit();
    co_return fitting;
}

Task<std::vector<Kept>> put_back_all(Ctx& ctx, const Kind& kind, TakingBack how,
                                     std::vector<Id> ids, Row& row) {
    std::vector<Locked> locked = co_await records::lock_many(ctx, kind, ids, "update");
    const auto past = co_await records::histories(ctx, kind, std::move(how.undone), std::move(ids));
    const auto facts = co_await ctx.services.entities().facts(ctx);
    const Kind& seen = ctx.services.entities().seen(kind, ctx.who);
    const Locale locale = records::locale_of(ctx);
    std::vector<Kept> kept;
    Changes changes(ctx, kind, Verb::update);
    for (Locked& before : locked) {
        const auto history = past.find(before.id);
        if (!before.is_permitted) {
            kept.push_back({before.id, "changed", {}});
        } else if (history != past.end() && (how.from_bin || !before.is_deleted)) {
            auto back =
                records::put_back(seen, *facts, before, history->second, locale, how.reclaim);
            if (!back.is_complete) {
                kept.push_back({before.id, "changed", std::move(back.kept)});
            }
            changes.records.push_back(
                records::change_of(kind, std::move(before), std::move(back.values)));
        }
    }
    co_await records::write(ctx, changes);
    row.undone += static_cast<std::int64_t>(changes.records.size());
    row.kept += static_cast<std::int64_t>(kept.size());
    co_return kept;
}

}  // namespace ponte::work
