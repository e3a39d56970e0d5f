#include "kernel/imports/imports.hpp"

#include <span>

#include "kernel/app.hpp"
#include "kernel/imports/access.hpp"
#include "kernel/imports/declaration.hpp"
#include "kernel/imports/import.hpp"
#include "kernel/imports/kept.hpp"
#include "kernel/imports/preview.hpp"
#include "kernel/imports/rejected.hpp"
#include "kernel/imports/request_form.hpp"
#include "kernel/imports/run.hpp"
#include "kernel/imports/upload.hpp"
#include "kernel/records/input.hpp"
#include "kernel/work/work_list.hpp"

namespace ponte::imports {
namespace {

using records::Kind;

constexpr Field list_query[] = {
    records::page_parameter,
    records::limit_parameter,
    choice("state", "queued | running | done | failed | undoing | undone | cancelled"),
};

constexpr Field errors_query[] = {records::page_parameter, records::limit_parameter, only_rows};

// `changed`: also what somebody has worked with since.
constexpr Field undo_query[] = {choice("also", "changed")};

Task<http::Response> preview(Ctx& ctx, const http::Request& request) {
    require_body(ctx, request);
    const Form form(request);
    const Kind& kind = kind_of(ctx, form);
    const auto facts = co_await ctx.app.entities().facts(ctx);
    const Upload upload = co_await upload_of(ctx, request, form, kind, *facts);
    const Look look = co_await look_at(ctx, upload);
    co_return reply(200, preview_json(kind, targets_of(kind, *facts), upload, look));
}

Task<http::Response> list(Ctx& ctx, const http::Request&) {
    const bool sees_all = ctx.reach("imports", "read") == Reach::all;
    const std::optional<Id> author = sees_all ? std::optional<Id>{} : ctx.who.user;
    records::WorkList<Import> imports{"imports", import_select(), import_json};
    http::Response response = co_await records::list_work(ctx, std::move(imports), author);
    co_return response;
}

Task<http::Response> show(Ctx& ctx, const http::Request& request) {
    const Import import = co_await import_of(ctx, request, false);
    co_return reply(200, import_json(import));
}

Task<http::Response> errors(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_of(ctx, request, false);
    http::Response response = co_await list_rejected(ctx, std::move(import));
    co_return response;
}

Task<http::Response> error_groups(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_of(ctx, request, false);
    http::Response response = co_await list_groups(ctx, std::move(import));
    co_return response;
}

Task<http::Response> errors_file(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_of(ctx, request, false);
    http::Response response = co_await rejected_file(ctx, std::move(import));
    co_return response;
}

Task<http::Response> kept(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_of(ctx, request, false);
    http::Response response = co_await list_kept(ctx, std::move(import));
    co_return response;
}

http::Response accepted(Import import, std::string_view state) {
    import.state = state;
    return reply(202, import_json(import));
}

Task<http::Response> undo(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_to_change(ctx, request);
    const bool reclaims = ctx.asked.text("also").has_value();
    const bool asks_for_rest = reclaims && import.state == "undone" && import.kept > 0;
    if (import.state == "undoing" || (import.state == "undone" && !asks_for_rest)) {
        const std::string state = import.state;
        co_return accepted(std::move(import), state);  // asked twice
    }
    const std::string resource(ctx.app.entities().resource_of(import.entity));
    if (import.created_by != ctx.who.user) {
        ctx.require(resource + ".delete");
    }
    const bool is_over = asks_for_rest || import.state == "done" || import.state == "failed" ||
                         import.state == "cancelled";
    db::Params params{import.id, is_over,       format_time(ctx.now),
                      reclaims,  asks_for_rest, ctx.who.user};
    const auto rows = co_await ctx.tx.query(
        "update imports set state = 'undoing', undo_after = null, undo_phase = 'created', "
        "undone = case when $5::boolean then undone else 0 end, kept = 0, "
        "undo_reclaims = $4::boolean, asker_id = $6::uuid, attempts = 0, error = null "
        "where tenant_id = current_tenant() and id = $1 and $2 and not dry_run and undoable_until "
        "> $3::timestamptz "
        "returning id",
        std::move(params));
    if (rows.empty()) {
        throw conflict("import.not_undoable");
    }
    ctx.tx.queue(
        "delete from import_kept_records where tenant_id = current_tenant() and import_id = $1",
        {import.id});
    ctx.enqueue<UndoImport>(import.id);
    co_return accepted(std::move(import), "undoing");
}

Task<http::Response> run_after_trial(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_to_change(ctx, request);
    if (!import.dry_run || import.state == "queued" || import.state == "running") {
        throw conflict("import.not_a_trial");
    }
    ctx.tx.queue(
        "update imports set dry_run = false, state = 'queued', finished_at = null, error = null, "
        "attempts = 0, asker_id = $4::uuid, "
        "undoable_until = $2::timestamptz + make_interval(days => $3) "
        "where tenant_id = current_tenant() and id = $1",
        {import.id, format_time(ctx.now), undo_days, ctx.who.user});
    ctx.enqueue<RunImport>(import.id);
    import.dry_run = false;
    co_return accepted(std::move(import), "queued");
}

Task<http::Response> cancel(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_to_change(ctx, request);
    if (import.state != "queued" && import.state != "running" && import.state != "cancelled") {
        throw conflict("import.already_finished");
    }
    ctx.tx.queue(
        "update imports set state = 'cancelled', finished_at = coalesce(finished_at, "
        "$2::timestamptz) "
        "where tenant_id = current_tenant() and id = $1",
        {import.id, format_time(ctx.now)});
    co_return accepted(std::move(import), "cancelled");
}

// An import that failed in its middle goes on, or its undo does: in the name of whoever says so.
Task<http::Response> resume(Ctx& ctx, const http::Request& request) {
    const Import import = co_await import_to_change(ctx, request);
    const auto state = co_await records::resume(ctx, "imports", import.id);
    if (!state) {
        throw conflict("import.not_resumable");
    }
    ctx.tx.queue("update imports set asker_id = $2 where tenant_id = current_tenant() and id = $1",
                 {import.id, ctx.who.user});
    if (*state == "undoing") {
        ctx.enqueue<UndoImport>(import.id);
    } else {
        ctx.enqueue<RunImport>(import.id);
    }
    Import resumed = co_await get_import(ctx, import.id, false);
    co_return accepted(std::move(resumed), *state);
}

}  // namespace

void declare(App& app) {
    app.resource("imports", "supervisor: read create update manage");
    app.route("POST", "/imports/preview", preview)
        .uploads(most_upload_bytes)
        .in("imports")
        .called("previewImport")
        .gives(200, "ImportPreview");
    app.route("POST", "/imports", start_import)
        .uploads(most_upload_bytes)
        .in("imports")
        .called("startImport")
        .gives(202, "Import");
    app.route("GET", "/imports", list).in("imports").asks(list_query).gives(200, "ImportPage");
    app.route("GET", "/imports/{id}", show).in("imports").gives(200, "Import");
    app.route("GET", "/imports/{id}/plan", show_plan)
        .in("imports")
        .called("getImportPlan")
        .gives(200, "ImportPlan");
    app.route("PUT", "/imports/{id}/plan", change_plan)
        .in("imports")
        .called("changeImportPlan")
        .takes(plan_fields)
        .reading_itself()  // as the form that starts an import is read
        .gives(202, "Import");
    app.route("GET", "/imports/{id}/errors", errors)
        .in("imports")
        .asks(errors_query)
        .gives(200, "ImportErrorPage");
    app.route("GET", "/imports/{id}/errors/groups", error_groups)
        .in("imports")
        .called("listImportErrorGroups")
        .gives(200, "ImportErrorGroups");
    app.route("GET", "/imports/{id}/errors.csv", errors_file)
        .in("imports")
        .called("downloadImportErrors")
        .gives(200, "text/csv");
    app.route("GET", "/imports/{id}/kept", kept)
        .in("imports")
        .called("listKeptRecords")
        .asks(std::span(list_query).first(2))
        .gives(200, "KeptRecordPage");
    app.route("POST", "/imports/{id}/undo", undo)
        .in("imports")
        .asks(undo_query)
        .gives(202, "Import");
    app.route("POST", "/imports/{id}/run", run_after_trial).in("imports").gives(202, "Import");
    app.route("POST", "/imports/{id}/cancel", cancel).in("imports").gives(202, "Import");
    app.route("POST", "/imports/{id}/resume", resume)
        .in("imports")
        .called("resumeImport")
        .gives(202, "Import");
    app.job<RunImport>("import.run", run_import).commits_itself();
    app.job<UndoImport>("import.undo", undo_import).commits_itself();
    // Run in the place of those that are given up (jobs/migrations: put_back_job).
    app.job<ImportGivenUp>("import.run.given_up", give_up_import).commits_itself();
    app.job<ImportGivenUp>("import.undo.given_up", give_up_import).commits_itself();
    app.job<CleanUploads>("import.clean_uploads", clean_uploads).at("03:30");
}

}  // namespace ponte::imports
