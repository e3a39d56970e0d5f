// What somebody asks an export for: of which records, in which form, which columns.
#pragma once

#include <span>

#include "kernel/http.hpp"
#include "kernel/work/work.hpp"

namespace ponte::exports {

extern const std::span<const Field> export_body;

// POST /exports. Everything that can be wrong is told at once; a job does the rest.
Task<http::Response> start_export(Ctx& ctx, const http::Request& request);

}  // namespace ponte::exports
