// The words of a search: each stands somewhere in the column `search`. An index of fragments reads
// every record that has a fragment, so a plan chooses the rare ones for the index and compares the
// others with what that finds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/lists/list.hpp"

namespace ponte::records {

// With % and _ as the letters that they are.
std::string like_escaped(std::string_view text);

struct SearchTerms {
    // The whole search, open to indexes; "true" when there is no word.
    std::string condition;
    // The same for rows that were found by other means: no index is tempted by it.
    std::string filter;
    // Patterns of `t.search` for which the index of fragments serves, none implying another.
    std::vector<std::string> fragments;
};

// Throws 400 for kinds that cannot be searched. `folded_text`: as `folded` leaves it.
SearchTerms search_terms(const Ctx& ctx, const Kind& kind, std::string_view folded_text, Sql& sql);

}  // namespace ponte::records
