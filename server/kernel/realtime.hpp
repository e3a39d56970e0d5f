// Socket.IO v5 over Engine.IO v4 (docs/decisions), so that a stock socket.io-client connects.
// Events come from the feed and go to those who may see them; a client that comes back gets what it
// missed.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "kernel/http.hpp"
#include "kernel/id.hpp"
#include "kernel/json.hpp"

namespace ponte {
class Services;
namespace realtime {

class Hub {
public:
    explicit Hub(Services& services);
    ~Hub();
    void follow_the_log();  // before start(), after whoever remembers what it changes
    void start();
    void stop();  // closes every socket with 1001
    // /socket.io/ requests: polling as ordinary requests, WebSocket as an upgrade.
    Task<http::Response> poll(Loop& loop, const http::Request& request);
    std::function<void(std::shared_ptr<http::WebSocket>)> upgrade(const http::Request& request,
                                                                  http::Response& refusal);
    std::size_t connected() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace realtime
}  // namespace ponte
