// The Socket.IO side of a connection: who it is, what it may see and what it has seen. Only the
// main namespace exists; commands go by REST, so the only events a client may send say what it
// looks at.
#pragma once

#include "kernel/realtime/core.hpp"
#include "kernel/realtime/heartbeat.hpp"

namespace ponte::realtime {

class Connection;
struct Packet;

class Client {
public:
    explicit Client(Connection& connection) : connection_(connection) {}

    void receive(std::string_view text);  // a message without Engine.IO's 4
    void receive_binary();
    void deliver(Position position, const std::shared_ptr<const std::string>& text);
    void tell(const std::shared_ptr<const std::string>& text);
    void disconnect();  // by us: a stock client does not come back by itself
    void leave();       // forgotten here; sends nothing
    // True while it is let in or brought up to date, or asks what it may see: it must not change
    // loops now.
    bool is_arriving() const {
        return state_ == State::asking || state_ == State::catching_up || questions_ > 0;
    }
    bool is_here() const { return state_ == State::catching_up || state_ == State::live; }
    bool is_late(Clock::time_point at) const;  // never said who it is
    bool has_expired(Time wall) const { return is_here() && wall >= expires_at_; }
    bool views(const Record& record) const;
    void look_away(const Record& record);  // it is shown to nobody as a viewer any more
    const Principal& who() const { return who_; }
    std::size_t role_digest() const { return role_digest_; }

    // Changing loops: the new one may be ahead of the old one, or behind.
    void depart();
    void arrive();

private:
    enum class State { absent, asking, catching_up, live };
    struct Held {
        Position position;
        std::shared_ptr<const std::string> text;
    };
    static Task<> let_in(std::shared_ptr<Connection> connection, Json auth);
    static Task<> catch_up(std::shared_ptr<Connection> connection);
    void connect(const Packet& packet);
    void handle(const Packet& packet);
    struct Asked {
        Json record;
        std::optional<std::uint64_t> ack;
    };
    static Task<> view(std::shared_ptr<Connection> connection, Asked asked);
    Json begin_viewing(const Record& record);
    Json stop_viewing(const Json& record);
    void answer(const std::optional<std::uint64_t>& ack, const Json& what);
    void refuse(std::string_view why, int code);
    void enter(Principal who, Time expires_at);
    void replay(const std::vector<Event>& missed);
    void go_live();

    Connection& connection_;
    State state_ = State::absent;
    Clock::time_point absent_since_ = Clock::now();
    Principal who_;
    std::size_t role_digest_ = 0;
    Time expires_at_{};
    Position seen_;
    std::vector<Held> held_;
    std::vector<Record> viewing_;
    std::vector<Record> asked_to_view_;  // until the database has said that they may be read
    int questions_ = 0;                  // of these, under way
    int attachments_owed_ = 0;
};

}  // namespace ponte::realtime
