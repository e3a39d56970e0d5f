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

// Either job was killed with its program too often.
struct ImportGivenUp {
    Id import_id;
};
FIELDS(ImportGivenUp, import_id);

Task<> run_import(Ctx& ctx, const RunImport& args);
Task<> undo_import(Ctx& ctx, const UndoImport& args);
Task<> give_up_import(Ctx& ctx, const ImportGivenUp& args);

}  // namespace ponte::imports
