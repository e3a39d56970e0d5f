// One question to everything that can be searched: what Spotlight asks.
#pragma once

#include <cstdint>

#include "kernel/app.hpp"
#include "kernel/lists/list.hpp"

namespace ponte::records {

void declare_search_routes(App& app);  // GET /search

// The best few records of one kind for a folded text that is not empty.
db::Statement best_matches(const Ctx& ctx, const Kind& kind, const std::string& folded_text,
                           std::int64_t limit);

}  // namespace ponte::records
