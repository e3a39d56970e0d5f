// A file on its way in: taken into <data>/uploads, made UTF-8, and looked at.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kernel/http.hpp"
#include "kernel/imports/import.hpp"
#include "kernel/imports/mapping.hpp"

namespace ponte::imports {

// What the first records show.
struct Look {
    std::vector<std::string> first;  // the first record's cells
    std::vector<Cells> samples;      // the records after the header, or from the first on
    std::int64_t rows_estimate = 0;
};

// Keeps the request's file; throws 422 "file" when there is none or it is no text.
Task<Upload> take_upload(Ctx& ctx, const http::Request& request, const resources::Kind& kind,
                         const resources::TenantFacts& facts);
Task<Look> look_at(Ctx& ctx, const Upload& upload);

// Removes files that no import needs any more.
struct CleanUploads {};
template <class Visit>
void visit_fields(const CleanUploads&, Visit&&) {}
Task<> clean_uploads(Ctx& ctx, const CleanUploads& args);

}  // namespace ponte::imports
