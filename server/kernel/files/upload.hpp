// POST /files: a file arrives, and is nobody's until a record takes it.
#pragma once

#include "kernel/ctx.hpp"
#include "kernel/http.hpp"

namespace ponte::files {

Task<http::Response> upload(Ctx& ctx, const http::Request& request);

}  // namespace ponte::files
