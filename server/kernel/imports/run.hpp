// The two jobs of imports. Both commit in chunks, each with its progress, and go on from there.
#pragma once

#include "kernel/ctx.hpp"

namespace ponte::imports {

struct RunImport {
    Id import_id;
};
FIELDS(RunImport, import_id);

struct UndoImport {
    Id import_id;
};
FIELDS(UndoImport, import_id);

Task<> run_import(Ctx& ctx, const RunImport& args);
Task<> undo_import(Ctx& ctx, const UndoImport& args);

}  // namespace ponte::imports
