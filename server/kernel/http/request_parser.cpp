#include "kernel/http/request_parser.hpp"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <cstring>
#include <optional>

#include "kernel/http/header_text.hpp"
#include "kernel/http/target.hpp"

namespace ponte::http {
namespace beast_http = boost::beast::http;
using boost::beast::error_code;
using View = boost::beast::string_view;
using Problem = RequestParser::Problem;

namespace {

constexpr Problem malformed{400, "bad_request"};
constexpr Problem target_too_long{414, "target_too_long"};
constexpr Problem headers_too_large{431, "headers_too_large"};
constexpr Problem too_large{413, "payload_too_large"};

std::string_view std_view(View text) { return {text.data(), text.size()}; }

// A line that goes on with a space or tab was folded; proxies disagree on what that means.
bool has_folded_line(std::string_view head) {
    for (auto end = head.find('\n'); end + 1 < head.size(); end = head.find('\n', end + 1)) {
        if (head[end + 1] == ' ' || head[end + 1] == '\t') {
            return true;
        }
    }
    return false;
}

bool is_decimal(std::string_view text) {
    return !text.empty() && text.size() <= 19 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

struct RequestParser::Parts final : beast_http::basic_parser<true> {
    const Limits& limits;
    Request* request = nullptr;
    Sink sink;
    Problem problem;
    std::string raw_target;
    int hosts = 0, lengths = 0, encodings = 0;
    bool is_old = false, expects_continue = false, has_head = false;

    explicit Parts(const Limits& limits_) : limits(limits_) {
        eager(true);
        header_limit(static_cast<std::uint32_t>(limits.header_bytes));
        body_limit(boost::none);
    }

    void fail(Problem what, error_code& error) {
        problem = what;
        error = beast_http::error::bad_value;
    }

    void on_request_impl(beast_http::verb, View method, View target, int version,
                         error_code& error) override {
        if (target.size() > limits.target_bytes) {
            fail(target_too_long, error);
            return;
        }
        request->method = std_view(method);
        raw_target = std_view(target);
        is_old = version < 11;
    }

    void on_field_impl(beast_http::field field, View name, View value, error_code& error) override {
        if (has_head) {
            return;  // a trailer; nothing here needs one
        }
        if (request->headers.size() >= static_cast<std::size_t>(limits.header_count)) {
            fail(headers_too_large, error);
            return;
        }
        const auto text = std_view(value);
        switch (field) {
            case beast_http::field::host:
                ++hosts;
                break;
            case beast_http::field::content_length:
                if (++lengths > 1 || !is_decimal(text)) {
                    fail(malformed, error);
                }
                break;
            case beast_http::field::transfer_encoding:
                if (++encodings > 1 || is_old || lower_case(text) != "chunked") {
                    fail(malformed, error);
                }
                break;
            case beast_http::field::expect:
                expects_continue = !is_old && lower_case(text) == "100-continue";
                break;
            default:
                break;
        }
        request->headers.emplace_back(lower_case(std_view(name)), text);
    }

    void on_header_impl(error_code& error) override {
        has_head = true;
        const bool is_ambiguous = lengths > 0 && encodings > 0;
        const bool is_nowhere = hosts > 1 || (hosts == 0 && !is_old);
        if (is_ambiguous || is_nowhere) {
            fail(malformed, error);
        }
    }

    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}

    std::size_t take(View bytes, error_code& error) {
        if (!sink(std_view(bytes))) {
            fail(malformed, error);
        }
        return bytes.size();
    }
    std::size_t on_body_impl(View bytes, error_code& error) override { return take(bytes, error); }
    void on_chunk_header_impl(std::uint64_t, View, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View bytes, error_code& error) override {
        return take(bytes, error);
    }
    void on_finish_impl(error_code&) override {}
    void on_response_impl(int, View, int, error_code&) override {}

    Problem problem_of(const error_code& error) const {
        if (problem) {
            return problem;
        }
        if (error == beast_http::error::header_limit) {
            return headers_too_large;
        }
        return error == beast_http::error::body_limit ? too_large : malformed;
    }
};

RequestParser::RequestParser(const Limits& limits) : parts_(std::make_unique<Parts>(limits)) {}

RequestParser::~RequestParser() = default;

std::size_t RequestParser::head_length(std::string_view bytes, std::size_t& scanned) {
    const auto end = bytes.find("\r\n\r\n", scanned);
    if (end != bytes.npos) {
        return end + 4;
    }
    scanned = bytes.size() < 3 ? 0 : bytes.size() - 3;
    return 0;
}

bool RequestParser::ends_lines_with_line_feeds(std::string_view bytes) {
    const auto end = bytes.find('\n');
    return end != bytes.npos && (end == 0 || bytes[end - 1] != '\r');
}

Problem RequestParser::read_head(std::string_view head, Request& into) {
    if (has_folded_line(head) || std::memchr(head.data(), '\0', head.size())) {
        return malformed;
    }
    parts_->request = &into;
    into.headers.reserve(16);
    error_code error;
    parts_->put(boost::asio::const_buffer(head.data(), head.size()), error);
    const bool is_whole = parts_->has_head && (!error || error == beast_http::error::need_more);
    if (!is_whole) {
        return parts_->problem_of(error);
    }
    auto target = parse_target(into.method, parts_->raw_target);
    if (!target) {
        return malformed;
    }
    into.path = std::move(target->path);
    into.query = std::move(target->query);
    return {};
}

bool RequestParser::has_body() const { return !parts_->is_done(); }

bool RequestParser::keeps_alive() const { return parts_->keep_alive(); }

bool RequestParser::expects_continue() const { return parts_->expects_continue; }

bool RequestParser::is_http_1_0() const { return parts_->is_old; }

std::uint64_t RequestParser::announced_bytes() const {
    return parts_->content_length().value_or(0);
}

void RequestParser::limit_body(std::uint64_t bytes, Sink sink) {
    parts_->body_limit(bytes);
    parts_->sink = std::move(sink);
}

Problem RequestParser::read_body(std::string_view bytes, std::size_t& taken) {
    error_code error;
    taken = parts_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    if (error && error != beast_http::error::need_more) {
        return parts_->problem_of(error);
    }
    return {};
}

bool RequestParser::is_done() const { return parts_->is_done(); }

}  // namespace ponte::http
