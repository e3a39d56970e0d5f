// The undo of a bulk: the records that its events name, by id, a batch a transaction.
#include "kernel/app.hpp"
#include "kernel/past/undo.hpp"
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
    std::vector<Locked> locked = co_await lock_many(ctx, kind, ids, "update");
    const auto past = co_await histories(ctx, kind, std::move(undone), ids);
    const auto facts = co_await ctx.app.entities().facts(ctx);
    const Kind& seen = ctx.app.entities().seen(kind, ctx.who);
    const Locale locale = locale_of(ctx);
    Changes changes(ctx, kind, Verb::update);
    for (Locked& before : locked) {
        if (!before.is_permitted) {
            ++operation.kept;
            continue;
        }
        const auto history = past.find(before.id);
        if (history == past.end()) {
            continue;
        }
        PutBack back = put_back(seen, *facts, before, history->second, locale);
        operation.kept += !back.is_complete;
        changes.records.push_back(change_of(kind, std::move(before), std::move(back.values)));
    }
    co_await write(ctx, changes);
    operation.undone += static_cast<std::int64_t>(changes.records.size());
}

struct LastMove {
    Id entity_id;
    std::int64_t version = 0;
};
FIELDS(LastMove, entity_id, version);

// Out of the bin again, or back into it: only what nobody has touched since.
Task<> move_back(Ctx& ctx, Running& running, const std::vector<Id>& ids, Verb moves_to) {
    Operation& operation = running.operation;
    const Kind& kind = *running.kind;
    std::vector<Locked> locked = co_await lock_many(ctx, kind, ids, "delete");
    const auto moves = co_await ctx.tx.all<LastMove>(
        "select entity_id, max(version) as version from events "
        "where tenant_id = current_tenant() and operation_id = $1 and version > 1 and entity = $2 "
        "and entity_id = any ($3::uuid[]) group by entity_id",
        operation.id, kind.entity->name, ids);
    std::map<Id, std::int64_t> version_of;
    for (const LastMove& move : moves) {
        version_of[move.entity_id] = move.version;
    }
    Changes changes(ctx, kind, moves_to);
    for (Locked& before : locked) {
        const bool is_untouched = before.version == version_of[before.id];
        const bool is_movable = before.is_deleted != (moves_to == Verb::remove);
        if (is_untouched && is_movable && before.is_permitted) {
            changes.records.push_back(change_of(kind, std::move(before)));
        }
    }
    co_await write(ctx, changes);
    const std::size_t moved = changes.records.size();
    operation.undone += static_cast<std::int64_t>(moved);
    operation.kept += static_cast<std::int64_t>(ids.size() - moved);
}

Task<> take_out_again(Ctx& ctx, Running& running, const std::vector<Id>& ids) {
    co_await move_back(ctx, running, ids, Verb::restore);
}

Task<> put_in_again(Ctx& ctx, Running& running, const std::vector<Id>& ids) {
    co_await move_back(ctx, running, ids, Verb::remove);
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
    return {next_touched, operation.kind == "bulk_delete" ? take_out_again : put_in_again,
            count_kept};
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
