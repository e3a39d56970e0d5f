// GET /{id}/timeline: what happened to a record and to all that is about it, the newest first.
// Which that is, the declarations say by `.about()`; no entity knows who tells of it.
#pragma once

#include "kernel/ctx.hpp"
#include "kernel/http.hpp"

namespace ponte::records {

// Entities' names and, of the record's own events, what happened: "note,updated".
constexpr Field timeline_query[] = {integer("limit").between(1, 100), text("cursor"), text("type")};

Task<http::Response> get_timeline(Ctx& ctx, const http::Request& request);

}  // namespace ponte::records
