// A blocking socket to the server, and the reading of one answer. Throws std::runtime_error when
// the line breaks, times out, or what arrives is no HTTP.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "kernel/testing/api.hpp"

namespace ponte::testing {

class Connection {
public:
    Connection(const std::string& url, std::chrono::milliseconds deadline);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void write(std::string_view bytes);
    // The answer to a request of `method`; afterwards `is_open` says whether another may follow.
    Reply read(std::string_view method);
    bool is_open() const { return socket_ >= 0; }
    // Nothing of an answer has come: a kept connection that the server had closed in the meantime.
    bool heard_nothing() const { return has_heard_nothing_; }

private:
    bool receive();  // more bytes; false at the end
    std::string line();
    std::string bytes(std::size_t count);
    std::string chunks();
    std::string rest();
    void end();

    int socket_ = -1;
    std::chrono::milliseconds deadline_;
    std::string received_;
    bool has_heard_nothing_ = true;
};

}  // namespace ponte::testing
