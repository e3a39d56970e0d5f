// The sockets of one loop. Everything here happens on that loop, so it needs no locks.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "kernel/realtime/connection.hpp"

namespace ponte::realtime {

class Station {
public:
    Station(Core& core, Loop& loop) : core_(core), loop_(loop) {}
    Loop& loop() { return loop_; }
    Core& core() { return core_; }

    std::shared_ptr<Connection> open(std::shared_ptr<http::WebSocket> socket);  // null: by polling
    std::shared_ptr<Connection> find(const std::string& sid) const;
    void add(std::shared_ptr<Connection> connection);
    void remove(const std::string& sid);
    void enter(Client& client);
    void leave(Client& client);

    void deliver(const std::vector<Outgoing>& batch, Position last);
    void tell(const Announcement& told);
    void tell_viewers(const Record& record, const std::string& payload_json);
    void revoke(const Id& session_or_user_or_tenant);
    void close_all(std::uint16_t code);
    void beat();  // each second: heartbeats and deadlines

    // Up to here the sockets of this loop have everything.
    Position position();

private:
    Core& core_;
    Loop& loop_;
    Position position_;
    std::unordered_map<std::string, std::shared_ptr<Connection>> connections_;
    std::unordered_map<Id, std::vector<Client*>> clients_;  // by tenant
};

}  // namespace ponte::realtime
