// The database on one loop: its lanes for units, its pools for transactions and slow work, its
// listeners. Nothing of it is touched from another loop.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel/db/lanes.hpp"
#include "kernel/db/listening.hpp"
#include "kernel/db/pool.hpp"

namespace ponte::db {

// A few at least, since no company has all of them.
int slow_sessions_of_a_loop(const Config& config, std::size_t loops);

class Branch : public std::enable_shared_from_this<Branch> {
public:
    Branch(Loop& loop, const Config& config, std::size_t loops);
    Branch(const Branch&) = delete;
    Branch& operator=(const Branch&) = delete;

    Loop& loop() const { return around_->loop; }
    const Counters& counters() const { return around_->counters; }
    // Where the work goes; refuses it once we stop, watches over its deadline.
    Lanes& lanes();
    Pool& pool(bool is_slow);
    void listen(std::string channel, std::function<void(std::string)> on_notify);
    // Waits for what runs, until the deadline, then closes everything.
    void stop(Clock::time_point deadline, std::function<void()> on_stopped);

private:
    void admit();
    void watch();
    void look();

    const std::shared_ptr<Surroundings> around_;
    Lanes lanes_;
    const std::shared_ptr<Pool> exclusive_, slow_;  // shared with what is leased from them
    std::vector<std::shared_ptr<Listening>> listenings_;
    bool is_watching_ = false, is_stopping_ = false;
};

}  // namespace ponte::db
