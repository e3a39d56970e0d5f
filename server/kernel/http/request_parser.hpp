// Turns the bytes of one request into a Request, strictly: what two servers could read in two ways
// (both lengths, odd encodings, folded lines) is refused: that is how requests are smuggled.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "kernel/http.hpp"

namespace ponte::http {

class RequestParser {
public:
    // What is wrong with a request: the status and code of its refusal.
    struct Problem {
        int status = 0;  // 0: nothing
        std::string_view code;
        explicit operator bool() const { return status != 0; }
    };
    // Where body bytes go; false stops the reading.
    using Sink = std::function<bool(std::string_view bytes)>;

    explicit RequestParser(const Limits& limits);
    ~RequestParser();

    // The length of the head at the start of `bytes`, with its empty line; 0 while it is not all
    // there. `scanned` remembers what need not be looked at again.
    static std::size_t head_length(std::string_view bytes, std::size_t& scanned);

    // Some clients write no carriage returns; their heads would have no end.
    static bool ends_lines_with_line_feeds(std::string_view bytes);

    // `head` is exactly what head_length measured.
    Problem read_head(std::string_view head, Request& into);
    // After the head: what it says.
    bool has_body() const;
    bool keeps_alive() const;
    bool expects_continue() const;
    bool is_http_1_0() const;
    std::uint64_t announced_bytes() const;  // of the body; 0 when it comes in chunks

    void limit_body(std::uint64_t bytes, Sink sink);
    // Takes what it can; `taken` says how much. Bytes not taken come again with more behind them.
    Problem read_body(std::string_view bytes, std::size_t& taken);
    bool is_done() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace ponte::http
