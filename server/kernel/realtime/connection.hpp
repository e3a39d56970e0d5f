// One Engine.IO session: a WebSocket, or polls until they become one. It carries messages and knows
// whether the other side still lives; what the messages mean is the Client's business. Lives on the
// loop of its station; moves to another one only when a poll becomes a WebSocket there.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel/http.hpp"
#include "kernel/realtime/client.hpp"
#include "kernel/realtime/heartbeat.hpp"

namespace ponte::realtime {

using Reply = std::function<void(http::Response)>;

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Station& station, std::string sid);

    const std::string& sid() const { return sid_; }
    Station& station() { return *station_; }
    Client& client() { return client_; }
    bool is_closed() const { return is_closed_; }

    void begin(std::shared_ptr<http::WebSocket> socket);
    void send(std::shared_ptr<const std::string> packet);
    void send(std::string packet);
    void receive(std::string_view packet, bool is_binary);
    void close(std::uint16_t code);  // 0: without a status
    void beat(Clock::time_point at, Time wall);

    // Polling.
    void poll(Reply reply);
    bool is_polling() const { return !socket_; }
    // The poll that waits is answered, so that the client is free to finish its upgrade.
    void release_poll();
    // Moves to the loop of `target` and goes on over `socket`; `then` runs there, or here when the
    // connection has ended meanwhile. Waits while the client is being let in.
    void upgrade(Station& target, std::shared_ptr<http::WebSocket> socket,
                 std::function<void(std::shared_ptr<Connection>)> then);
    void settled();  // the client has its answers: what waited for them goes on

private:
    void listen_to_socket();
    void move(Station& target, std::shared_ptr<http::WebSocket> socket,
              std::function<void(std::shared_ptr<Connection>)> then);
    void arrive(std::shared_ptr<http::WebSocket> socket);
    void answer_poll();
    void lost();
    void end();

    Station* station_;
    const std::string sid_;
    std::shared_ptr<http::WebSocket> socket_;
    std::vector<std::shared_ptr<const std::string>> queue_;  // until a poll fetches it
    std::size_t queued_bytes_ = 0;
    Reply waiting_poll_;
    std::function<void()> waiting_upgrade_;
    Heartbeat heartbeat_;
    int received_ = 0;  // in this second
    bool is_closed_ = false;
    Client client_;
};

std::string payload_of(const std::vector<std::shared_ptr<const std::string>>& packets);
http::Response poll_response(std::string body);
http::Response engine_error(int code);  // 400 {"code", "message"} as the reference server says it

}  // namespace ponte::realtime
