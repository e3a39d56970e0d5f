// One export as it stands in its table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kernel/work/work.hpp"

namespace ponte::exports {

constexpr int kept_days = 7;
constexpr std::int64_t most_printed = 20'000;  // records of a PDF

struct Export : work::Row {
    static constexpr work::Table table{"exports", "export", false};

    std::string format, language, timezone, file_name;
    Json args;     // what `read_selection` reads, and a caption
    Json columns;  // their names, in their order
    Json reaches;  // with what reach whoever asked could read then
    std::optional<Id> file_id;
    std::optional<std::int64_t> size;
    std::optional<std::string> expires_at;

    Json json() const;
    // With what its records are called in the language of whoever asks.
    Json shown(const Ctx& ctx) const;
};
FIELDS(Export, id, entity, state, format, language, timezone, file_name, args, columns, reaches,
       total, processed, asker_id, asker_key_id, created_by, error, failed_in, file_id, size,
       created_at, finished_at, expires_at);

// What of it stands in the audit: of what, in which form, how many, chosen by what.
Json told(const Export& one);

}  // namespace ponte::exports
