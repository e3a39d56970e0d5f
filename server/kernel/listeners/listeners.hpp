// Everything of the program that listens durably to the log. Declared at start; driven by one node
// at a time each, woken by the feed.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "kernel/events.hpp"

namespace ponte::listeners {

class Driver;

class Listeners {
public:
    explicit Listeners(Services& services);
    ~Listeners();
    void follow_the_log(EventFeed& feed);  // before start()
    Listener& declare(Listener listener);
    const std::vector<std::unique_ptr<Listener>>& all() const { return all_; }
    const Listener* find(std::string_view name) const;
    void start();  // after the feed, on nodes that work
    void stop();   // not on a loop: lets those under way reach their end, bounded

private:
    std::vector<std::unique_ptr<Listener>> all_;
    const std::shared_ptr<Driver> driver_;  // shared with its turns under way
    bool is_running_ = false;
};

}  // namespace ponte::listeners
