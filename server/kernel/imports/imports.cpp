#include "kernel/imports/imports.hpp"

#include <span>

#include "kernel/app.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/files/incoming.hpp"
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
#include "kernel/services.hpp"
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
    files::require_body(ctx, request);
    const Form form(request);
    const Kind& kind = kind_of(ctx, form);
    const auto facts = co_await ctx.services.entities().facts(ctx);
    const Upload upload = co_await upload_of(ctx, request, form, kind, *facts);
    const Look look = co_await look_at(ctx, upload);
    co_return reply(200, preview_json(kind, targets_of(kind, *facts), upload, look));
}

Task<http::Response> list(Ctx& ctx, const http::Request&) {
    const bool sees_all = ctx.reach("imports", "read") == Reach::all;
    if (ctx.who.key && !sees_all) {
        throw forbidden();
    }
    const std::optional<Id> author = sees_all ? std::optional<Id>{} : ctx.who.user;
    http::Response response = co_await work::list_work<Import>(ctx, author);
    co_return response;
}

Task<http::Response> show(Ctx& ctx, const http::Request& request) {
    const Import import = co_await import_of(ctx, request, false);
    co_return reply(200, import.json());
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
    ctx.audit("import.errors_downloaded", import.id, Json::object({{"of", import.entity}}));
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
    return reply(202, import.json());
}

Task<http::Response> undo(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_to_change(ctx, request);
    const bool reclaims = ctx.asked.text("also").has_value();
    const bool asks_for_rest = reclaims && import.state == "undone" && import.kept > 0;
    if (import.state == "undoing" || (import.state == "undone" && !asks_for_rest)) {
        const std::string state = import.state;
        co_return accepted(std::move(import), state);  // asked twice
    }
    const std::string resource(ctx.services.entities().resource_of(import.entity));
    if (import.created_by != ctx.who.user) {
        ctx.require(resource + ".delete");
    }
    const bool is_over = asks_for_rest || import.state == "done" || import.state == "failed" ||
                         import.state == "cancelled";
    if (!is_over || import.dry_run) {
        throw conflict("import.not_undoable");
    }
    work::Columns from_its_end{{"undo_after", {}},
                               {"undo_phase", "created"},
                               {"undone", asks_for_rest ? import.undone : 0},
                               {"undo_reclaims", reclaims}};
    work::start_undo(ctx, import_kind, Import::table, import, std::move(from_its_end));
    ctx.tx.queue(
        "delete from import_kept_records where tenant_id = current_tenant() and import_id = $1",
        {import.id});
    co_return accepted(std::move(import), "undoing");
}

Task<http::Response> run_after_trial(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_to_change(ctx, request);
    if (!import.dry_run || import.state == "queued" || import.state == "running") {
        throw conflict("import.not_a_trial");
    }
    ctx.tx.queue(
        "update imports set dry_run = false, state = 'queued', finished_at = null, error = null, "
        "attempts = 0, asker_id = $4::uuid, asker_key_id = $5::uuid, "
        "undoable_until = $2::timestamptz + make_interval(days => $3) "
        "where tenant_id = current_tenant() and id = $1",
        {import.id, format_time(ctx.now), work::undo_days, ctx.who.user, ctx.who.key_id()});
    tell_of_start(ctx, import.id, import.entity, import.file_name);
    work::enqueue_run(ctx, import_kind, import.id);
    import.dry_run = false;
    co_return accepted(std::move(import), "queued");
}

Task<http::Response> cancel(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_to_change(ctx, request);
    work::cancel(ctx, Import::table, import);
    co_return accepted(std::move(import), "cancelled");
}

// An import that failed in its middle goes on, or its undo does.
Task<http::Response> resume(Ctx& ctx, const http::Request& request) {
    const Import import = co_await import_to_change(ctx, request);
    work::resume(ctx, import_kind, Import::table, import);
    const Import resumed = co_await work::get<Import>(ctx, import.id, false);
    co_return reply(202, resumed.json());
}

}  // namespace

void declare(App& app) {
    app.resource("imports", "supervisor: read create update manage");
    // Whose file it is, or what it fills, the handlers ask themselves.
    const auto add = [&app](std::string method, std::string pattern, Handler run) -> Route& {
        return app.route(std::move(method), std::move(pattern), run).within_rights().in("imports");
    };
    add("POST", "/imports/preview", preview)
        .uploads(most_upload_bytes)
        .called("previewImport")
        .gives(200, "ImportPreview");
    add("POST", "/imports", start_import)
        .uploads(most_upload_bytes)
        .called("startImport")
        .gives(202, "Import");
    add("GET", "/imports", list).asks(list_query).gives(200, "ImportPage");
    add("GET", "/imports/{id}", show).gives(200, "Import");
    add("GET", "/imports/{id}/plan", show_plan).called("getImportPlan").gives(200, "ImportPlan");
    add("PUT", "/imports/{id}/plan", change_plan)
        .called("changeImportPlan")
        .takes(plan_fields)
        .reading_itself()  // as the form that starts an import is read
        .gives(202, "Import");
    add("GET", "/imports/{id}/errors", errors).asks(errors_query).gives(200, "ImportErrorPage");
    add("GET", "/imports/{id}/errors/groups", error_groups)
        .called("listImportErrorGroups")
        .gives(200, "ImportErrorGroups");
    add("GET", "/imports/{id}/errors.csv", errors_file)
        .called("downloadImportErrors")
        .gives(200, "text/csv");
    add("GET", "/imports/{id}/kept", kept)
        .called("listKeptRecords")
        .asks(std::span(list_query).first(2))
        .gives(200, "KeptRecordPage");
    add("POST", "/imports/{id}/undo", undo).asks(undo_query).gives(202, "Import");
    add("POST", "/imports/{id}/run", run_after_trial).gives(202, "Import");
    add("POST", "/imports/{id}/cancel", cancel).gives(202, "Import");
    add("POST", "/imports/{id}/resume", resume).called("resumeImport").gives(202, "Import");
    work::declare(app, import_kind);
    app.job<CleanUploads>("import.clean_uploads", clean_uploads).at("03:30");
}

}  // namespace ponte::imports
