// What a connection still has to send: heads and small bodies in one text, then at most one large
// body, which is borrowed, owned or a file. Sends as much as the socket takes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "kernel/http/stream.hpp"

namespace ponte::http {

class Outgoing {
public:
    Outgoing() = default;
    ~Outgoing() { close_file(); }
    Outgoing(const Outgoing&) = delete;
    Outgoing& operator=(const Outgoing&) = delete;

    std::string text;  // goes first

    bool is_empty() const { return !has_large() && sent_ == text.size(); }
    bool has_large() const { return large_left_ > 0; }
    // A body of its own; nothing may be added to `text` until it is sent.
    void set_body(std::string body);
    void set_body(std::shared_ptr<const std::string> body);
    void set_file(int file, std::uint64_t bytes);  // takes the file over

    // `would_block` also after a fair share of a large file: then wait for the socket again.
    Stream::Outcome send(Stream& stream, std::size_t& sent_bytes);
    // The text that is not sent yet, for whoever takes the stream over.
    std::string take_unsent();

private:
    Stream::Outcome send_file(Stream& stream, std::size_t& sent_bytes);
    Stream::Outcome send_memory(Stream& stream, std::size_t& sent_bytes);
    std::string_view large() const;
    void advance(std::size_t bytes);
    void close_file();

    std::size_t sent_ = 0;  // of `text`
    std::string owned_;
    std::shared_ptr<const std::string> shared_;
    int file_ = -1;
    std::uint64_t large_left_ = 0;
};

}  // namespace ponte::http
