#include "kernel/imports/import.hpp"

#include <algorithm>
#include <filesystem>

#include "kernel/entities/catalogue.hpp"
#include "kernel/imports/csv_dialect.hpp"
#include "kernel/imports/mapping.hpp"
#include "kernel/records/field_rights.hpp"
#include "kernel/services.hpp"
#include "kernel/storage.hpp"

namespace ponte::imports {

Json Import::json() const {
    const double seconds = static_cast<double>(active_ms) / 1000;
    const auto rate =
        seconds > 0 ? static_cast<std::int64_t>(static_cast<double>(processed) / seconds) : 0;
    Json own = Json::object({{"fileName", file_name},
                             {"mode", mode},
                             {"dryRun", dry_run},
                             {"created", created},
                             {"updated", updated},
                             {"skipped", skipped},
                             {"noticed", noticed},
                             {"mapping", mapping_shown(mapping_from(mapping))},
                             {"uploadId", upload_id},
                             {"rowsPerSecond", rate}});
    return work::records_json(*this, std::move(own));
}

Task<Upload> get_upload(Ctx& ctx, Id id, std::optional<Id> asker) {
    auto found = co_await ctx.tx.maybe<Upload>(
        "select id, file_name, encoding, separator, has_header, size, header_line, start_byte, "
        "start_line, headers, sheets, sheet, file_id, sent_file_id "
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
    const records::Kind* kind = ctx.services.entities().find(import.entity);
    if (!kind) {
        return true;
    }
    const records::Kind& seen = ctx.services.entities().seen(*kind, ctx.who);
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

std::string upload_path(const Ctx& ctx, const Id& upload_id) {
    namespace fs = std::filesystem;
    const std::string& data = ctx.services.settings.data_dir;
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

}  // namespace ponte::imports
