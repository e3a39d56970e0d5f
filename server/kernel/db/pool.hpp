// Connections of a loop that serve one at a time: a transaction, a slow unit. The one given back
// last is taken first, so that the others rest and are closed in the end. Who finds none waits,
// company by company in turn, until a deadline. No company has all of them.
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

class Pool;

// A connection that is ours until this ends. Whatever state it is in then is the pool's business;
// also when the loop has stopped, and from any thread.
class Lease {
public:
    Lease() = default;
    Lease(std::shared_ptr<Pool> pool, const Id& company, std::shared_ptr<Connection> connection)
        : pool_(std::move(pool)), company_(company), connection_(std::move(connection)) {}
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&& other) noexcept;
    ~Lease();

    Connection& connection() const { return *connection_; }
    Task<> renew(Clock::time_point deadline);  // another connection in place of a lost one

private:
    std::shared_ptr<Pool> pool_;
    Id company_;
    std::shared_ptr<Connection> connection_;
};

class Pool : public std::enable_shared_from_this<Pool> {
public:
    Pool(std::shared_ptr<Surroundings> around, int most);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    // A nil company: the program itself, which may have all.
    Task<Lease> take(Id company, Clock::time_point deadline);
    void give_back(std::shared_ptr<Connection> connection);  // any thread
    void look(Clock::time_point now);
    bool is_idle() const { return waiting_.empty() && all_.size() == idle_.size() + opening_; }
    void close();

private:
    struct Turn : Batch {
        std::shared_ptr<Connection> connection;
        Clock::time_point deadline;
    };
    struct Idle {
        std::shared_ptr<Connection> connection;
        Clock::time_point since;
    };

    struct Held {
        const Connection* connection;
        Id company;
    };

    bool may_have(const Id& company) const;
    std::shared_ptr<Connection> take_idle(const Id& company);
    void end_hold(const std::shared_ptr<Connection>& connection);
    void take_back(const std::shared_ptr<Connection>& connection);
    static Task<> settle(std::shared_ptr<Pool> self, std::shared_ptr<Connection> connection);
    void rest(const std::shared_ptr<Connection>& connection);
    void forget(const std::shared_ptr<Connection>& connection);
    void serve();
    void serve_later();
    void open();
    void lost(const std::shared_ptr<Connection>& connection, const std::string& problem);
    void trim_later();
    void trim();

    const std::shared_ptr<Surroundings> around_;
    const std::size_t most_;
    std::vector<std::shared_ptr<Connection>> all_;
    std::vector<Idle> idle_;
    std::vector<Held> held_;
    FairQueue<std::shared_ptr<Turn>> waiting_;
    Backoff backoff_;
    std::size_t opening_ = 0;
    bool rests_ = false, is_serving_ = false, is_trimming_ = false, is_closed_ = false;
};

}  // namespace ponte::db
