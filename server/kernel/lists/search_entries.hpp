// New entries of the indexes that searches ask: PostgreSQL collects them in a list, which each
// search reads whole until they are merged.
#pragma once

#include <memory>

#include "kernel/ctx.hpp"

namespace ponte::records {

// Merges them, on a connection of its own; what fails is logged, nothing depends on it.
Task<> merge_search_entries(Services& services, Loop& loop);

// For whoever writes much: merges beside the writing, one at a time.
class MergingMeanwhile {
public:
    void begin(Services& services, Loop& loop);

private:
    const std::shared_ptr<bool> is_under_way_ = std::make_shared<bool>(false);
};

}  // namespace ponte::records
