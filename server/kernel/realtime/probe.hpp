// A WebSocket that wants to take over from polls: it proves that it carries messages both ways,
// then the session moves to its loop.
#pragma once

#include "kernel/realtime/connection.hpp"

namespace ponte::realtime {

class Probe : public std::enable_shared_from_this<Probe> {
public:
    Probe(std::shared_ptr<Core> core, std::string sid, std::shared_ptr<http::WebSocket> socket);
    void begin();

private:
    enum class State { waiting, probed, moving, over };
    void receive(std::string_view payload, bool is_binary);
    void release_polls();
    void move();
    void moved(const std::shared_ptr<Connection>& connection);
    void give_up();

    const std::shared_ptr<Core> core_;
    const std::string sid_;
    Loop& loop_;
    std::shared_ptr<http::WebSocket> socket_;
    State state_ = State::waiting;
    std::vector<std::pair<std::string, bool>> early_;  // came while the session was on its way
};

}  // namespace ponte::realtime
