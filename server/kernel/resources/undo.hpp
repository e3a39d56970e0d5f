// What the undos of imports and of operations share: the history since, and putting back one
// record.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kernel/resources/past.hpp"
#include "kernel/resources/write.hpp"

namespace ponte::resources {

struct Undone {
    Id operation;
    std::string since;  // database text: nothing of it happened before
};

// Everything that happened to these records since then, in order.
Task<std::map<Id, std::vector<PastChange>>> histories(Ctx& ctx, const Kind& kind, Undone undone,
                                                      std::vector<Id> ids);

struct PutBack {
    bool is_changed = false, is_complete = true;
};

// Queues each field that nobody touched since as it was before.
Task<PutBack> put_back(Ctx& ctx, const Kind& kind, const Locked& before,
                       const std::vector<PastChange>& history);

}  // namespace ponte::resources
