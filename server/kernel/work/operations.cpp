#include "kernel/work/operations.hpp"

#include "kernel/app.hpp"
#include "kernel/records/input.hpp"
#include "kernel/work/bulk_work.hpp"
#include "kernel/work/work_list.hpp"

namespace ponte::work {
namespace {

constexpr Field list_query[] = {
    records::page_parameter,
    records::limit_parameter,
    choice("state", "queued | running | done | failed | undoing | undone | cancelled"),
};

// With reach `own` people see what they asked for themselves; colleagues' operations need `all`.
std::optional<Id> only_author(const Ctx& ctx, std::string_view action) {
    const bool sees_all = ctx.reach("operations", action) == Reach::all;
    return sees_all ? std::optional<Id>{} : ctx.who.user;
}

Task<Operation> operation_in(Ctx& ctx, const http::Request& request, bool locked) {
    const Id id = path_id(request, "operation");
    auto found = co_await find<Operation>(ctx, id, locked);
    const auto author = only_author(ctx, "read");
    if (!found || (author && found->created_by != author)) {
        throw not_found("operation");
    }
    co_return std::move(*found);
}

Task<http::Response> list_operations(Ctx& ctx, const http::Request&) {
    http::Response response = co_await list_work<Operation>(ctx, only_author(ctx, "read"));
    co_return response;
}

Task<http::Response> show_operation(Ctx& ctx, const http::Request& request) {
    const Operation operation = co_await operation_in(ctx, request, false);
    co_return reply(200, operation.shown(ctx));
}

// Undoing means writing the same records again, so it asks for the same right.
const WorkKind& kind_to_change(Ctx& ctx, const Operation& operation) {
    const auto author = only_author(ctx, "update");
    const WorkKind* kind = find_kind(ctx.services, operation.kind);
    if (!kind || (author && operation.created_by != author)) {
        throw forbidden();
    }
    ctx.require(right_of(ctx, *kind, operation.entity));
    return *kind;
}

Task<http::Response> accepted(Ctx& ctx, Id id) {
    const Operation started = co_await get<Operation>(ctx, id, false);
    co_await ctx.tx.commit();
    co_return reply(202, started.shown(ctx));
}

Task<http::Response> undo_operation(Ctx& ctx, const http::Request& request) {
    const Operation operation = co_await operation_in(ctx, request, true);
    const WorkKind& kind = kind_to_change(ctx, operation);
    if (operation.state == "undoing" || operation.state == "undone") {
        co_return reply(202, operation.shown(ctx));  // asked twice
    }
    const bool is_over = operation.state != "queued" && operation.state != "running";
    if (!is_over || operation.changed == 0) {
        throw conflict("operation.not_undoable");
    }
    Columns from_its_end{{"cursor_id", {}},
                         {"processed", 0},
                         {"total", operation.changed},
                         {"undone", 0},
                         {"finished_at", {}}};
    start_undo(ctx, kind, Operation::table, operation, std::move(from_its_end));
    http::Response response = co_await accepted(ctx, operation.id);
    co_return response;
}

// A change that failed in its middle goes on, or its undo does.
Task<http::Response> resume_operation(Ctx& ctx, const http::Request& request) {
    const Operation operation = co_await operation_in(ctx, request, true);
    const WorkKind& kind = kind_to_change(ctx, operation);
    resume(ctx, kind, Operation::table, operation);
    http::Response response = co_await accepted(ctx, operation.id);
    co_return response;
}

Task<http::Response> cancel_operation(Ctx& ctx, const http::Request& request) {
    const Operation operation = co_await operation_in(ctx, request, true);
    kind_to_change(ctx, operation);
    cancel(ctx, Operation::table, operation);
    http::Response response = co_await accepted(ctx, operation.id);
    co_return response;
}

}  // namespace

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
    app.route("POST", "/operations/{id}/undo", undo_operation)
        .needs("operations.update")
        .in("operations")
        .gives(202, "Operation");
    app.route("POST", "/operations/{id}/resume", resume_operation)
        .needs("operations.update")
        .in("operations")
        .called("resumeOperation")
        .gives(202, "Operation");
    app.route("POST", "/operations/{id}/cancel", cancel_operation)
        .needs("operations.update")
        .in("operations")
        .gives(202, "Operation");
    for (const WorkKind& kind : bulk_kinds) {
        declare(app, kind);
    }
}

}  // namespace ponte::work
