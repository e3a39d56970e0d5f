// An export as long work: it reads page by page and begins anew wherever it was, since a file is
// either whole or not there.
#pragma once

#include "kernel/exports/export.hpp"
#include "kernel/lists/list.hpp"

namespace ponte::exports {

std::unique_ptr<work::Work> run_of(const work::WorkKind& kind);

inline constexpr work::WorkKind export_kind{"export", "export", run_of};

// Which records: as lists read, no more than whoever asks may read and export. `ids`: only those.
Task<records::ListQuery> chosen_records(Ctx& ctx, const records::Kind& seen, const Json& args,
                                        const std::optional<std::vector<Id>>& ids);
// How many; counting ends at `most`, when there is one.
Task<std::int64_t> count_chosen(Ctx& ctx, const records::Kind& seen, records::ListQuery query,
                                std::optional<std::int64_t> most);

}  // namespace ponte::exports
