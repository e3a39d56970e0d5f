// The status line and headers of a response. Security headers stand on every one of them; a handler
// that sets one of these by name replaces it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/http.hpp"

namespace ponte::http {

struct HeadFacts {
    std::string_view request_id;
    std::string_view date;                    // of HttpDate
    std::optional<std::uint64_t> body_bytes;  // none: no Content-Length (204, 304)
    bool closes = false;
    bool is_http_1_0 = false;  // keep-alive must be said
    bool is_secure = false;    // adds Strict-Transport-Security
};

void append_head(std::string& out, const Response& response, const HeadFacts& facts);

std::string_view reason_of(int status);
bool sets_header(const Response& response, std::string_view lower_case_name);

// The Date header's text, made once a second.
class HttpDate {
public:
    std::string_view now();

private:
    std::time_t second_ = 0;
    std::string text_;
};

}  // namespace ponte::http
