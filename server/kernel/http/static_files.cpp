#include "kernel/http/static_files.hpp"

#include <algorithm>

#include "kernel/embedded.hpp"
#include "kernel/http/compression.hpp"
#include "kernel/http/header_text.hpp"
#include "kernel/http/request_facts.hpp"

namespace ponte::http {
namespace {

const EmbeddedFile* find_file(std::string_view path) {
    const auto files = embedded_files();
    const auto found = std::lower_bound(
        files.begin(), files.end(), path,
        [](const EmbeddedFile& file, std::string_view wanted) { return file.path < wanted; });
    return found != files.end() && found->path == path ? &*found : nullptr;
}

std::string_view content_type_of(std::string_view path) {
    struct Type {
        std::string_view ending, name;
    };
    constexpr Type types[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".webp", "image/webp"},
        {".avif", "image/avif"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".woff", "font/woff"},
        {".txt", "text/plain; charset=utf-8"},
        {".xml", "application/xml"},
        {".wasm", "application/wasm"},
        {".mp3", "audio/mpeg"},
        {".ogg", "audio/ogg"},
        {".pdf", "application/pdf"},
    };
    for (const auto& [ending, name] : types) {
        if (path.ends_with(ending)) {
            return name;
        }
    }
    return "application/octet-stream";
}

// The build puts a hash of the content into the names of what it writes to assets/, so these never
// change; everything else is asked for again each time.
std::string_view cache_rule_of(std::string_view path) {
    return path.starts_with("web/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
}

std::string_view media_type_of(std::string_view item) { return take_part(item, ';'); }

// A browser that goes to a page says that it wants HTML by name; scripts, images and fetch do not.
bool wants_page(const Request& request) {
    std::string_view accepted = request.header("accept");
    while (!accepted.empty()) {
        if (is_same_word(media_type_of(take_part(accepted, ',')), "text/html")) {
            return true;
        }
    }
    return false;
}

// A page's last segment has no ending: /customers/42, not /logo.png.
bool looks_like_file(std::string_view path) {
    return path.starts_with("/assets/") || path.find('.', path.rfind('/') + 1) != path.npos;
}

const EmbeddedFile* file_for(const Request& request) {
    if (request.path != "/") {
        if (const auto* file = find_file("web" + request.path)) {
            return file;
        }
        if (looks_like_file(request.path) || !wants_page(request)) {
            return nullptr;
        }
    }
    return find_file("web/index.html");
}

void set_body(Response& response, const EmbeddedFile& file, const Request& request) {
    const auto accepted = accepted_codings(request.header("accept-encoding"));
    if (accepted.brotli && !file.brotli.empty()) {
        response.body = file.brotli;
        response.with("Content-Encoding", "br");
    } else if (accepted.gzip && !file.gzip.empty()) {
        response.body = file.gzip;
        response.with("Content-Encoding", "gzip");
    } else {
        response.body = file.bytes;
    }
}

}  // namespace

Response embedded_web(const Request& request) {
    Response response;
    if (request.method != "GET" && request.method != "HEAD") {
        response.status = 405;
        response.with("Allow", "GET, HEAD");
        return response;
    }
    const EmbeddedFile* file = file_for(request);
    if (!file) {
        response.status = 404;
        return response;
    }
    response.content_type = content_type_of(file->path);
    response.with("Cache-Control", std::string(cache_rule_of(file->path)));
    response.with("Vary", "Accept-Encoding");
    response.with("ETag", std::string(file->etag));
    if (knows_etag(request, file->etag)) {
        response.status = 304;
        return response;
    }
    set_body(response, *file, request);
    return response;
}

}  // namespace ponte::http
