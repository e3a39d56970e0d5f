// AWS Signature Version 4, as stores of objects want it: of a request in its head, and of an
// address that is good for a while. Own, since libcurl's leaves out what S3 asks for and signs
// queries in the wrong order (decision 0154).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/values.hpp"

namespace ponte::files {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct AwsKeys {
    std::string id, secret, session;  // session: of keys that were borrowed
    std::string region;
};

struct AwsRequest {
    std::string method, host;  // as the Host header says it, with its port when it has one
    std::string path;          // as it is meant: "/bucket/mídia 1.txt"
    Pairs query;               // as it is meant
    Pairs headers;             // all that are signed beside `host`; names in lower case
};

// Both encode what is sent as it is signed.
std::string written_path(std::string_view path);
std::string written_query(Pairs query);  // sorted

std::string canonical_request(const AwsRequest& request, std::string_view payload_hash);
std::string aws_signature(const AwsKeys& keys, Time at, const std::string& canonical);

// What is sent beside `host`: the headers of the request, and those that the signature needs.
Pairs signed_headers(AwsRequest request, const AwsKeys& keys, std::string_view payload_hash,
                     Time at);
// The query of an address that does what `request` says for `lasts_s` seconds, for anybody.
std::string presigned_query(AwsRequest request, const AwsKeys& keys, int lasts_s, Time at);

}  // namespace ponte::files
