// Labels made on the way: a title that nobody has used yet becomes a record of the field's target,
// for those who may make one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/entities/catalogue.hpp"

namespace ponte::records {

bool may_make_titles(const Ctx& ctx, const Kind& target);

// The first of them that no record has; nothing when all are known.
Task<std::optional<std::string>> unknown_title(Ctx& ctx, const Kind& target,
                                               std::vector<std::string> titles);

// To be called before a field's titles are written; `known` are those that the record has already.
// Queues the new ones. Throws 422 on the field: `too_long`, or `new_label` for those who may make
// none.
Task<> settle_titles(Ctx& ctx, const Field& field, const Kind& target, const Json& titles,
                     const Json& known);

}  // namespace ponte::records
