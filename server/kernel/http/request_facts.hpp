// What the server adds to a request that was read: its id and where it really comes from.
#pragma once

#include <cstdint>
#include <string>

#include "kernel/http.hpp"

namespace ponte::http {

void complete_facts(Request& request, const std::string& peer, bool trusts_proxy);

// Of the body, as its client says; 0 when it says nothing.
std::uint64_t announced_bytes(const Request& request);

// Whether a comma-separated header contains a word, whatever its case.
bool has_token(std::string_view list, std::string_view lower_case_token);

// Whether If-None-Match names this ETag: then 304 says it all.
bool knows_etag(const Request& request, std::string_view etag);

}  // namespace ponte::http
