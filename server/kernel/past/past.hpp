// What a record was, and how it goes back there: pure, from its history. Reading as of a moment and
// every undo stand on it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kernel/entities/catalogue.hpp"

namespace ponte::records {

// One past event of a record.
struct PastChange {
    std::int64_t version = 0;
    bool is_ours = false;          // made by the operation that is undone
    Json changes;                  // {"email": {"from": …, "to": …}}
    std::string past = "updated";  // the last part of the event's name
};

// Fields to write back, and whether some had to stay as they are.
struct WriteBack {
    Json fields = Json::object();  // {"email": <the value before>}
    bool is_complete = true;
    std::vector<std::string> kept;  // names of those that stay
};
enum class Reclaim { untouched, touched_too };

// Each field goes back to what it was before the operation, unless it is no longer what the
// operation made of it; what was changed back is not changed. `history` is in the order in which
// it happened.
WriteBack write_back(const std::vector<PastChange>& history, const Json& record,
                     Reclaim reclaim = Reclaim::untouched);

// Fields that others left different from how the operation left them.
std::vector<std::string> changed_since(const std::vector<PastChange>& history, const Json& record);

// Names and values as the API says them, as values of the declaration.
Values values_shown(const Kind& kind, const Json& fields);

struct PastRecord {
    Json record;
    bool existed = true;  // false: created later
    bool was_deleted = false;
};

// Takes back one change after the other: `later` are the events after the moment, newest first.
PastRecord as_it_was(Json record, bool is_deleted, const std::vector<PastChange>& later);

}  // namespace ponte::records
