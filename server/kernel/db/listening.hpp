// Hears what is told on one channel, over a connection of its own that is made anew for ever.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "kernel/db/backoff.hpp"
#include "kernel/db/connection.hpp"

namespace ponte::db {

class Listening : public std::enable_shared_from_this<Listening> {
public:
    Listening(std::shared_ptr<Surroundings> around, std::string channel,
              std::function<void(std::string)> on_notify);
    ~Listening() { close(); }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

    void open();
    void look(Clock::time_point now);
    void close();

private:
    void subscribe();
    void lost(const std::string& problem);

    const std::shared_ptr<Surroundings> around_;
    const std::string channel_;
    const std::function<void(std::string)> on_notify_;
    std::shared_ptr<Connection> connection_;
    Backoff backoff_;
    bool was_open_ = false, is_closed_ = false;
};

}  // namespace ponte::db
