#include "kernel/realtime/connection.hpp"

#include "kernel/realtime/station.hpp"

namespace ponte::realtime {
namespace {

constexpr std::size_t most_queued_bytes = 4u << 20, most_queued = 1'000;
constexpr int most_received_in_a_second = 500;
constexpr std::uint16_t policy_violation = 1008;
constexpr char separator = '\x1e';

std::string opening(std::string_view sid, bool can_upgrade) {
    constexpr std::int64_t max_payload = 1'000'000;
    Json upgrades = Json::array();
    if (can_upgrade) {
        upgrades.push("websocket");
    }
    return "0" + Json::object({{"sid", sid},
                               {"upgrades", std::move(upgrades)},
                               {"pingInterval", static_cast<std::int64_t>(ping_interval.count())},
                               {"pingTimeout", static_cast<std::int64_t>(ping_timeout.count())},
                               {"maxPayload", max_payload}})
                     .dump();
}

}  // namespace

Connection::Connection(Station& station, std::string sid)
    : station_(&station), sid_(std::move(sid)), heartbeat_(Clock::now()), client_(*this) {}

void Connection::begin(std::shared_ptr<http::WebSocket> socket) {
    const bool can_upgrade = !socket;
    socket_ = std::move(socket);
    if (socket_) {
        listen_to_socket();
    }
    send(opening(sid_, can_upgrade));
}

// The socket belongs to the server and may outlive us by a moment: it knows us only weakly.
void Connection::listen_to_socket() {
    socket_->on_message = [self = weak_from_this()](std::string_view payload, bool is_binary) {
        if (const auto connection = self.lock()) {
            connection->receive(payload, is_binary);
        }
    };
    socket_->on_close = [self = weak_from_this()] {
        if (const auto connection = self.lock()) {
            connection->lost();
        }
    };
}

void Connection::send(std::string packet) {
    send(std::make_shared<const std::string>(std::move(packet)));
}

void Connection::send(std::shared_ptr<const std::string> packet) {
    if (is_closed_) {
        return;
    }
    const std::size_t waiting = socket_ ? socket_->queued_bytes() : queued_bytes_;
    if (waiting > most_queued_bytes || queue_.size() >= most_queued) {
        close(policy_violation);  // too slow: it comes back and gets what it missed
        return;
    }
    if (socket_) {
        socket_->send_text(std::move(packet));
        return;
    }
    queued_bytes_ += packet->size();
    queue_.push_back(std::move(packet));
    answer_poll();
}

void Connection::receive(std::string_view packet, bool is_binary) {
    if (is_closed_) {
        return;
    }
    if (++received_ > most_received_in_a_second) {
        close(policy_violation);
        return;
    }
    if (is_binary) {
        client_.receive_binary();
        return;
    }
    switch (packet.empty() ? '\0' : packet.front()) {
        case '3':
            heartbeat_.pong(Clock::now());
            break;
        case '4':
            client_.receive(packet.substr(1));
            break;
        case '6':
            break;
        default:  // a farewell, or what a client may not send here
            close(0);
    }
}

void Connection::beat(Clock::time_point at, Time wall) {
    received_ = 0;
    if (is_closed_) {
        return;
    }
    const Heartbeat::Due due = heartbeat_.due(at);
    if (due == Heartbeat::Due::death || client_.is_late(at)) {
        close(0);
        return;
    }
    if (due == Heartbeat::Due::ping) {
        send("2");
    }
    if (client_.has_expired(wall)) {
        client_.disconnect();
    }
}

void Connection::poll(Reply reply) {
    if (is_closed_) {
        reply(engine_error(1));
        return;
    }
    if (socket_ || waiting_poll_) {
        // Already upgraded, or two polls at once: whoever does that has lost its way.
        reply(socket_ ? poll_response("6") : engine_error(3));
        if (!socket_) {
            close(0);
        }
        return;
    }
    waiting_poll_ = std::move(reply);
    answer_poll();
}

void Connection::answer_poll() {
    if (waiting_poll_ && !queue_.empty()) {
        queued_bytes_ = 0;
        const Reply reply = std::exchange(waiting_poll_, {});
        reply(poll_response(payload_of(std::exchange(queue_, {}))));
    }
}

void Connection::release_poll() {
    if (waiting_poll_) {
        const Reply reply = std::exchange(waiting_poll_, {});
        reply(poll_response("6"));
    }
}

void Connection::settled() {
    if (client_.is_arriving() && !is_closed_) {
        return;
    }
    if (const auto go_on = std::exchange(waiting_upgrade_, {})) {
        go_on();
    }
}

void Connection::upgrade(Station& target, std::shared_ptr<http::WebSocket> socket,
                         std::function<void(std::shared_ptr<Connection>)> then) {
    if (client_.is_arriving() && !is_closed_) {
        waiting_upgrade_ = [this, &target, socket, then] { move(target, socket, then); };
    } else {
        move(target, std::move(socket), std::move(then));
    }
}

void Connection::move(Station& target, std::shared_ptr<http::WebSocket> socket,
                      std::function<void(std::shared_ptr<Connection>)> then) {
    const auto self = shared_from_this();
    if (is_closed_ || socket_) {
        then(nullptr);
        return;
    }
    release_poll();
    client_.depart();
    station_->remove(sid_);
    station_ = &target;
    target.core().settle(sid_, target);
    // Between here and there nobody touches us: we are on no list.
    target.loop().post([self, &target, socket = std::move(socket), then = std::move(then)] {
        target.add(self);
        self->arrive(socket);
        then(self);
    });
}

void Connection::arrive(std::shared_ptr<http::WebSocket> socket) {
    socket_ = std::move(socket);
    listen_to_socket();
    queued_bytes_ = 0;
    for (auto& packet : std::exchange(queue_, {})) {
        socket_->send_text(std::move(packet));
    }
    client_.arrive();
}

void Connection::close(std::uint16_t code) {
    if (is_closed_) {
        return;
    }
    is_closed_ = true;
    if (socket_) {
        socket_->close(code);
    }
    // Whoever walks through the lists now may still meet us; we leave them afterwards.
    station_->loop().post([self = shared_from_this()] { self->end(); });
}

void Connection::lost() {
    if (!is_closed_) {
        is_closed_ = true;
        station_->loop().post([self = shared_from_this()] { self->end(); });
    }
}

void Connection::end() {
    client_.leave();
    if (waiting_poll_) {
        queue_.push_back(std::make_shared<const std::string>("1"));
        answer_poll();
    }
    settled();
    station_->core().vanish(sid_);
    station_->remove(sid_);
    --station_->core().connected;
    socket_.reset();
}

std::string payload_of(const std::vector<std::shared_ptr<const std::string>>& packets) {
    std::string payload;
    for (const auto& packet : packets) {
        if (!payload.empty()) {
            payload += separator;
        }
        payload += *packet;
    }
    return payload;
}

}  // namespace ponte::realtime
