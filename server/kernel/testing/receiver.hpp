// Somebody else's HTTP server on the loopback, for what calls out: it answers as it is told, slowly
// or never, and remembers what it got.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "kernel/testing/loopback.hpp"

namespace ponte::testing {

struct Got {
    std::string method, target, head, body;  // `head` with the header lines as they came
    std::string header(std::string_view name) const;
};

struct Answering {
    int status = 200;
    std::vector<std::string> headers;
    std::string body;
    std::chrono::milliseconds after{0};
    bool hangs = false;  // says nothing until the receiver ends
    bool lies = false;   // what comes is not HTTP
};

class Receiver {
public:
    using Answer = std::function<Answering(const Got&)>;
    explicit Receiver(Answer answer = {}, std::string host = "127.0.0.1");
    ~Receiver() { loopback_.end(); }
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    std::string url(const std::string& path = "/") const;
    int port() const { return loopback_.port(); }
    void answer_with(Answer answer);
    std::vector<Got> got() const;
    std::size_t count() const;
    std::size_t connections() const { return loopback_.connections(); }
    int most_at_once() const { return most_at_once_; }

private:
    bool exchange(int socket, std::string& unread);

    const std::string host_;
    mutable std::mutex mutex_;
    Answer answer_;
    std::vector<Got> got_;
    std::atomic<int> at_once_ = 0, most_at_once_ = 0;
    Loopback loopback_;
};

}  // namespace ponte::testing
