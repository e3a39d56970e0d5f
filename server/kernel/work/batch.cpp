#include "kernel/work/batch.hpp"

#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/auth/standing.hpp"
#include "kernel/db/by_bytes.hpp"
#include "kernel/events/bulk.hpp"
#include "kernel/realtime.hpp"
#include "kernel/records/field_rights.hpp"
#include "kernel/storage.hpp"
#include "kernel/work/attempts.hpp"

namespace ponte::records {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds between_messages{250};

struct Standing {
    std::string state;
    std::optional<Id> cursor_id;
};
FIELDS(Standing, state, cursor_id);

Task<bool> is_ours(Ctx& ctx, const Operation& operation) {
    const auto found = co_await ctx.tx.maybe<Standing>(
        "select state, cursor_id from operations "
        "where tenant_id = current_tenant() and id = $1 for update",
        operation.id);
    co_return found && found->state == operation.state && found->cursor_id == operation.cursor_id;
}

void queue_progress(Ctx& ctx, const Operation& operation) {
    ctx.tx.queue(
        "update operations set processed = $2, changed = $3, skipped = $4, failed = $5, "
        "undone = $6, kept = $7, cursor_id = $8, attempts = 0, error = null "
        "where tenant_id = current_tenant() and id = $1",
        {operation.id, operation.processed, operation.changed, operation.skipped, operation.failed,
         operation.undone, operation.kept, operation.cursor_id});
    queue_job_progress(ctx);
    // Each record's event is quiet; this one is for whoever listens, and for other nodes.
    events::queue_bulk_events(ctx);
}

// With `is_refused` the one record is only counted.
Task<bool> write_batch(Ctx& ctx, Running& running, const BatchWork& work,
                       const std::vector<Id>& ids, bool is_refused) {
    const bool is_still_ours = co_await is_ours(ctx, running.operation);
    if (!is_still_ours) {
        co_await ctx.tx.rollback();
        co_return false;
    }
    co_await act_as_asker(ctx, running);
    ctx.now = now();
    ctx.operation = running.operation.id;
    const Operation before = running.operation;
    if (is_refused) {
        work.refused(running.operation);
    } else {
        co_await work.step(ctx, running, ids);
    }
    Operation& after = running.operation;
    after.processed += static_cast<std::int64_t>(ids.size());
    after.cursor_id = ids.back();
    queue_progress(ctx, after);
    co_await ctx.tx.commit();
    running.untold += after.changed - before.changed + after.undone - before.undone;
    tell(ctx, running, false);
    co_return true;
}

enum class Written { yes, refused, not_ours };

Task<Written> try_batch(Ctx& ctx, Running& running, const BatchWork& work,
                        const std::vector<Id>& ids) {
    const Operation before = running.operation;
    Written written = Written::yes;
    try {
        const bool is_still_ours = co_await write_batch(ctx, running, work, ids, false);
        written = is_still_ours ? Written::yes : Written::not_ours;
    } catch (const Error& error) {
        running.operation = before;
        const bool is_of_record = error.status == 409 || error.status == 422 ||
                                  error.status == 400 || error.status == 403;
        if (!is_of_record || error.code == "database.retry") {
            throw;
        }
        written = Written::refused;
    }
    co_return written;
}

// False: the operation is no longer ours to run.
Task<bool> run_batch(Ctx& ctx, Running& running, const BatchWork& work, std::vector<Id> ids) {
    const Written written = co_await try_batch(ctx, running, work, ids);
    if (written != Written::refused) {
        co_return written == Written::yes;
    }
    co_await ctx.tx.rollback();
    if (ids.size() == 1) {
        const bool is_still_ours = co_await write_batch(ctx, running, work, ids, true);
        co_return is_still_ours;
    }
    const auto half = ids.begin() + static_cast<std::ptrdiff_t>(ids.size() / 2);
    std::vector<Id> second(half, ids.end());
    ids.erase(half, ids.end());
    const bool goes_on = co_await run_batch(ctx, running, work, std::move(ids));
    if (!goes_on) {
        co_return false;
    }
    const bool still_goes_on = co_await run_batch(ctx, running, work, std::move(second));
    co_return still_goes_on;
}

// As many of them as are no more than a few megabytes, with what happened to them: they are all in
// memory while they are written. One at least.
Task<std::vector<Id>> that_fit(Ctx& ctx, const Running& running, std::vector<Id> ids) {
    const Operation& operation = running.operation;
    const Entity& entity = *running.kind->entity;
    const std::string record = entity.has_custom_fields ? db::bytes_sql("r.custom") : "0";
    const std::string past = "coalesce((select sum(" + db::bytes_sql("e.changes") +
                             ") from events e where $4 and e.tenant_id = current_tenant() "
                             "and e.entity = $2 and e.entity_id = i.id "
                             "and e.at >= $3::timestamptz), 0)";
    const std::string rows = "select i.id, i.place, " + record + " + " + past +
                             " as bytes from unnest($1::uuid[]) with ordinality i(id, place) "
                             "left join " +
                             std::string(entity.table) +
                             " r on r.tenant_id = current_tenant() and r.id = i.id";
    auto fitting = co_await ctx.tx.all<Id>(
        "select t.id" + db::from_until_full(rows, "t.bytes", "t.place"), std::move(ids),
        operation.entity, operation.created_at, operation.state == "undoing");
    co_await ctx.tx.commit();
    co_return fitting;
}

// Those of a bulk; what an undo may not put back stays as it is.
bool may_change_fields(const Ctx& ctx, const Running& running) {
    const Json& values = running.operation.args["values"];
    const Kind& seen = ctx.app.entities().seen(*running.kind, ctx.who);
    const auto may = [&](const Json& named) {
        return std::all_of(
            named.members().begin(), named.members().end(),
            [&](const Json::Member& one) { return may_change(seen, camel_case(one.first)); });
    };
    const bool is_undo = running.operation.state == "undoing";
    return is_undo || (may(values["values"]) && may(values["sets"]));
}

}  // namespace

