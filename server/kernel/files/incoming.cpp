#include "kernel/files/incoming.hpp"

#include <algorithm>

#include "kernel/http/request_facts.hpp"
#include "kernel/services.hpp"
#include "kernel/storage.hpp"

namespace ponte::files {

void require_body(Ctx& ctx, const http::Request& request) {
    const bool is_form = request.header("content-type").starts_with("multipart/");
    if (is_form && request.form.empty() && request.files.empty()) {
        Storage& storage = storage_of(ctx.services.settings.data_dir);
        storage.require_room_for(ctx.who.tenant, http::announced_bytes(request));
        throw Error(503, "overloaded");  // there is room by now: once more
    }
}

const http::UploadedFile& file_of(const http::Request& request) {
    const auto found = std::ranges::find(request.files, "file", &http::UploadedFile::field);
    if (found == request.files.end()) {
        throw invalid("file", "required");
    }
    if (found->size == 0) {
        throw invalid("file", "empty");
    }
    return *found;
}

}  // namespace ponte::files
