// Who may see an import, and who may go on with it.
#pragma once

#include "kernel/entities/catalogue.hpp"
#include "kernel/imports/import.hpp"

namespace ponte::imports {

void require_import(Ctx& ctx, const records::Kind& kind);  // throws 403

// People see their own imports; somebody else's show what stands in files, and are for those who
// may read, or act on, everybody's. Throws 404.
Task<Import> import_of(Ctx& ctx, const http::Request& request, bool locked);

// Locked. Who may no longer import, or change what an import changes, does not go on with an old
// one. Throws 403 and 404.
Task<Import> import_to_change(Ctx& ctx, const http::Request& request);

}  // namespace ponte::imports
