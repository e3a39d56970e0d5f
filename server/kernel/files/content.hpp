// What is in a file: for whoever may read it, and by a link that is good for a while.
#pragma once

#include "kernel/ctx.hpp"
#include "kernel/field.hpp"
#include "kernel/files/file.hpp"
#include "kernel/files/store.hpp"
#include "kernel/http.hpp"

namespace ponte::files {

constexpr int longest_link_s = 3600;  // and the usual one

constexpr Field content_query[] = {boolean("download")};
constexpr Field link_query[] = {boolean("download"),
                                integer("expires").between(30, longest_link_s)};

// The bytes of a file, for whoever was found to be allowed to read them.
Task<http::Response> give(Ctx& ctx, const File& file, const http::Request& request,
                          bool as_download, Lending lending = Lending::zero());

Task<http::Response> show_file(Ctx& ctx, const http::Request& request);     // its facts
Task<http::Response> show_content(Ctx& ctx, const http::Request& request);  // its bytes
// An address for programs that send no token of their own: a browser's picture, player or download.
Task<http::Response> make_link(Ctx& ctx, const http::Request& request);
Task<http::Response> follow_link(Ctx& ctx, const http::Request& request);

}  // namespace ponte::files
