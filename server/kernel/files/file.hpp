// The facts of a file as they are read and shown, and who may read it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kernel/ctx.hpp"

namespace ponte::files {

struct File {
    Id id;
    std::string name, sha256, type;
    std::int64_t size = 0;
    std::optional<Id> created_by, record_id;
    std::optional<std::string> entity, field;
};
FIELDS(File, id, name, sha256, type, size, created_by, record_id, entity, field);

constexpr const char* file_sql =
    "select id, name, sha256, type, size, created_by, record_id, entity, field from files "
    "where tenant_id = $1::uuid and id = $2::uuid";

Json shown(const File& file);

// A file that nobody has taken is its uploader's alone. One that a record has is read by whoever
// may read the record and the field; one of the company itself by everybody in it. Anything else is
// 404, whether there is such a file or not.
Task<File> readable(Ctx& ctx, Id id);

}  // namespace ponte::files
