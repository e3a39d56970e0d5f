// Who may make an export of what, and who may fetch one: its author alone, and only as long as they
// may read all that stands in it.
#pragma once

#include "kernel/exports/columns.hpp"
#include "kernel/exports/export.hpp"
#include "kernel/http.hpp"

namespace ponte::exports {

// As the reader sees it; throws 403, and 422 on `entity` for what cannot be exported.
const records::Kind& exported_kind(Ctx& ctx, const std::string& entity);

// Where it is whose: an export is its author's alone, by a key what that key asked for. Throws 404.
Task<Export> own_export(Ctx& ctx, const http::Request& request, bool locked);

// With what reach somebody reads what these columns tell, and in which team.
Json reaches_of(const Ctx& ctx, const records::Kind& seen, const Columns& columns);
// Whether they still reach as far, and still see the declared fields among `columns`.
bool are_held(const Ctx& ctx, const records::Kind& kind, const Export& one);
// The same, asked of everything; throws 403 export.rights_lost.
Task<> require_held(Ctx& ctx, const Export& one);

}  // namespace ponte::exports