Task<> act_as_asker(Ctx& ctx, const Running& running) {
    const bool is_there = co_await auth::act_as_asker(ctx, running.operation.args[running.asker]);
    const std::string right = right_of(ctx, running.operation);
    if (!is_there || (!ctx.who.is_system && !ctx.who.permissions.allows(right)) ||
        !may_change_fields(ctx, running)) {
        throw Hopeless{"asker_may_not", true};
    }
}

void tell(Ctx& ctx, Running& running, bool at_once) {
    const auto at = Clock::now();
    if (!at_once && at - running.last_told < between_messages) {
        return;
    }
    running.last_told = at;
    tell_progress(ctx, running.operation);
    if (running.untold > 0) {
        const std::string& entity = running.operation.entity;
        Json hint = Json::object(
            {{"entity", entity}, {"operationId", running.operation.id}, {"count", running.untold}});
        ctx.app.realtime().tell_tenant(ctx.who.tenant, ctx.app.entities().resource_of(entity),
                                       entity + ".bulk", std::move(hint));
    }
    running.untold = 0;
}

Task<> run_batches(Ctx& ctx, Running& running, const BatchWork& work, std::string end_sql) {
    while (true) {
        std::vector<Id> ids = co_await work.next(ctx, running);
        if (ids.empty()) {
            break;
        }
        storage_of(ctx.app.settings.data_dir).require_room();
        ids = co_await that_fit(ctx, running, std::move(ids));
        const bool goes_on = co_await run_batch(ctx, running, work, std::move(ids));
        if (!goes_on) {
            co_return;
        }
    }
    ctx.tx.queue(std::move(end_sql), {running.operation.id});
    auto found = co_await find_operation(ctx, running.operation.id, false);
    co_await ctx.tx.commit();
    if (found) {
        running.operation = std::move(*found);
        tell(ctx, running, true);
    }
}

}  // namespace ponte::records
