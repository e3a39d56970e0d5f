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
class App;
namespace realtime {

class Hub {
public:
    explicit Hub(App& app);
    ~Hub();
    void start();
    void stop();  // closes every socket with 1001
    // /socket.io/ requests: polling as ordinary requests, WebSocket as an upgrade.
    Task<http::Response> poll(Loop& loop, const http::Request& request);
    std::function<void(std::shared_ptr<http::WebSocket>)> upgrade(const http::Request& request,
                                                                  http::Response& refusal);
    // Volatile messages outside the log (progress, presence): to a tenant's sockets that may read
    // `resource`, or to one user.
    void tell_tenant(const Id& tenant, std::string_view resource, std::string_view name,
                     Json payload);
    // …to one user and to those who may read every record of `resource`.
    void tell_author(const Id& tenant, const std::optional<Id>& author, std::string_view resource,
                     std::string_view name, Json payload);
    void tell_user(const Id& tenant, const Id& user, std::string_view name, Json payload);
    std::size_t connected() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace realtime
}  // namespace ponte
