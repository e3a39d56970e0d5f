#include "kernel/records/bulk_events.hpp"

#include "kernel/values.hpp"

namespace ponte::records {

void BulkEvents::add(const Id& id, std::int64_t version, const std::optional<Id>& owner,
                     const Json& changes) {
    is_empty_ = false;
    ids_.add(id.text());
    versions_.add(std::to_string(version));
    owners_.add_cell(db::Param(owner));
    changes_.add(changes.dump());
}

void BulkEvents::queue(Ctx& ctx) && {
    if (is_empty_) {
        return;
    }
    const std::string name = std::string(kind_.entity->name) + "." + std::string(past_);
    const std::optional<Id> actor =
        ctx.who.user.is_nil() ? std::optional<Id>{} : std::optional<Id>(ctx.who.user);
    db::Param request;
    if (!ctx.request_id.empty()) {
        request = db::Param(ctx.request_id);
    }
    db::Params params{std::move(ids_).param(),
                      std::move(versions_).param(),
                      std::move(owners_).param(),
                      std::move(changes_).param(),
                      name,
                      kind_.entity->name,
                      format_time(ctx.now),
                      actor,
                      ctx.operation,
                      std::move(request)};
    ctx.tx.queue(
        "insert into events (tenant_id, name, entity, entity_id, version, at, actor_id, owner_id, "
        "operation_id, changes, request_id, is_quiet) "
        "select current_tenant(), $5, $6, x.id, x.version, $7::timestamptz, $8::uuid, x.owner, "
        "$9::uuid, x.changes, $10, true "
        "from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::jsonb[]) "
        "as x(id, version, owner, changes)",
        std::move(params));
    ctx.wrote_events = true;
    Event told;
    told.tenant = ctx.who.tenant;
    told.name = name;
    told.entity = kind_.entity->name;
    ctx.heed(told);
}

}  // namespace ponte::records
