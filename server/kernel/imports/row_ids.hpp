// The ids of records that an import creates are made of the import's id and the row's number: a
// UUIDv7 like any other, in the order of the file, that tells where it came from. So an undo needs
// no list of what was created, and a row can never be created twice.
#pragma once

#include <cstdint>

#include "kernel/id.hpp"

namespace ponte::imports {

Id id_of_row(const Id& import_id, std::uint32_t row);
bool is_of_import(const Id& record_id, const Id& import_id);

}  // namespace ponte::imports
