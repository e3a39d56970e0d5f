// What a Worker knows of each open connection, be it HTTP or an upgraded WebSocket.
#pragma once

#include <chrono>
#include <cstddef>

namespace ponte::http {

using Clock = std::chrono::steady_clock;

class Connection {
public:
    virtual ~Connection() = default;
    virtual void check_deadline(Clock::time_point now) = 0;
    virtual void drain() = 0;  // ends as soon as what runs is answered
    virtual void kill() = 0;   // ends now

private:
    friend class Worker;
    std::size_t place_ = 0;  // in the worker's list
};

}  // namespace ponte::http
