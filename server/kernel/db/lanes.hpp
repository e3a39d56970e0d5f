// The few connections of a loop that all its units share: many units are under way on each at the
// same time. What finds no room waits here, in order, until its deadline.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "kernel/db/backoff.hpp"
#include "kernel/db/batch.hpp"
#include "kernel/db/connection.hpp"

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

    void pump();
    Lane* choose();
    bool is_spare(const Lane& lane) const;
    void open(Lane& lane);
    void count(Lane& lane);
    void lost(Lane& lane, const std::string& problem);
    void fail_first(Error error);

    const std::shared_ptr<Surroundings> around_;
    const int regular_;
    std::vector<Lane> lanes_;  // the regular ones first
    std::deque<std::shared_ptr<Unit>> waiting_;
    // Says to what is posted and arrives after our end that we are gone.
    const std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace ponte::db
