// What an import's undo does with one record: pure, from its history.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/ctx.hpp"

namespace ponte::imports {

// One past change of a record.
struct PastChange {
    std::int64_t version = 0;
    bool is_ours = false;  // made by the import
    Json changes;          // {"email": {"from": …, "to": …}}
};

// Fields to write back, and whether some had to stay as they are.
struct WriteBack {
    Json fields = Json::object();  // {"email": <the value before>}
    bool is_complete = true;
};

// Each field goes back to what it was before the import, unless somebody touched it since.
WriteBack write_back(const std::vector<PastChange>& history, const Json& record);

}  // namespace ponte::imports
