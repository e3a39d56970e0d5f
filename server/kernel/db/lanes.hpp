// The few connections of a loop that all its units share: many units are under way on each at the
// same time. What finds no room waits here, company by company in turn, until its deadline.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kernel/db/backoff.hpp"
#include "kernel/db/batch.hpp"
#include "kernel/db/connection.hpp"
#include "kernel/db/fair_queue.hpp"
#include "kernel/db/heavy.hpp"

namespace ponte::db {

class Lanes {
public:
    explicit Lanes(std::shared_ptr<Surroundings> around);
    ~Lanes();
    Lanes(const Lanes&) = delete;
    Lanes& operator=(const Lanes&) = delete;

    void send(std::shared_ptr<Unit> unit);
    void look(Clock::time_point now);  // now and then, while something is under way
    bool is_idle() const;
    void close();

private:
    struct Lane {
        std::shared_ptr<Connection> connection;
        Backoff backoff;
        bool rests = false;  // until the backoff is over
        bool was_open = false;
        bool is_busy = false;  // as counted
    };

    // Where something can go now.
    struct Room {
        Lane* quick = nullptr;   // the least busy one that answers
        Lane* empty = nullptr;   // with nothing under way
        Lane* closed = nullptr;  // can be opened
        bool is_opening = false;
        std::size_t held = 0;  // by what takes long
    };

    void pump();
    Room survey(Clock::time_point now);
    void note_silent(Clock::time_point now);
    bool is_held(const Lane& lane, Clock::time_point now) const;
    Lane* lane_for(const Id& company, const Room& room) const;
    void open_more(const Room& room, Clock::time_point now);
    void hand_over(Lane& lane, std::shared_ptr<Unit> unit);
    bool is_spare(const Lane& lane) const;
    void open(Lane& lane);
    void count(Lane& lane);
    void lost(Lane& lane, const std::string& problem);
    void fail(std::shared_ptr<Unit> unit, Error error);

    const std::shared_ptr<Surroundings> around_;
    const int regular_;
    std::vector<Lane> lanes_;  // the regular ones first
    FairQueue<std::shared_ptr<Unit>> waiting_;
    Heavy heavy_;
    // Says to what is posted and arrives after our end that we are gone.
    const std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace ponte::db
