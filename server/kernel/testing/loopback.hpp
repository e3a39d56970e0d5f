// A listening socket of the loopback whose connections a test serves, each on a thread of its own.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace ponte::testing {

class Loopback {
public:
    using Serve = std::function<void(int socket)>;
    Loopback(const std::string& host, Serve serve);
    ~Loopback() { end(); }
    Loopback(const Loopback&) = delete;
    Loopback& operator=(const Loopback&) = delete;

    int port() const { return port_; }
    bool is_over() const { return is_over_; }
    std::size_t connections() const;
    void end();  // whoever borrows what `serve` uses calls this first

    // More bytes at the end of `unread`; false when nothing comes any more.
    static bool read_more(int socket, std::string& unread);
    static bool write(int socket, const std::string& text);

private:
    void accept();

    const Serve serve_;
    int listening_ = -1, port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::thread> threads_;
    std::vector<int> sockets_;
    std::atomic<bool> is_over_ = false;
    std::thread accepting_;
};

}  // namespace ponte::testing
