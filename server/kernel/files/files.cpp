#include "kernel/files/files.hpp"

#include <chrono>

#include "kernel/files/collect.hpp"
#include "kernel/files/content.hpp"
#include "kernel/files/upload.hpp"
#include "kernel/services.hpp"

namespace ponte::files {
namespace {

constexpr std::uint64_t around_a_file = 64 * 1024;  // of a multipart body: heads and boundaries

}  // namespace

void declare(App& app) {
    app.route("POST", "/files", upload)
        .uploads(app.settings().file_bytes + around_a_file)
        .in("files")
        .called("uploadFile")
        .gives(201, "File");
    app.route("GET", "/files/{id}", show_file).in("files").called("getFile").gives(200, "File");
    app.route("GET", "/files/{id}/content", show_content)
        .in("files")
        .called("getFileContent")
        .asks(content_query)
        .gives(200, "application/octet-stream");
    app.route("GET", "/files/{id}/link", make_link)
        .in("files")
        .called("makeFileLink")
        .asks(link_query)
        .gives(200, "FileLink");
    Route& link = app.route("GET", "/file-links/{token}", follow_link)
                      .open()
                      .in("files")
                      .called("followFileLink")
                      .gives(200, "application/octet-stream");
    link.is_counted = false;  // a page shows many, and nobody guesses one
    app.job<CollectFiles>("files.collect", collect_files)
        .repeat_every(std::chrono::hours{1})
        .commits_itself();
}

}  // namespace ponte::files
