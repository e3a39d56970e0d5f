// The rows of parts, as their records are written.
#pragma once

#include <vector>

#include "kernel/db.hpp"
#include "kernel/records/changes.hpp"

namespace ponte::records {

// Behind the statement of the records: rows that are no longer among their parts go, the others
// stand as they are said, in the order in which they are said. Nothing for changes without parts.
std::vector<db::Statement> part_statements(const Changes& changes);

}  // namespace ponte::records
