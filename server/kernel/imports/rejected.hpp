// Rows that were not taken: kept with their reasons, listed, and given back as a file that can be
// corrected and imported again.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "kernel/http.hpp"
#include "kernel/imports/decide.hpp"
#include "kernel/imports/import.hpp"

namespace ponte::imports {

void queue_rejected(Ctx& ctx, const Import& import, const Plan& plan, std::span<const Row> rows,
                    const Outcome& outcome);

// Which of them are listed.
constexpr Field only_rows = choice("only", "summary_lines");
Task<http::Response> list_rejected(Ctx& ctx, Import import);
// The same by kind: field, reason, how many, which values.
Task<http::Response> list_groups(Ctx& ctx, Import import);
Task<http::Response> rejected_file(Ctx& ctx, Import import);

}  // namespace ponte::imports
