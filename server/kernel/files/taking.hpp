// How a file becomes somebody's, in the transaction of whoever wants it: from then on it is one
// record's, and nobody else can take it. Fields of records do so by themselves (records/filed.hpp);
// code of a module calls this for what is no record of an entity.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/field.hpp"

namespace ponte::files {

struct Taking {
    Id file, record;
    std::string field;            // as its row has it: "file_id", "customFields.contrato"
    std::string shown;            // as answers call it
    const Field* rule = nullptr;  // null: anything
};

// Throws 422 on the fields: `not_found` where it is none that this person uploaded or this field
// had before, `file_kind` and `file_too_large` where the rule does not want it.
Task<> take(Ctx& ctx, std::string_view entity, const std::vector<Taking>& wanted);

// They are nobody's again, queued: for where nothing can bring them back.
void let_go(Ctx& ctx, std::string_view entity, std::vector<Id> files);

}  // namespace ponte::files
