// The job of a bulk: walks through its records by id, a batch a transaction.
#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/db/budgets.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/work/attempts.hpp"
#include "kernel/work/batch.hpp"
#include "kernel/work/bulk.hpp"
#include "kernel/work/operations.hpp"

namespace ponte::records {
namespace {

void count(Operation& operation, std::size_t changed, std::size_t of) {
    operation.changed += static_cast<std::int64_t>(changed);
    operation.skipped += static_cast<std::int64_t>(of - changed);
}

// Into the bin or out of it.
Task<> move_records(Ctx& ctx, Running& running, const std::vector<Id>& ids, Verb verb) {
    const Kind& kind = *running.kind;
    std::vector<Locked> locked = co_await lock_many(ctx, kind, ids, "delete");
    Changes changes(ctx, kind, verb);
    for (Locked& before : locked) {
        const bool is_movable = before.is_deleted != (verb == Verb::remove);
        if (is_movable && before.is_permitted) {
            changes.records.push_back(change_of(kind, std::move(before)));
        }
    }
    co_await write(ctx, changes);
    count(running.operation, changes.records.size(), ids.size());
}

Task<> delete_records(Ctx& ctx, Running& running, const std::vector<Id>& ids) {
    co_await move_records(ctx, running, ids, Verb::remove);
}

Task<> restore_records(Ctx& ctx, Running& running, const std::vector<Id>& ids) {
    co_await move_records(ctx, running, ids, Verb::restore);
}

Task<> update_records(Ctx& ctx, Running& running, const std::vector<Id>& ids) {
    const Kind& kind = *running.kind;
    const BulkValues values = bulk_values_from(kind, running.operation.args["values"]);
    const bool wants_deleted = running.operation.args["deleted"].as_bool();
    std::vector<Locked> locked = co_await lock_many(ctx, kind, ids, "update");
    Changes changes(ctx, kind, Verb::update);
    for (Locked& before : locked) {
        const bool is_meant = before.is_deleted == wants_deleted;
        if (is_meant && before.is_permitted) {
            Values wanted = values_for(values, before.record);
            changes.records.push_back(change_of(kind, std::move(before), std::move(wanted)));
        }
    }
    co_await write(ctx, changes);
    count(running.operation, changes.records.size(), ids.size());
}

void count_failure(Operation& operation) { ++operation.failed; }

// Named by their ids: those after the last one that is done.
std::vector<Id> next_named(const Operation& operation) {
    std::vector<Id> ids;
    for (const Json& one : operation.args["ids"].items()) {
        const auto id = Id::parse(one.as_string());
        const bool is_next = id && (!operation.cursor_id || *operation.cursor_id < *id);
        if (is_next && static_cast<std::int64_t>(ids.size()) < records_per_batch) {
            ids.push_back(*id);
        }
    }
    return ids;
}

// As lists read, but with the time that a whole company may need.
Task<db::Rows> read(Ctx& ctx, std::string sql, db::Params params) {
    std::vector<db::Statement> unit;
    unit.push_back({std::move(sql), std::move(params)});
    const db::Scope scope{db::Role::reader, ctx.who.tenant};
    db::Options options;
    options.slow = true;
    options.timeout = db::background;
    auto answers = co_await ctx.app.database().run(ctx.loop, scope, std::move(unit), options);
    co_return std::move(answers.front());
}

// Chosen by a filter: in the order of their ids, so that each is met once however many stop
// matching on the way. What was created after the bulk was asked for is not meant.
Task<std::vector<Id>> next_chosen(Ctx& ctx, const Running& running) {
    const Operation& operation = running.operation;
    const Kind& seen = ctx.app.entities().seen(*running.kind, ctx.who);
    ListQuery query = co_await read_selection(ctx, seen, operation.args);
    std::string sql = "select t.id from " + std::string(running.kind->entity->table) + " t where " +
                      query.where + " and t.created_at <= " + query.sql.add(operation.created_at) +
                      "::timestamptz";
    if (operation.cursor_id) {
        sql += " and t.id > " + query.sql.add(*operation.cursor_id) + "::uuid";
    }
    sql += " order by t.id limit " + std::to_string(records_per_batch);
    const db::Rows rows = co_await read(ctx, std::move(sql), std::move(query.sql.params));
    std::vector<Id> ids;
    for (int i = 0; i < rows.size(); ++i) {
        db::read_cell(rows.text(i, 0), ids.emplace_back());
    }
    co_return ids;
}

Task<std::vector<Id>> next_ids(Ctx& ctx, const Running& running) {
    std::vector<Id> ids;
    if (running.operation.args.find("ids")) {
        ids = next_named(running.operation);
    } else {
        ids = co_await next_chosen(ctx, running);
    }
    co_return ids;
}

BatchWork work_of(const Operation& operation) {
    if (operation.kind == "bulk_delete") {
        return {next_ids, delete_records, count_failure};
    }
    return {next_ids, operation.kind == "bulk_restore" ? restore_records : update_records,
            count_failure};
}

Task<std::int64_t> count_chosen(Ctx& ctx, const Running& running) {
    const Kind& seen = ctx.app.entities().seen(*running.kind, ctx.who);
    ListQuery query = co_await read_selection(ctx, seen, running.operation.args);
    std::string sql = "select count(*) from " + std::string(running.kind->entity->table) +
                      " t where " + query.where;
    const db::Rows rows = co_await read(ctx, std::move(sql), std::move(query.sql.params));
    std::int64_t total = 0;
    db::read_cell(rows.text(0, 0), total);
    co_return total;
}

Task<bool> take_over(Ctx& ctx, Running& running, Id operation_id) {
    auto found = co_await find_operation(ctx, operation_id, true);
    if (!found || (found->state != "queued" && found->state != "running")) {
        co_await ctx.tx.rollback();
        co_return false;
    }
    running.operation = std::move(*found);
    running.kind = ctx.app.entities().find(running.operation.entity);
    if (!running.kind) {
        throw Hopeless{"entity_missing"};
    }
    co_await act_as_asker(ctx, running);
    if (running.operation.state == "queued" && !running.operation.args.find("ids")) {
        running.operation.total = co_await count_chosen(ctx, running);
    }
    running.operation.state = "running";
    ctx.tx.queue(
        "update operations set state = 'running', total = $2 "
        "where tenant_id = current_tenant() and id = $1",
        {operation_id, running.operation.total});
    co_await ctx.tx.commit();
    co_return true;
}

constexpr const char* end_sql =
    "update operations set state = 'done', finished_at = now(), error = null, total = processed, "
    "undoable_until = case when changed > 0 then undoable_until end "
    "where tenant_id = current_tenant() and id = $1 and state = 'running'";

Task<> run(Ctx& ctx, Id operation_id) {
    ctx.tx.use_slow_pool();
    Running running;
    const bool is_taken = co_await take_over(ctx, running, operation_id);
    if (!is_taken) {
        co_return;
    }
    tell(ctx, running, true);
    co_await run_batches(ctx, running, work_of(running.operation), end_sql);
}

}  // namespace

Task<> run_operation(Ctx& ctx, const RunOperation& args) {
    const LongWork long_work{args.operation_id, "operations", run, tell_end_of_operation};
    co_await run_with_attempts(ctx, long_work);
}

Task<> give_up_operation(Ctx& ctx, const OperationGivenUp& args) {
    const LongWork long_work{args.operation_id, "operations", nullptr, tell_end_of_operation};
    co_await give_up(ctx, long_work);
}

}  // namespace ponte::records
