// What the undos of imports and of operations share: the history since, and putting back one
// record.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kernel/past/past.hpp"
#include "kernel/records/write.hpp"

namespace ponte::records {

struct Undone {
    Id operation;
    std::string since;  // database text: nothing of it happened before
};

// Everything that happened to these records since then, in order.
Task<std::map<Id, std::vector<PastChange>>> histories(Ctx& ctx, const Kind& kind, Undone undone,
                                                      std::vector<Id> ids);

struct PutBack {
    Values values;  // canonical: each field as it was before
    bool is_complete = true;
    std::vector<std::string> kept;  // fields that stay as they are
};

// What takes a record back: those fields that nobody touched since, or those, too.
PutBack put_back(const Kind& seen, const TenantFacts& facts, const Locked& before,
                 const std::vector<PastChange>& history, const Locale& locale,
                 Reclaim reclaim = Reclaim::untouched);

}  // namespace ponte::records
