#include "kernel/events/bulk.hpp"

#include "kernel/values.hpp"

namespace ponte::events {

// Counted in the log itself: whoever writes records in bulk cannot forget one, or tell of one that
// the database refused.
void queue_bulk_events(Ctx& ctx) {
    // bulk: the event of the batch, made of the events of its records
    constexpr const char* sql =
        "insert into events (tenant_id, name, entity, operation_id, at, actor_id, request_id, "
        "key_id, changes, is_passing) select current_tenant(), entity || '.bulk', entity, "
        "$1::uuid, $2::timestamptz, $3::uuid, $4, $5::uuid, "
        "jsonb_build_object('count', sum(n), 'events', jsonb_object_agg(name, n)), "
        "bool_and(is_passing) "
        "from (select entity, name, count(*) as n, bool_and(is_passing) as is_passing from events "
        "where is_quiet and transaction = pg_current_xact_id() "
        "and sequence >= log_from(pg_current_xact_id()) and tenant_id = current_tenant() "
        "and operation_id is not distinct from $1::uuid group by entity, name) by_name group by "
        "entity";
    db::Params params{ctx.operation, format_time(ctx.now),
                      ctx.who.user.is_nil() ? std::optional<Id>{} : std::optional<Id>(ctx.who.user),
                      ctx.request_id.empty() ? db::Param() : db::Param(ctx.request_id),
                      ctx.who.key_id()};
    ctx.tx.queue(sql, std::move(params));
    ctx.wrote_events = true;
}

bool is_bulk(const Event& event) { return event.operation && event.name.ends_with(bulk_past); }

const Json& bulk_counts(const Event& event) {
    static const Json nothing;
    return is_bulk(event) ? event.changes["events"] : nothing;
}

}  // namespace ponte::events
