// A file in the body of a request: multipart, part `file`, on this machine's disk already.
#pragma once

#include "kernel/ctx.hpp"
#include "kernel/http.hpp"

namespace ponte::files {

// Throws 507 when the request's body was not read since there is no room for it.
void require_body(Ctx& ctx, const http::Request& request);
// Throws 422 `file` when there is none, or nothing in it.
const http::UploadedFile& file_of(const http::Request& request);

}  // namespace ponte::files
