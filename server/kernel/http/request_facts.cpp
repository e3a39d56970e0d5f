#include "kernel/http/request_facts.hpp"

#include <arpa/inet.h>
#include <charconv>

#include <algorithm>

#include "kernel/http/header_text.hpp"
#include "kernel/id.hpp"

namespace ponte::http {
namespace {

// An Id in Crockford's base 32 (a ULID): shorter to read out over the phone.
std::string new_request_id() {
    constexpr char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const Id id = Id::make();
    std::string text(26, '0');
    unsigned bits = 0, have = 2;  // 130 bits hold 128: two zero bits go first
    std::size_t at = 0;
    for (const std::uint8_t byte : id.bytes) {
        bits = bits << 8 | byte;
        have += 8;
        while (have >= 5) {
            have -= 5;
            text[at++] = digits[bits >> have & 31];
        }
    }
    return text;
}

bool is_sane_id(std::string_view id) {
    return id.size() >= 8 && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '-' || c == '_' || c == '.';
           });
}

// Some proxies add to the line that came, others a line of their own behind it.
std::string_view last_of(const Request& request, std::string_view name) {
    std::string_view list;
    for (const auto& [key, value] : request.headers) {
        if (key == name) {
            list = value;
        }
    }
    const auto comma = list.rfind(',');
    return trimmed(comma == list.npos ? list : list.substr(comma + 1));
}

bool is_address(const std::string& text) {
    unsigned char ignored[sizeof(in6_addr)];
    return ::inet_pton(AF_INET, text.c_str(), ignored) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), ignored) == 1;
}

}  // namespace

void complete_facts(Request& request, const std::string& peer, bool trusts_proxy) {
    const auto given = request.header("x-request-id");
    request.request_id = is_sane_id(given) ? std::string(given) : new_request_id();
    request.remote_address = peer;
    if (!trusts_proxy) {
        return;
    }
    // The last address is what our proxy saw itself; the ones before it anybody may have written.
    std::string client(last_of(request, "x-forwarded-for"));
    if (is_address(client)) {
        request.remote_address = std::move(client);
    }
    request.is_secure = last_of(request, "x-forwarded-proto") == "https";
}

std::uint64_t announced_bytes(const Request& request) {
    const std::string_view text = request.header("content-length");
    std::uint64_t bytes = 0;
    std::from_chars(text.data(), text.data() + text.size(), bytes);
    return bytes;
}

bool has_token(std::string_view list, std::string_view lower_case_token) {
    while (!list.empty()) {
        if (is_same_word(take_part(list, ','), lower_case_token)) {
            return true;
        }
    }
    return false;
}

// The weak comparison of RFC 9110: a packing proxy may have put W/ in front.
bool knows_etag(const Request& request, std::string_view etag) {
    std::string_view list = request.header("if-none-match");
    while (!list.empty()) {
        auto known = take_part(list, ',');
        if (known.starts_with("W/")) {
            known.remove_prefix(2);
        }
        if (known == etag || known == "*") {
            return true;
        }
    }
    return false;
}

}  // namespace ponte::http
