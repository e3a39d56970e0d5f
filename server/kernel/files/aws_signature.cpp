#include "kernel/files/aws_signature.hpp"

#include <algorithm>
#include <ctime>

#include "kernel/auth/sha256.hpp"
#include "kernel/http.hpp"
#include "kernel/signature.hpp"

namespace ponte::files {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256", unsigned_payload = "UNSIGNED-PAYLOAD";

std::string sha256(std::string_view text) {
    auth::Sha256 hash;
    hash.add(text);
    return hash.hex();
}

std::string stamp(Time at) {  // "20260115T120000Z"
    const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &parts)};
}

std::string scope_of(const AwsKeys& keys, Time at) {
    return stamp(at).substr(0, 8) + "/" + keys.region + "/s3/aws4_request";
}

// Runs of spaces are one space.
std::string trimmed(std::string_view value) {
    std::string text;
    for (const char c : value) {
        if (c != ' ' || (!text.empty() && text.back() != ' ')) {
            text += c;
        }
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

Pairs sorted_headers(const AwsRequest& request) {
    Pairs headers = request.headers;
    headers.emplace_back("host", request.host);
    std::ranges::sort(headers);
    return headers;
}

std::string names_of(const Pairs& headers) {
    std::string names;
    for (const auto& [name, value] : headers) {
        names += (names.empty() ? "" : ";") + name;
    }
    return names;
}

}  // namespace

std::string written_path(std::string_view path) {
    std::string written;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        written += http::url_encode(path.substr(begin, end - begin));
        written += end < path.size() ? "/" : "";
        begin = end + 1;
    }
    return written;
}

std::string written_query(Pairs query) {
    for (auto& [name, value] : query) {
        name = http::url_encode(name);
        value = http::url_encode(value);
    }
    std::ranges::sort(query);
    std::string written;
    for (const auto& [name, value] : query) {
        written += (written.empty() ? "" : "&") + name + "=" + value;
    }
    return written;
}

std::string canonical_request(const AwsRequest& request, std::string_view payload_hash) {
    const Pairs headers = sorted_headers(request);
    std::string text = request.method + "\n" + written_path(request.path) + "\n" +
                       written_query(request.query) + "\n";
    for (const auto& [name, value] : headers) {
        text += name + ":" + trimmed(value) + "\n";
    }
    return text + "\n" + names_of(headers) + "\n" + std::string(payload_hash);
}

std::string aws_signature(const AwsKeys& keys, Time at, const std::string& canonical) {
    const std::string told = std::string(algorithm) + "\n" + stamp(at) + "\n" + scope_of(keys, at) +
                             "\n" + sha256(canonical);
    std::string key = hmac_sha256("AWS4" + keys.secret, stamp(at).substr(0, 8));
    for (const std::string_view part : {std::string_view(keys.region), std::string_view("s3"),
                                        std::string_view("aws4_request")}) {
        key = hmac_sha256(key, part);
    }
    return to_hex(hmac_sha256(key, told));
}

Pairs signed_headers(AwsRequest request, const AwsKeys& keys, std::string_view payload_hash,
                     Time at) {
    request.headers.emplace_back("x-amz-content-sha256", payload_hash);
    request.headers.emplace_back("x-amz-date", stamp(at));
    if (!keys.session.empty()) {
        request.headers.emplace_back("x-amz-security-token", keys.session);
    }
    const std::string signature = aws_signature(keys, at, canonical_request(request, payload_hash));
    Pairs headers = request.headers;
    headers.emplace_back(
        "authorization",
        std::string(algorithm) + " Credential=" + keys.id + "/" + scope_of(keys, at) +
            ", SignedHeaders=" + names_of(sorted_headers(request)) + ", Signature=" + signature);
    return headers;
}

std::string presigned_query(AwsRequest request, const AwsKeys& keys, int lasts_s, Time at) {
    Pairs& query = request.query;
    query.emplace_back("X-Amz-Algorithm", algorithm);
    query.emplace_back("X-Amz-Credential", keys.id + "/" + scope_of(keys, at));
    query.emplace_back("X-Amz-Date", stamp(at));
    query.emplace_back("X-Amz-Expires", std::to_string(lasts_s));
    query.emplace_back("X-Amz-SignedHeaders", names_of(sorted_headers(request)));
    if (!keys.session.empty()) {
        query.emplace_back("X-Amz-Security-Token", keys.session);
    }
    const std::string signature =
        aws_signature(keys, at, canonical_request(request, unsigned_payload));
    return written_query(query) + "&X-Amz-Signature=" + signature;
}

}  // namespace ponte::files
