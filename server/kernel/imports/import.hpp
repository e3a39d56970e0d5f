// One import as it stands in its table, and its file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kernel/ctx.hpp"
#include "kernel/imports/csv_reader.hpp"
#include "kernel/imports/plan.hpp"
#include "kernel/work/work.hpp"

namespace ponte::imports {

constexpr std::int64_t most_rows = 2'000'000;
constexpr std::int64_t most_rejected_rows = 100'000;  // kept to be read; more are only counted
constexpr std::uint64_t most_upload_bytes = 512u << 20;

struct Counters {
    std::int64_t processed = 0, created = 0, updated = 0, skipped = 0, failed = 0, noticed = 0;
};

struct Import : work::Row {
    static constexpr work::Table table{"imports", "import"};

    Id upload_id;
    std::string file_name, mode, language, timezone, undo_phase;
    bool dry_run = false, undo_reclaims = false;
    Json mapping, wishes;
    std::int64_t created = 0, updated = 0, skipped = 0, noticed = 0;
    std::int64_t next_byte = 0, next_line = 1, active_ms = 0;
    std::optional<Id> undo_after;

    Json json() const;
    Json shown(const Ctx&) const { return json(); }
};
FIELDS(Import, id, upload_id, entity, file_name, mode, state, language, timezone, undo_phase,
       dry_run, undo_reclaims, mapping, wishes, total, processed, created, updated, skipped, failed,
       noticed, undone, kept, next_byte, next_line, active_ms, undo_after, created_by, asker_id,
       asker_key_id, error, failed_in, created_at, finished_at, undoable_until);

struct Upload {
    Id id;
    std::string file_name, encoding, separator;
    bool has_header = true;
    std::int64_t size = 0, header_line = 0, start_byte = 0, start_line = 1;
    std::vector<std::string> headers, sheets;  // sheets: of a workbook
    std::optional<int> sheet;                  // which of them is read, counted from 1
    std::optional<Id> file_id, sent_file_id;   // in a store that all nodes share
};
FIELDS(Upload, id, file_name, encoding, separator, has_header, size, header_line, start_byte,
       start_line, headers, sheets, sheet, file_id, sent_file_id);

// Throws 404 upload.not_found; with an asker, only of what he sent himself.
Task<Upload> get_upload(Ctx& ctx, Id id, std::optional<Id> asker = {});
// Whether all fields that it fills are such as the reader may see, or change.
bool fills_what_is_seen(const Ctx& ctx, const Import& import);
bool fills_what_may_change(const Ctx& ctx, const Import& import);
std::string upload_path(const Ctx& ctx, const Id& upload_id);

}  // namespace ponte::imports
