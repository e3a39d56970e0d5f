// A file on its way in: taken into <data>/uploads, made UTF-8, and looked at.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kernel/http.hpp"
#include "kernel/imports/import.hpp"
#include "kernel/imports/inspection.hpp"
#include "kernel/imports/mapping.hpp"

namespace ponte::imports {

// Keeps the request's file; throws 422 "file" when there is none or it is no text.
Task<Upload> take_upload(Ctx& ctx, const http::Request& request, const records::Kind& kind,
                         const records::TenantFacts& facts, const Reading& reading);
// The same file read in another way: an upload of its own, since an import may be reading the known
// one.
Task<Upload> read_again(Ctx& ctx, const Upload& known, const records::Kind& kind,
                        const records::TenantFacts& facts, Reading reading);
// A file of this machine that goes in two days, unless an import keeps it.
void let_go_soon(const std::string& path);
// It stays for as long as its import may be looked at or undone.
void keep_for_import(Ctx& ctx, const Upload& upload);
Task<Look> look_at(Ctx& ctx, const Upload& upload);

// Removes files that no import needs any more.
struct CleanUploads {};
template <class Visit>
void visit_fields(const CleanUploads&, Visit&&) {}
Task<> clean_uploads(Ctx& ctx, const CleanUploads& args);

}  // namespace ponte::imports
