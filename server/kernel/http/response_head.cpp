#include "kernel/http/response_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

#include "kernel/http/header_text.hpp"

namespace ponte::http {
namespace {

struct Default {
    std::string_view name, line;
};

// What a browser may do with any answer of ours: run nothing, frame nothing, guess no type, tell no
// other site where it came from, keep nothing. Pages set their own Content-Security-Policy.
constexpr std::array defaults{
    Default{"x-content-type-options", "X-Content-Type-Options: nosniff\r\n"},
    Default{"x-frame-options", "X-Frame-Options: DENY\r\n"},
    Default{"referrer-policy", "Referrer-Policy: strict-origin-when-cross-origin\r\n"},
    Default{"cross-origin-opener-policy", "Cross-Origin-Opener-Policy: same-origin\r\n"},
    Default{"content-security-policy",
            "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"},
    Default{"cache-control", "Cache-Control: no-store\r\n"},
};

constexpr std::string_view all_defaults =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: strict-origin-when-cross-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
    "Cache-Control: no-store\r\n";

void append_defaults(std::string& out, const Response& response) {
    if (response.headers.empty()) {
        out += all_defaults;
        return;
    }
    for (const auto& [name, line] : defaults) {
        if (!sets_header(response, name)) {
            out += line;
        }
    }
}

// A value from outside must not end its line: that would be a header, or a response, of its own.
void append_value(std::string& out, std::string_view value) {
    const auto is_break = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    if (std::none_of(value.begin(), value.end(), is_break)) {
        out += value;
        return;
    }
    std::remove_copy_if(value.begin(), value.end(), std::back_inserter(out), is_break);
}

// The server alone says how a message ends.
bool is_ours(std::string_view name) {
    return is_same_word(name, "content-length") || is_same_word(name, "transfer-encoding") ||
           is_same_word(name, "connection") || is_same_word(name, "x-request-id");
}

void append_integer(std::string& out, std::uint64_t value) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof(digits), value).ptr);
}

struct Reason {
    int status;
    std::string_view text;
};

constexpr Reason reasons[] = {
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {507, "Insufficient Storage"},
};

}  // namespace

bool sets_header(const Response& response, std::string_view lower_case_name) {
    return std::any_of(response.headers.begin(), response.headers.end(), [&](const auto& header) {
        return is_same_word(header.first, lower_case_name);
    });
}

std::string_view reason_of(int status) {
    const auto found = std::ranges::find(reasons, status, &Reason::status);
    return found == std::end(reasons) ? "Status" : found->text;
}

void append_head(std::string& out, const Response& response, const HeadFacts& facts) {
    out += "HTTP/1.1 ";
    append_integer(out, static_cast<std::uint64_t>(response.status));
    out += ' ';
    out += reason_of(response.status);
    out += "\r\nDate: ";
    out += facts.date;
    if (facts.body_bytes) {
        out += "\r\nContent-Length: ";
        append_integer(out, *facts.body_bytes);
        if (!response.content_type.empty() && *facts.body_bytes > 0) {
            out += "\r\nContent-Type: ";
            append_value(out, response.content_type);
        }
    }
    out += "\r\nX-Request-Id: ";
    out += facts.request_id;
    out += "\r\n";
    append_defaults(out, response);
    for (const auto& [name, value] : response.headers) {
        if (!is_ours(name)) {
            append_value(out, name);
            out += ": ";
            append_value(out, value);
            out += "\r\n";
        }
    }
    if (facts.is_secure) {
        out += "Strict-Transport-Security: max-age=31536000\r\n";
    }
    if (facts.closes) {
        out += "Connection: close\r\n";
    } else if (facts.is_http_1_0) {
        out += "Connection: keep-alive\r\n";
    }
    out += "\r\n";
}

std::string_view HttpDate::now() {
    const std::time_t now = std::time(nullptr);
    if (now != second_) {
        second_ = now;
        std::tm parts{};
        gmtime_r(&now, &parts);
        char text[40];
        text_.assign(text, std::strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &parts));
    }
    return text_;
}

}  // namespace ponte::http
