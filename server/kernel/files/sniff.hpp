// What a file is, by its bytes: what its sender calls it is only believed between kinds that are
// stored alike. Also what of it a browser may show in place.
#pragma once

#include <string>
#include <string_view>

namespace ponte::files {

constexpr std::size_t sniffed_bytes = 64 * 1024;  // of the beginning

// "image/png", "application/pdf", "text/html"…; application/octet-stream for anything else.
std::string sniff(std::string_view beginning, std::string_view name);

// Nothing that a browser would run: images, PDF, plain text, sound and film.
bool may_be_shown(std::string_view type);
// "image", "pdf" or "" — what fields accept.
std::string_view kind_of(std::string_view type);
bool is_accepted(std::string_view accepted, std::string_view type);  // of a field: "image | pdf"

}  // namespace ponte::files
