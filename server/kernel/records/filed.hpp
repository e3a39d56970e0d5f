// Fields of type `file`: a record takes the file that its field names, in the transaction of the
// write, whatever way it comes. A file is one record's: nobody's before, and nobody else's after.
#pragma once

#include <string>
#include <string_view>

#include "kernel/ctx.hpp"
#include "kernel/records/changes.hpp"

namespace ponte::records {

// Throws 422 on the fields (files/taking.hpp).
Task<> take_files(Ctx& ctx, const Changes& changes);

}  // namespace ponte::records
