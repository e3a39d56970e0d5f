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
    bool is_changed = false, is_complete = true;
    std::vector<std::string> kept;  // fields that stay as they are
};

// Queues each field as it was before: those that nobody touched since, or those, too.
Task<PutBack> put_back(Ctx& ctx, const Kind& kind, const Locked& before,
                       const std::vector<PastChange>& history,
                       Reclaim reclaim = Reclaim::untouched);

}  // namespace ponte::records
