// The undo of a bulk: the records that its events name, by id, a batch a transaction.
#include "kernel/app.hpp"
#include "kernel/past/undo.hpp"
#include "kernel/records/bulk_events.hpp"
#include "kernel/work/attempts.hpp"
#include "kernel/work/batch.hpp"
#include "kernel/work/operations.hpp"

namespace ponte::records {
namespace {

void count_kept(Operation& operation) { ++operation.kept; }

Task<> put_back_records(Ctx& ctx, Running& running, const std::vector<Id>& ids) {
    Operation& operation = running.operation;
    const Kind& kind = *running.kind;
    Undone undone{operation.id, operation.created_at};
    const std::vector<Locked> locked = co_await lock_many(ctx, kind, ids, "update");
    auto past = co_await histories(ctx, kind, std::move(undone), ids);
    for (const Locked& before : locked) {
        PutBack done{false, false, {}};
        if (before.is_permitted) {
            done = co_await put_back(ctx, kind, before, past[before.id]);
        }
        operation.undone += done.is_changed;
        operation.kept += !done.is_complete;
    }
}

struct LastMove {
    Id entity_id;
    std::int64_t version = 0;
};
FIELDS(LastMove, entity_id, version);

// Out of the bin again, or back into it: only what nobody has touched since.
Task<> move_back(Ctx& ctx, Running& running, const std::vector<Id>& ids, bool deletes) {
    Operation& operation = running.operation;
    const Kind& kind = *running.kind;
    const std::vector<Locked> locked = co_await lock_many(ctx, kind, ids, "delete");
    const auto moves = co_await ctx.tx.all<LastMove>(
        "select entity_id, max(version) as version from events "
        "where tenant_id = current_tenant() and operation_id = $1 and version > 1 and entity = $2 "
        "and entity_id = any ($3::uuid[]) group by entity_id",
        operation.id, kind.entity->name, ids);
    std::map<Id, std::int64_t> version_of;
    for (const LastMove& move : moves) {
        version_of[move.entity_id] = move.version;
    }
    std::vector<Id> moved;
    BulkEvents events(kind, deletes ? "deleted" : "restored");
    for (const Locked& before : locked) {
        const bool is_untouched = before.version == version_of[before.id];
        if (is_untouched && before.is_deleted != deletes && before.is_permitted) {
            moved.push_back(before.id);
            const auto owner = owner_of(kind, before.record);
            events.add(before.id, before.version + 1, owner, Json::object());
        }
    }
    operation.undone += static_cast<std::int64_t>(moved.size());
    operation.kept += static_cast<std::int64_t>(ids.size() - moved.size());
    mark_many_deleted(ctx, kind, moved, deletes);
    std::move(events).queue(ctx);
}

Task<> take_from_bin(Ctx& ctx, Running& running, const std::vector<Id>& ids) {
    co_await move_back(ctx, running, ids, false);
}

Task<> put_in_bin(Ctx& ctx, Running& running, const std::vector<Id>& ids) {
    co_await move_back(ctx, running, ids, true);
}

Task<std::vector<Id>> next_touched(Ctx& ctx, const Running& running) {
    const Operation& operation = running.operation;
    const Id after = operation.cursor_id.value_or(Id{});
    auto ids = co_await ctx.tx.all<Id>(
        "select distinct entity_id from events where tenant_id = current_tenant() "
        "and operation_id = $1 and version > 1 and entity_id > $2 and entity = $3 "
        "order by entity_id limit $4",
        operation.id, after, operation.entity, records_per_batch);
    co_await ctx.tx.commit();
    co_return ids;
}

BatchWork undo_of(const Operation& operation) {
    if (operation.kind == "bulk_update") {
        return {next_touched, put_back_records, count_kept};
    }
    return {next_touched, operation.kind == "bulk_delete" ? take_from_bin : put_in_bin, count_kept};
}

constexpr const char* end_sql =
    "update operations set state = 'undone', finished_at = now(), error = null, total = processed "
    "where tenant_id = current_tenant() and id = $1 and state = 'undoing'";

Task<> undo(Ctx& ctx, Id operation_id) {
    ctx.tx.use_slow_pool();
    auto found = co_await find_operation(ctx, operation_id, false);
    co_await ctx.tx.commit();
    if (!found || found->state != "undoing") {
        co_return;
    }
    Running running;
    running.operation = std::move(*found);
    running.kind = ctx.app.entities().find(running.operation.entity);
    if (!running.kind) {
        throw Hopeless{"entity_missing"};
    }
    running.asker = "undoer";
    co_await act_as_asker(ctx, running);
    co_await ctx.tx.commit();
    co_await run_batches(ctx, running, undo_of(running.operation), end_sql);
}

}  // namespace

Task<> undo_operation(Ctx& ctx, const UndoOperation& args) {
    const LongWork long_work{args.operation_id, "operations", undo, tell_end_of_operation};
    co_await run_with_attempts(ctx, long_work);
}

}  // namespace ponte::records
