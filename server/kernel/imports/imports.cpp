#include "kernel/imports/imports.hpp"

#include <algorithm>
#include <span>

#include "kernel/app.hpp"
#include "kernel/imports/import.hpp"
#include "kernel/imports/kept.hpp"
#include "kernel/imports/preview.hpp"
#include "kernel/imports/rejected.hpp"
#include "kernel/imports/run.hpp"
#include "kernel/imports/upload.hpp"
#include "kernel/resources/input.hpp"
#include "kernel/resources/work_list.hpp"

namespace ponte::imports {
namespace {

using resources::Kind;

constexpr Field list_query[] = {
    resources::page_parameter,
    resources::limit_parameter,
    choice("state", "queued | running | done | failed | undoing | undone | cancelled"),
};

// `changed`: also what somebody has worked with since.
constexpr Field undo_query[] = {choice("also", "changed")};

// Values of a multipart form, or of a JSON body when an upload is named by its id.
class Form {
public:
    explicit Form(const http::Request& request) : request_(request) {
        if (request.form.empty() && request.files.empty() && !request.body.empty()) {
            body_ = body_object(request);
        }
    }
    std::string text(std::string_view name) const {
        for (const auto& [key, value] : request_.form) {
            if (key == name) {
                return value;
            }
        }
        const Json& value = body_[name];
        if (value.is_integer()) {
            return std::to_string(value.as_integer());
        }
        return value.is_bool() ? (value.as_bool() ? "true" : "false") : value.as_string();
    }
    Json json(std::string_view name) const {
        const std::string sent = text(name);
        return sent.empty() ? body_[name] : Json::parse(sent);
    }

private:
    const http::Request& request_;
    Json body_;
};

// Separator, encoding and header line, where somebody says them.
Reading reading_of(const Form& form) {
    Reading reading;
    std::vector<FieldProblem> problems;
    const auto refuse = [&](const char* field, Json allowed) {
        const Json params = Json::object({{"allowed", std::move(allowed)}});
        problems.push_back({field, "not_an_option", params, {}});
    };
    const std::string separator = form.text("separator") == "tab" ? "\t" : form.text("separator");
    if (separator.size() == 1 && separators.find(separator) != separators.npos) {
        reading.separator = separator.front();
    } else if (!separator.empty()) {
        refuse("separator", Json::array({";", ",", "tab", "|"}));
    }
    const std::string encoding = form.text("encoding");
    reading.encoding = parse_encoding(encoding);
    if (!reading.encoding && !encoding.empty()) {
        refuse("encoding", Json::array({"utf-8", "windows-1252", "utf-16le", "utf-16be"}));
    }
    const std::string line = form.text("headerLine");
    const Canonical number = canonical_from_text(Type::integer, line, Locale{});
    if (number.ok() && number.value.is_integer() && number.value.as_integer() >= 0) {
        reading.header_line = number.value.as_integer();
    } else if (!line.empty()) {
        problems.push_back({"headerLine", "format", Json::object(), {}});
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    return reading;
}

void require_import(Ctx& ctx, const Kind& kind) { ctx.require(kind.resource + ".import"); }

const Kind& kind_of(Ctx& ctx, const Form& form) {
    const std::string entity = form.text("entity");
    if (entity.empty()) {
        throw invalid("entity", "required");
    }
    const Kind* kind = ctx.app.entities().find(entity);
    if (!kind) {
        kind = ctx.app.entities().by_route(entity);
    }
    if (!kind || !kind->entity->can_be_imported) {
        throw invalid("entity", "not_importable");
    }
    require_import(ctx, *kind);
    ctx.require(kind->resource + ".create");
    return *kind;
}

Mode mode_of(Ctx& ctx, const Form& form, const Kind& kind) {
    const std::string name = form.text("mode");
    const auto mode = name.empty() ? std::optional(Mode::upsert) : parse_mode(name);
    if (!mode) {
        throw invalid("mode", "not_an_option",
                      Json::object({{"allowed", Json::array({"create", "update", "upsert"})}}));
    }
    if (*mode != Mode::create) {
        ctx.require(kind.resource + ".update");
    }
    return *mode;
}

Task<Upload> upload_of(Ctx& ctx, const http::Request& request, const Form& form, const Kind& kind,
                       const resources::TenantFacts& facts) {
    const Reading reading = reading_of(form);
    const std::string named = form.text("uploadId");
    if (named.empty()) {
        Upload upload = co_await take_upload(ctx, request, kind, facts, reading);
        co_return upload;
    }
    const auto id = Id::parse(named);
    if (!id) {
        throw invalid("uploadId", "format");
    }
    // Somebody else's file is nobody's business, whatever one may do with records.
    Upload upload = co_await get_upload(ctx, *id, ctx.who.user);
    if (!reading.is_empty()) {
        upload = co_await read_again(ctx, upload, kind, facts, reading);
    }
    co_return upload;
}

Task<http::Response> preview(Ctx& ctx, const http::Request& request) {
    const Form form(request);
    const Kind& kind = kind_of(ctx, form);
    const auto facts = co_await ctx.app.entities().facts(ctx);
    const Upload upload = co_await upload_of(ctx, request, form, kind, *facts);
    const Look look = co_await look_at(ctx, upload);
    co_return reply(200, preview_json(kind, targets_of(kind, *facts), upload, look));
}

void queue_import(Ctx& ctx, const Id& id, const Kind& kind, const Upload& upload,
                  std::string_view mode, bool is_trial, const Mapping& mapping,
                  const Wishes& wishes) {
    ctx.tx.queue(
        "insert into imports (id, upload_id, entity, file_name, mode, dry_run, mapping, language, "
        "timezone, asker_id, created_at, created_by, undoable_until, wishes) values ($1, $2, $3, "
        "$4, $5, $6, $7::jsonb, $8, $9, $10, $11::timestamptz, $12, case when not $6::boolean "
        "then $11::timestamptz + make_interval(days => $13) end, $14::jsonb)",
        {id, upload.id, kind.entity->name, upload.file_name, mode, is_trial, mapping_json(mapping),
         language_code(ctx.language), ctx.who.timezone, ctx.who.user, format_time(ctx.now),
         ctx.who.user, undo_days, wishes_json(wishes)});
}

Task<http::Response> start(Ctx& ctx, const http::Request& request) {
    const Form form(request);
    const Kind& kind = kind_of(ctx, form);
    const Mode mode = mode_of(ctx, form, kind);
    const Json sent = form.json("mapping");
    const auto facts = co_await ctx.app.entities().facts(ctx);
    const Upload upload = co_await upload_of(ctx, request, form, kind, *facts);
    const Look look = co_await look_at(ctx, upload);
    const std::vector<Target> targets = targets_of(kind, *facts);
    const Suggestions suggestions = suggest(kind, targets, upload.headers, look.samples);
    std::vector<FieldProblem> problems;
    const Mapping mapping =
        read_mapping(kind, sent, targets, upload.headers, suggestions, problems);
    const std::string_view mode_name = mode == Mode::create   ? "create"
                                       : mode == Mode::update ? "update"
                                                              : "upsert";
    require_targets(kind, mapping, mode_name, problems);
    const Json fixes = form.json("fixes");
    const Wishes wishes =
        read_wishes(fixes, form.text("summaryLines") == "import", upload.headers.size(), problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    const Id id = Id::make();
    queue_import(ctx, id, kind, upload, mode_name, form.text("dryRun") == "true", mapping, wishes);
    ctx.enqueue<RunImport>(id);
    co_return reply(202, Json::object({{"id", id}, {"state", "queued"}}));
}

// People see their own imports; somebody else's show what stands in files, and are for those who
// may read, or act on, everybody's.
bool may(const Ctx& ctx, const Import& import, std::string_view action) {
    return import.created_by == ctx.who.user || ctx.reach("imports", action) == Reach::all;
}

Task<Import> import_of(Ctx& ctx, const http::Request& request, bool locked) {
    const Id id = path_id(request, "import");
    Import import = co_await get_import(ctx, id, locked);
    if (!may(ctx, import, "read")) {
        throw not_found("import");
    }
    co_return import;
}

// Who may no longer import, or change what an import changes, does not go on with an old one.
Task<Import> import_to_change(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_of(ctx, request, true);
    if (!may(ctx, import, "update")) {
        throw forbidden();
    }
    const Kind& kind = ctx.app.entities().get(import.entity);
    require_import(ctx, kind);
    if (import.mode != "create") {
        ctx.require(kind.resource + ".update");
    }
    co_return import;
}

Task<http::Response> list(Ctx& ctx, const http::Request& request) {
    const bool sees_all = ctx.reach("imports", "read") == Reach::all;
    const std::optional<Id> author = sees_all ? std::optional<Id>{} : ctx.who.user;
    resources::WorkList<Import> imports{"imports", import_select(), list_query[2], import_json};
    http::Response response =
        co_await resources::list_work(ctx, request, std::move(imports), author);
    co_return response;
}

Task<http::Response> show(Ctx& ctx, const http::Request& request) {
    const Import import = co_await import_of(ctx, request, false);
    co_return reply(200, import_json(import));
}

Task<http::Response> errors(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_of(ctx, request, false);
    http::Response response = co_await list_rejected(ctx, request, std::move(import));
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
    http::Response response = co_await list_kept(ctx, request, std::move(import));
    co_return response;
}

http::Response accepted(Import import, std::string_view state) {
    import.state = state;
    return reply(202, import_json(import));
}

Task<http::Response> undo(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_to_change(ctx, request);
    const bool reclaims = resources::option_of(request, undo_query[0]).has_value();
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
    const auto state = co_await resources::resume(ctx, "imports", import.id);
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
    app.route("POST", "/imports/preview", preview)
        .uploads(most_upload_bytes)
        .in("imports")
        .called("previewImport")
        .gives(200, "ImportPreview");
    app.route("POST", "/imports", start)
        .uploads(most_upload_bytes)
        .in("imports")
        .called("startImport")
        .gives(202, "Import");
    app.route("GET", "/imports", list).in("imports").asks(list_query).gives(200, "ImportPage");
    app.route("GET", "/imports/{id}", show).in("imports").gives(200, "Import");
    app.route("GET", "/imports/{id}/errors", errors)
        .in("imports")
        .asks(std::span(list_query).first(2))
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
