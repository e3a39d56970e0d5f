// What a notification says to the one who reads it: in their language, with what the record is
// called as far as they may read it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/ctx.hpp"

namespace ponte::notifications {

struct Row {
    Id id;
    std::string kind, entity, at;
    std::optional<Id> record_id, actor_id;
    std::optional<std::string> actor, read_at;
    Json facts;
    std::int64_t count = 1;
};
FIELDS(Row, id, kind, entity, at, record_id, actor_id, actor, read_at, facts, count);

// The columns of a Row over notifications n; $1 is the tenant.
std::string row_columns(const Ctx& ctx);

struct Said {
    std::string text;
    Json record;  // {"id", "title"}; null where there is none to be opened
};
// In the order of the rows, for ctx.who.
Task<std::vector<Said>> said(Ctx& ctx, const std::vector<Row>& rows);

}  // namespace ponte::notifications
