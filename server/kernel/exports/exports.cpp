#include "kernel/exports/exports.hpp"

#include <chrono>

#include "kernel/app.hpp"
#include "kernel/exports/access.hpp"
#include "kernel/exports/expire.hpp"
#include "kernel/exports/request.hpp"
#include "kernel/exports/run.hpp"
#include "kernel/files/content.hpp"
#include "kernel/files/taking.hpp"
#include "kernel/records/input.hpp"
#include "kernel/work/work_list.hpp"

namespace ponte::exports {
namespace {

constexpr Field list_query[] = {
    records::page_parameter,
    records::limit_parameter,
    choice("state", "queued | running | done | failed | cancelled | expired"),
};

Task<http::Response> list(Ctx& ctx, const http::Request&) {
    http::Response response = co_await work::list_work<Export>(ctx, ctx.who.user, ctx.who.key_id());
    co_return response;
}

Task<http::Response> show(Ctx& ctx, const http::Request& request) {
    const Export one = co_await own_export(ctx, request, false);
    co_return reply(200, one.shown(ctx));
}

// Asked of rights again: what stands in the file was theirs to read when it was made.
Task<http::Response> download(Ctx& ctx, const http::Request& request) {
    const Export one = co_await own_export(ctx, request, false);
    co_await require_held(ctx, one);
    if (!one.file_id) {
        throw conflict(one.state == "expired" ? "export.expired" : "export.not_done");
    }
    const auto file =
        co_await ctx.tx.maybe<files::File>(files::file_sql, ctx.who.tenant, *one.file_id);
    if (!file) {
        throw not_found("file");
    }
    http::Response response = co_await files::give(ctx, *file, request, true);
    if (response.status == 200) {
        ctx.audit("export.downloaded", one.id, told(one));
    }
    co_return response;
}

Task<http::Response> accepted(Ctx& ctx, Id id) {
    const Export one = co_await work::get<Export>(ctx, id, false);
    co_return reply(202, one.shown(ctx));
}

Task<http::Response> cancel(Ctx& ctx, const http::Request& request) {
    const Export one = co_await own_export(ctx, request, true);
    work::cancel(ctx, Export::table, one);
    http::Response response = co_await accepted(ctx, one.id);
    co_return response;
}

Task<http::Response> resume(Ctx& ctx, const http::Request& request) {
    const Export one = co_await own_export(ctx, request, true);
    co_await require_held(ctx, one);
    work::resume(ctx, export_kind, Export::table, one);
    http::Response response = co_await accepted(ctx, one.id);
    co_return response;
}

// Its runner, if there is one, finds that out at the next page.
Task<http::Response> remove(Ctx& ctx, const http::Request& request) {
    const Export one = co_await own_export(ctx, request, true);
    ctx.tx.queue("delete from exports where tenant_id = current_tenant() and id = $1", {one.id});
    if (one.file_id) {
        std::vector<Id> files{*one.file_id};
        files::let_go(ctx, Export::table.one, std::move(files));
    }
    ctx.audit("export.deleted", one.id, told(one));
    co_return no_content();
}

}  // namespace

void declare(App& app) {
    // Of what it is, and whose, the handlers ask themselves.
    const auto add = [&app](std::string method, std::string pattern, Handler run) -> Route& {
        return app.route(std::move(method), std::move(pattern), run).within_rights().in("exports");
    };
    add("POST", "/exports", start_export)
        .called("startExport")
        .takes(export_body)
        .gives(202, "Export");
    add("GET", "/exports", list).asks(list_query).gives(200, "ExportPage");
    add("GET", "/exports/{id}", show).gives(200, "Export");
    add("GET", "/exports/{id}/content", download)
        .called("downloadExport")
        .gives(200, "application/octet-stream");
    add("POST", "/exports/{id}/cancel", cancel).called("cancelExport").gives(202, "Export");
    add("POST", "/exports/{id}/resume", resume).called("resumeExport").gives(202, "Export");
    add("DELETE", "/exports/{id}", remove).gives(204, "none");
    work::declare(app, export_kind);
    app.job<ExpireExports>("exports.expire", expire_exports)
        .repeat_every(std::chrono::hours{1})
        .commits_itself();
}

}  // namespace ponte::exports
