// The server's part on one loop: its connections, the memory they share, and the clock that ends
// those who keep us waiting. Lives as long as the last of its connections.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "kernel/http.hpp"
#include "kernel/http/compression.hpp"
#include "kernel/http/connection.hpp"
#include "kernel/http/held_bytes.hpp"
#include "kernel/http/response_head.hpp"
#include "kernel/http/stream.hpp"

namespace ponte::http {

// What all workers of a server share.
struct Shared {
    Shared(ServerConfig config_, Handlers handlers_)
        : config(std::move(config_)), handlers(std::move(handlers_)), held(config.limits.held) {}

    const ServerConfig config;
    const Handlers handlers;
    HeldBytes held;
    std::atomic<std::size_t> connections{0};
    std::mutex mutex;
    std::condition_variable became_empty;
};

class Worker : public std::enable_shared_from_this<Worker> {
public:
    Worker(Loop& loop, std::shared_ptr<Shared> shared);

    Loop& loop() { return loop_; }
    const ServerConfig& config() const { return shared_->config; }
    const Limits& limits() const { return shared_->config.limits; }
    const Handlers& handlers() const { return shared_->handlers; }
    HeldBytes& held() { return shared_->held; }
    bool is_draining() const { return is_draining_; }

    void start_clock();
    void accept(std::unique_ptr<Stream> stream, std::string peer_address);
    void enter(Connection& connection);
    void leave(Connection& connection);
    void drain();
    void kill_all();

    // Lent to one connection during one call, never across a wait.
    std::span<char> read_buffer() { return read_buffer_; }
    // Memory for responses goes from connection to connection instead of being made anew.
    std::string borrow_text();
    void give_back(std::string text);

    HttpDate date;
    Gzip gzip;

private:
    void check_deadlines();
    Milliseconds clock_step() const;

    Loop& loop_;
    std::shared_ptr<Shared> shared_;
    std::vector<Connection*> connections_;
    std::vector<std::string> spare_texts_;
    std::vector<char> read_buffer_;
    bool is_draining_ = false;
};

}  // namespace ponte::http
