#include "kernel/audit/facts.hpp"

namespace ponte::audit {

void queue_fact(Ctx& ctx, std::string_view event, std::optional<Id> entity_id, Json details) {
    const std::optional<Id> actor =
        ctx.who.user.is_nil() ? std::optional<Id>{} : std::optional<Id>(ctx.who.user);
    ctx.tx.queue(
        "insert into audit_waiting (tenant_id, at, name, entity, entity_id, actor_id, key_id, "
        "origin, operation_id, details) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        {ctx.who.tenant, format_time(ctx.now), event, event.substr(0, event.find('.')), entity_id,
         actor, ctx.who.key_id(), ctx.origin, ctx.operation, db::Param(details)});
}

}  // namespace ponte::audit
