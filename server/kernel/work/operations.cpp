#include "kernel/work/operations.hpp"

#include "kernel/app.hpp"
#include "kernel/auth/standing.hpp"
#include "kernel/records/input.hpp"
#include "kernel/work/attempts.hpp"
#include "kernel/work/work_list.hpp"

namespace ponte::records {
namespace {

constexpr Field list_query[] = {
    page_parameter,
    limit_parameter,
    choice("state", "queued | running | done | failed | undoing | undone"),
};

// With reach `own` people see what they asked for themselves; colleagues' operations need `all`.
std::optional<Id> only_author(const Ctx& ctx, std::string_view action) {
    const bool sees_all = ctx.reach("operations", action) == Reach::all;
    return sees_all ? std::optional<Id>{} : ctx.who.user;
}

Task<Operation> operation_in(Ctx& ctx, const http::Request& request, bool locked) {
    const Id id = path_id(request, "operation");
    auto found = co_await find_operation(ctx, id, locked);
    const auto author = only_author(ctx, "read");
    if (!found || (author && found->created_by != author)) {
        throw not_found("operation");
    }
    co_return std::move(*found);
}

Task<http::Response> list_operations(Ctx& ctx, const http::Request&) {
    WorkList<Operation> operations{"operations", operation_select(), operation_json};
    http::Response response =
        co_await list_work(ctx, std::move(operations), only_author(ctx, "read"));
    co_return response;
}

Task<http::Response> show_operation(Ctx& ctx, const http::Request& request) {
    const Operation operation = co_await operation_in(ctx, request, false);
    co_return reply(200, operation_json(operation));
}

// Undoing means writing the same records again, so it asks for the same right.
void require_right(Ctx& ctx, const Operation& operation) {
    const auto author = only_author(ctx, "update");
    if (author && operation.created_by != author) {
        throw forbidden();
    }
    ctx.require(right_of(ctx, operation));
}

Task<http::Response> start_undo(Ctx& ctx, const http::Request& request) {
    const Operation operation = co_await operation_in(ctx, request, true);
    require_right(ctx, operation);
    if (operation.state == "undoing" || operation.state == "undone") {
        co_return reply(202, operation_json(operation));  // asked twice
    }
    db::Params params{operation.id, db::Param(auth::asker_json(ctx)), format_time(ctx.now)};
    const db::Rows rows = co_await ctx.tx.query(
        "update operations set state = 'undoing', cursor_id = null, processed = 0, "
        "total = changed, undone = 0, kept = 0, attempts = 0, error = null, finished_at = null, "
        "args = jsonb_set(args, '{undoer}', $2::jsonb) "
        "where tenant_id = current_tenant() and id = $1 and state in ('done', 'failed') "
        "and changed > 0 and undoable_until > $3::timestamptz returning id",
        std::move(params));
    if (rows.empty()) {
        throw conflict("operation.not_undoable");
    }
    ctx.enqueue<UndoOperation>(operation.id);
    const auto started = co_await find_operation(ctx, operation.id, false);
    co_await ctx.tx.commit();
    co_return reply(202, operation_json(*started));
}

// A change that failed in its middle goes on, or its undo does: in the name of whoever says so.
Task<http::Response> start_again(Ctx& ctx, const http::Request& request) {
    const Operation operation = co_await operation_in(ctx, request, true);
    require_right(ctx, operation);
    const auto state = co_await resume(ctx, "operations", operation.id);
    if (!state) {
        throw conflict("operation.not_resumable");
    }
    const std::vector<std::string> asker{*state == "undoing" ? "undoer" : "asker"};
    ctx.tx.queue(
        "update operations set args = jsonb_set(args, $2::text[], $3::jsonb) "
        "where tenant_id = current_tenant() and id = $1",
        {operation.id, asker, db::Param(auth::asker_json(ctx))});
    if (*state == "undoing") {
        ctx.enqueue<UndoOperation>(operation.id);
    } else {
        ctx.enqueue<RunOperation>(operation.id);
    }
    const auto started = co_await find_operation(ctx, operation.id, false);
    co_await ctx.tx.commit();
    co_return reply(202, operation_json(*started));
}

}  // namespace

Task<> tell_end_of_operation(Ctx& ctx, Id operation_id) {
    const auto operation = co_await find_operation(ctx, operation_id, false);
    co_await ctx.tx.commit();
    if (operation) {
        tell_progress(ctx, *operation);
    }
}

void declare_operations(App& app) {
    app.resource("operations",
                 "supervisor: read create update manage | "
                 "agent: read:own create:own update:own | sales: read:own create:own update:own");
    app.route("GET", "/operations", list_operations)
        .needs("operations.read")
        .asks(list_query)
        .in("operations")
        .gives(200, "OperationPage");
    app.route("GET", "/operations/{id}", show_operation)
        .needs("operations.read")
        .in("operations")
        .gives(200, "Operation");
    app.route("POST", "/operations/{id}/undo", start_undo)
        .needs("operations.update")
        .in("operations")
        .gives(202, "Operation");
    app.route("POST", "/operations/{id}/resume", start_again)
        .needs("operations.update")
        .in("operations")
        .called("resumeOperation")
        .gives(202, "Operation");
    app.job<RunOperation>("operation.run", run_operation).commits_itself();
    app.job<UndoOperation>("operation.undo", undo_operation).commits_itself();
    // Run in the place of those that are given up (jobs/migrations: put_back_job).
    app.job<OperationGivenUp>("operation.run.given_up", give_up_operation).commits_itself();
    app.job<OperationGivenUp>("operation.undo.given_up", give_up_operation).commits_itself();
}

}  // namespace ponte::records
