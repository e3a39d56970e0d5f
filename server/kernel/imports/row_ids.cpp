#include "kernel/imports/row_ids.hpp"

#include <algorithm>

namespace ponte::imports {

// Time and the last five random bytes are the import's; the row's 32 bits stand between the marks
// for version (7) and variant, most significant first.
Id id_of_row(const Id& import_id, std::uint32_t row) {
    Id id = import_id;
    id.bytes[6] = static_cast<std::uint8_t>(0x70 | row >> 28);
    id.bytes[7] = static_cast<std::uint8_t>(row >> 20);
    id.bytes[8] = static_cast<std::uint8_t>(0x80 | (row >> 14 & 0x3F));
    id.bytes[9] = static_cast<std::uint8_t>(row >> 6);
    id.bytes[10] = static_cast<std::uint8_t>(row << 2 | (import_id.bytes[10] & 3));
    return id;
}

bool is_of_import(const Id& record_id, const Id& import_id) {
    const auto& record = record_id.bytes;
    const auto& from = import_id.bytes;
    return std::equal(record.begin(), record.begin() + 6, from.begin()) &&
           std::equal(record.begin() + 11, record.end(), from.begin() + 11);
}

}  // namespace ponte::imports
