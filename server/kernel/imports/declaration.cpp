#include "kernel/imports/declaration.hpp"

#include "kernel/entities/catalogue.hpp"
#include "kernel/files/incoming.hpp"
#include "kernel/imports/access.hpp"
#include "kernel/imports/request_form.hpp"
#include "kernel/imports/run.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"

namespace ponte::imports {
namespace {

using records::Kind;

constexpr Field fields_of_plan[] = {
    choice("mode", "create | update | upsert").required(),
    json("mapping").required(),
    json("fixes"),
    choice("summary_lines", "skip | import"),
    json("summary_rows"),
};

// A plan is said whole: one without its mode or columns would go back to what was suggested.
void require_whole(const Form& form) {
    Problems problems;
    for (const char* name : {"mode", "mapping"}) {
        if (form.text(name).empty() && form.json(name).is_null()) {
            problems.push_back({name, "required", {}, {}});
        }
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
}

struct Declaration {
    Mode mode = Mode::upsert;
    Mapping mapping;
    Wishes wishes;
};

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

// Throws 422 with everything that is wrong.
Task<Declaration> declaration_of(Ctx& ctx, const Form& form, Mode mode, const Kind& kind,
                                 const records::TenantFacts& facts, const Upload& upload) {
    const Look look = co_await look_at(ctx, upload);
    const std::vector<Target> targets = targets_of(kind, facts);
    const Suggestions suggestions = suggest(kind, targets, upload.headers, look.samples);
    const Json mapping = form.json("mapping"), fixes = form.json("fixes"),
               summaries = form.json("summaryRows");
    Problems problems;
    Declaration said;
    said.mode = mode;
    said.mapping = read_mapping(kind, mapping, targets, upload.headers, suggestions, problems);
    require_targets(kind, targets, said.mapping, mode_name(mode), problems);
    said.wishes = read_wishes(fixes, upload.headers.size(), problems);
    said.wishes.takes_summaries = form.text("summaryLines") == "import";
    said.wishes.summaries = read_rows("summaryRows", summaries, problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    co_return said;
}

void queue_import(Ctx& ctx, const Id& id, const Kind& kind, const Upload& upload, bool is_trial,
                  const Declaration& said) {
    ctx.tx.queue(
        "insert into imports (id, upload_id, entity, file_name, mode, dry_run, mapping, language, "
        "timezone, asker_id, created_at, created_by, undoable_until, wishes, asker_key_id) values "
        "($1, $2, $3, "
        "$4, $5, $6, $7::jsonb, $8, $9, $10, $11::timestamptz, $12, case when not $6::boolean "
        "then $11::timestamptz + make_interval(days => $13) end, $14::jsonb, $15)",
        {id, upload.id, kind.entity->name, upload.file_name, mode_name(said.mode), is_trial,
         mapping_json(said.mapping), language_code(ctx.language), ctx.who.timezone, ctx.who.user,
         format_time(ctx.now), ctx.who.user, work::undo_days, wishes_json(said.wishes),
         ctx.who.key_id()});
}

}  // namespace

const std::span<const Field> plan_fields = fields_of_plan;

void tell_of_start(Ctx& ctx, const Id& id, std::string_view entity, const std::string& file_name) {
    ctx.audit("import.started", id, Json::object({{"of", entity}, {"file", file_name}}));
}

Task<http::Response> start_import(Ctx& ctx, const http::Request& request) {
    files::require_body(ctx, request);
    const Form form(request);
    const Kind& kind = kind_of(ctx, form);
    const Mode mode = mode_of(ctx, form, kind);
    const auto facts = co_await ctx.services.entities().facts(ctx);
    const Upload upload = co_await upload_of(ctx, request, form, kind, *facts);
    const Declaration said = co_await declaration_of(ctx, form, mode, kind, *facts, upload);
    const Id id = Id::make();
    keep_for_import(ctx, upload);
    const bool is_trial = form.text("dryRun") == "true";
    queue_import(ctx, id, kind, upload, is_trial, said);
    if (!is_trial) {
        tell_of_start(ctx, id, kind.entity->name, upload.file_name);
    }
    work::enqueue_run(ctx, import_kind, id);
    co_return reply(202, Json::object({{"id", id}, {"state", "queued"}}));
}

Task<http::Response> show_plan(Ctx& ctx, const http::Request& request) {
    const Import import = co_await import_of(ctx, request, false);
    const Wishes wishes = wishes_from(import.wishes);
    co_return reply(200, Json::object({{"mode", import.mode},
                                       {"mapping", mapping_by_place(mapping_from(import.mapping))},
                                       {"fixes", fixes_json(wishes)},
                                       {"summaryLines", wishes.takes_summaries ? "import" : "skip"},
                                       {"summaryRows", rows_json(wishes.summaries)}}));
}

Task<http::Response> change_plan(Ctx& ctx, const http::Request& request) {
    Import import = co_await import_to_change(ctx, request);
    if (!import.dry_run || import.state == "queued" || import.state == "running") {
        throw conflict("import.not_a_trial");
    }
    const Form form(request);
    const auto& entities = ctx.services.entities();
    const Kind& kind = entities.seen(entities.get(import.entity), ctx.who);
    ctx.require(kind.resource + ".create");
    require_whole(form);
    const Mode mode = mode_of(ctx, form, kind);
    const auto facts = co_await ctx.services.entities().facts(ctx);
    const Upload upload = co_await get_upload(ctx, import.upload_id);
    const Declaration said = co_await declaration_of(ctx, form, mode, kind, *facts, upload);
    ctx.tx.queue(
        "update imports set mode = $2, mapping = $3::jsonb, wishes = $4::jsonb, state = 'queued', "
        "finished_at = null, error = null, failed_in = null, attempts = 0, asker_id = $5::uuid, "
        "asker_key_id = $6::uuid where tenant_id = current_tenant() and id = $1",
        {import.id, mode_name(said.mode), mapping_json(said.mapping), wishes_json(said.wishes),
         ctx.who.user, ctx.who.key_id()});
    work::enqueue_run(ctx, import_kind, import.id);
    import.mode = mode_name(said.mode);
    import.mapping = mapping_json(said.mapping);
    import.state = "queued";
    co_return reply(202, import.json());
}

}  // namespace ponte::imports
