#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/events/bulk.hpp"
#include "kernel/imports/import.hpp"
#include "kernel/imports/kept.hpp"
#include "kernel/imports/row_ids.hpp"
#include "kernel/imports/run.hpp"
#include "kernel/past/undo.hpp"

namespace ponte::imports {
namespace {

using records::Kind;
using records::Locked;
using records::Reclaim;

constexpr std::int64_t records_per_step = 1'000;

// A step of the undo in one transaction with its progress. False: there is nothing more to do.
Task<bool> take_step(Ctx& ctx, Id import_id, Task<bool> (*step)(Ctx&, const Kind&, Import&)) {
    auto found = co_await find_import(ctx, import_id, true);
    if (!found || found->state != "undoing") {
        co_await ctx.tx.rollback();
        co_return false;
    }
    const Kind* kind = ctx.app.entities().find(found->entity);
    if (!kind) {
        throw records::Hopeless{"entity_missing"};
    }
    ctx.now = now();
    ctx.operation = import_id;
    co_await act_as_asker(ctx, *found);
    const bool goes_on = co_await step(ctx, *kind, *found);
    ctx.tx.queue(
        "update imports set undo_after = $2, undone = $3, kept = $4, attempts = 0 "
        "where tenant_id = current_tenant() and id = $1",
        {import_id, found->undo_after, found->undone, found->kept});
    records::queue_job_progress(ctx);
    events::queue_bulk_events(ctx);
    co_await ctx.tx.commit();
    tell_progress(ctx, *found);
    co_return goes_on;
}

struct CreatedRow {
    Id id;
    bool is_deleted = false;
};
FIELDS(CreatedRow, id, is_deleted);

Task<> put_in_bin(Ctx& ctx, const Kind& kind, std::vector<Id> ids) {
    std::vector<Locked> locked = co_await records::lock_many(ctx, kind, std::move(ids));
    Changes changes(ctx, kind, Verb::remove);
    for (Locked& one : locked) {
        changes.records.push_back(records::change_of(kind, std::move(one)));
    }
    co_await records::write(ctx, changes);
}

std::vector<Kept> values_of(std::map<Id, Kept> kept) {
    std::vector<Kept> list;
    for (auto& [id, one] : kept) {
        list.push_back(std::move(one));
    }
    return list;
}

Task<bool> remove_created(Ctx& ctx, const Kind& kind, Import& import) {
    const Id after = import.undo_after.value_or(id_of_row(import.id, 0)),
             last = id_of_row(import.id, 0xFFFFFFFF);
    const std::string deleted = kind.entity->can_be_deleted ? "deleted_at is not null" : "true";
    const auto rows = co_await ctx.tx.all<CreatedRow>(
        "select id, " + deleted + " as is_deleted from " + std::string(kind.entity->table) +
            " where tenant_id = current_tenant() and id > $1 and "
            "id <= $2 order by id limit $3 for update",
        after, last, records_per_step);
    std::vector<Id> ids;
    for (const CreatedRow& row : rows) {
        if (is_of_import(row.id, import.id) && !row.is_deleted) {
            ids.push_back(row.id);
        }
    }
    std::map<Id, Kept> kept;
    if (!import.undo_reclaims && !ids.empty()) {
        kept = co_await find_kept(ctx, kind, import, ids);
    }
    std::vector<Id> doomed;
    for (const Id& id : ids) {
        if (!kept.contains(id)) {
            doomed.push_back(id);
        }
    }
    queue_kept(ctx, import, values_of(std::move(kept)));
    import.kept += static_cast<std::int64_t>(ids.size() - doomed.size());
    import.undone += static_cast<std::int64_t>(doomed.size());
    if (!doomed.empty()) {
        co_await put_in_bin(ctx, kind, std::move(doomed));
    }
    if (!rows.empty()) {
        import.undo_after = rows.back().id;
    }
    co_return static_cast<std::int64_t>(rows.size()) == records_per_step;
}

Task<bool> restore_updated(Ctx& ctx, const Kind& kind, Import& import) {
    const Id after = import.undo_after.value_or(Id{});
    auto ids = co_await ctx.tx.all<Id>(
        "select distinct entity_id from events where tenant_id = current_tenant() and operation_id "
        "= $1::uuid "
        "and version > 1 and name = $2 and entity_id > $3::uuid order by entity_id limit $4",
        import.id, std::string(kind.entity->name) + ".updated", after, records_per_step);
    if (ids.empty()) {
        co_return false;
    }
    import.undo_after = ids.back();
    std::erase_if(ids, [&](const Id& id) { return is_of_import(id, import.id); });
    records::Undone undone{import.id, import.created_at};
    std::vector<Locked> locked = co_await records::lock_many(ctx, kind, ids, "update");
    const auto past = co_await records::histories(ctx, kind, std::move(undone), ids);
    const auto facts = co_await ctx.app.entities().facts(ctx);
    const Kind& seen = ctx.app.entities().seen(kind, ctx.who);
    const Locale locale = records::locale_of(ctx);
    const auto reclaim = import.undo_reclaims ? Reclaim::touched_too : Reclaim::untouched;
    std::vector<Kept> kept;
    Changes changes(ctx, kind, Verb::update);
    for (Locked& before : locked) {
        const auto history = past.find(before.id);
        if (!before.is_permitted) {
            ++import.kept;
            kept.push_back({before.id, "changed", {}});
        } else if (!before.is_deleted && history != past.end()) {
            auto back = records::put_back(seen, *facts, before, history->second, locale, reclaim);
            if (!back.is_complete) {
                ++import.kept;
                kept.push_back({before.id, "changed", std::move(back.kept)});
            }
            changes.records.push_back(
                records::change_of(kind, std::move(before), std::move(back.values)));
        }
    }
    co_await records::write(ctx, changes);
    import.undone += static_cast<std::int64_t>(changes.records.size());
    queue_kept(ctx, import, kept);
    co_return true;
}

Task<> end_phase(Ctx& ctx, Id import_id, const char* sql) {
    ctx.tx.queue(std::string("update imports set ") + sql +
                     " where tenant_id = current_tenant() and id = $1 and state = 'undoing'",
                 {import_id});
    const auto import = co_await find_import(ctx, import_id, false);
    co_await ctx.tx.commit();
    if (import) {
        tell_progress(ctx, *import);
    }
}

Task<> undo(Ctx& ctx, Id import_id) {
    ctx.tx.use_slow_pool();
    const auto found = co_await find_import(ctx, import_id, false);
    co_await ctx.tx.commit();
    if (!found || found->state != "undoing") {
        co_return;
    }
    bool goes_on = found->undo_phase == "created";
    if (goes_on) {
        while (goes_on) {
            goes_on = co_await take_step(ctx, import_id, remove_created);
        }
        co_await end_phase(ctx, import_id, "undo_phase = 'updated', undo_after = null");
    }
    do {
        goes_on = co_await take_step(ctx, import_id, restore_updated);
    } while (goes_on);
    co_await end_phase(ctx, import_id, "state = 'undone', finished_at = now(), error = null");
}

}  // namespace

Task<> undo_import(Ctx& ctx, const UndoImport& args) {
    co_await attempt(ctx, args.import_id, undo);
}

}  // namespace ponte::imports
