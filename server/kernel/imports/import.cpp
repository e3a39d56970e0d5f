#include "kernel/imports/import.hpp"

#include <algorithm>
#include <filesystem>

#include "kernel/app.hpp"
#include "kernel/auth/standing.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/imports/csv_dialect.hpp"
#include "kernel/imports/mapping.hpp"
#include "kernel/realtime.hpp"
#include "kernel/records/field_rights.hpp"
#include "kernel/records/record.hpp"
#include "kernel/storage.hpp"

namespace ponte::imports {

namespace {

constexpr const char* import_columns =
    "id, upload_id, entity, file_name, mode, state, language, timezone, undo_phase, "
    "dry_run, undo_reclaims, mapping, wishes, total, processed, created, updated, skipped, failed, "
    "noticed, undone, kept, next_byte, next_line, "
    "active_ms, attempts, undo_after, created_by, asker_id, error, failed_in, created_at, "
    "finished_at, "
    "undoable_until";

Json time_json(const std::optional<std::string>& database_text) {
    if (!database_text) {
        return {};
    }
    std::string text;
    records::append_time(text, *database_text);
    return Json(text);
}

}  // namespace

std::string import_select() {
    return std::string("select ") + import_columns +
           " from imports where tenant_id = current_tenant()";
}

Json import_json(const Import& import) {
    const double seconds = static_cast<double>(import.active_ms) / 1000;
    const auto rate =
        seconds > 0 ? static_cast<std::int64_t>(static_cast<double>(import.processed) / seconds)
                    : 0;
    return Json::object({{"id", import.id},
                         {"entity", import.entity},
                         {"fileName", import.file_name},
                         {"mode", import.mode},
                         {"dryRun", import.dry_run},
                         {"state", import.state},
                         {"total", import.total},
                         {"processed", import.processed},
                         {"created", import.created},
                         {"updated", import.updated},
                         {"skipped", import.skipped},
                         {"failed", import.failed},
                         {"noticed", import.noticed},
                         {"undone", import.undone},
                         {"kept", import.kept},
                         {"mapping", mapping_shown(mapping_from(import.mapping))},
                         {"uploadId", import.upload_id},
                         {"createdAt", time_json(import.created_at)},
                         {"createdBy", import.created_by ? Json(*import.created_by) : Json{}},
                         {"finishedAt", time_json(import.finished_at)},
                         {"undoableUntil", time_json(import.undoable_until)},
                         {"error", import.error ? Json(*import.error) : Json{}},
                         {"resumable", import.failed_in.has_value()},
                         {"rowsPerSecond", rate}});
}

Task<std::optional<Import>> find_import(Ctx& ctx, Id id, bool locked) {
    std::string sql = import_select() + " and id = $1";
    if (locked) {
        sql += " for update";
    }
    auto found = co_await ctx.tx.maybe<Import>(std::move(sql), id);
    co_return found;
}

Task<Import> get_import(Ctx& ctx, Id id, bool locked) {
    auto found = co_await find_import(ctx, id, locked);
    if (!found) {
        throw not_found("import");
    }
    co_return std::move(*found);
}

Task<Upload> get_upload(Ctx& ctx, Id id, std::optional<Id> asker) {
    auto found = co_await ctx.tx.maybe<Upload>(
        "select id, file_name, encoding, separator, has_header, size, header_line, start_byte, "
        "start_line, headers "
        "from uploads where tenant_id = current_tenant() and id = $1 "
        "and ($2::uuid is null or created_by = $2::uuid)",
        id, asker);
    if (!found) {
        throw not_found("upload");
    }
    co_return std::move(*found);
}

namespace {

bool are_all_filled(const Ctx& ctx, const Import& import,
                    bool (*fits)(const records::Kind&, std::string_view)) {
    const records::Kind* kind = ctx.app.entities().find(import.entity);
    if (!kind) {
        return true;
    }
    const records::Kind& seen = ctx.app.entities().seen(*kind, ctx.who);
    const Mapping mapping = mapping_from(import.mapping);
    return std::all_of(mapping.begin(), mapping.end(),
                       [&](const MappedColumn& column) { return fits(seen, column.target); });
}

}  // namespace

bool fills_what_is_seen(const Ctx& ctx, const Import& import) {
    return are_all_filled(ctx, import, records::may_see);
}

bool fills_what_may_change(const Ctx& ctx, const Import& import) {
    return are_all_filled(ctx, import, records::may_change);
}

namespace {

// Going on asks for what starting did; taking back somebody else's asks for deletion, too.
bool may_go_on(const Ctx& ctx, const Import& import) {
    const std::string resource(ctx.app.entities().resource_of(import.entity));
    const auto may = [&](const char* action) { return ctx.reach(resource, action) != Reach::none; };
    const bool is_undo = import.state == "undoing";
    const bool may_write = is_undo ? import.asker_id == import.created_by || may("delete")
                                   : import.mode == "update" || may("create");
    if (!is_undo && !fills_what_may_change(ctx, import)) {
        return false;
    }
    return may("import") && may_write && (import.mode == "create" || may("update"));
}

}  // namespace

Task<> act_as_asker(Ctx& ctx, const Import& import) {
    const std::optional<Id> asker = import.asker_id;
    const bool is_there = co_await auth::act_as_user(ctx, asker);
    if (!is_there || !may_go_on(ctx, import)) {
        throw records::Hopeless{"asker_may_not", true};
    }
}

std::string upload_path(const Ctx& ctx, const Id& upload_id) {
    namespace fs = std::filesystem;
    const std::string& data = ctx.app.settings.data_dir;
    const std::string folder = storage_of(data).files_of(ctx.who.tenant);
    const std::string name = "/" + upload_id.text() + ".csv";
    fs::create_directories(folder);
    // Before companies had folders of their own, it lay beside those of all others.
    for (const std::string& file : {name, sent_path(name)}) {
        std::error_code it_does_not;
        fs::rename(data + "/uploads" + file, folder + file, it_does_not);
    }
    return folder + name;
}

void tell_progress(Ctx& ctx, const Import& import) {
    ctx.app.realtime().tell_author(ctx.who.tenant, import.created_by, "imports", "import.progress",
                                   import_json(import));
}

namespace {

Task<> tell_end(Ctx& ctx, Id import_id) {
    const auto import = co_await find_import(ctx, import_id, false);
    co_await ctx.tx.commit();
    if (import) {
        tell_progress(ctx, *import);
    }
}

}  // namespace

Task<> attempt(Ctx& ctx, Id import_id, Task<> (*work)(Ctx&, Id)) {
    const records::LongWork long_work{import_id, "imports", work, tell_end};
    co_await records::run_with_attempts(ctx, long_work);
}

Task<> give_up(Ctx& ctx, Id import_id) {
    const records::LongWork long_work{import_id, "imports", nullptr, tell_end};
    co_await records::give_up(ctx, long_work);
}

}  // namespace ponte::imports
