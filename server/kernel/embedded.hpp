// The files that travel inside the program: the web interface, migrations, words, schemas and the
// documentation. The build packs them (tools/embed.cpp); nothing is read from the source at run
// time.
#pragma once

#include <span>
#include <string_view>

namespace ponte {

struct EmbeddedFile {
    std::string_view path;  // "web/index.html", "migrations/kernel/….sql", "words/customers.json"
    std::string_view bytes;
    std::string_view gzip;    // empty when compressing gains nothing
    std::string_view brotli;  // empty when compressing gains nothing
    std::string_view etag;    // of the content, with its quotes: "\"3f…\""
};

// Sorted by path.
std::span<const EmbeddedFile> embedded_files();

}  // namespace ponte
