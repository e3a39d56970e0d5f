// Drives the listeners of this node: the feed says which companies have something to hear, each has
// its turn with a place, and in between the positions are written down and the leases renewed. All
// its state lives on the feed's loop; turns run on all loops. Exactly-once rests on the rows alone:
// two that drive by mistake only get into each other's way.
#pragma once

#include <atomic>
#include <deque>
#include <future>
#include <memory>
#include <unordered_map>
#include <vector>

#include "kernel/events/wakeup.hpp"
#include "kernel/listeners/side.hpp"
#include "kernel/listeners/table.hpp"

namespace ponte::listeners {

class Driver : public std::enable_shared_from_this<Driver> {
public:
    explicit Driver(Services& services);
    void hear(const std::vector<Event>& batch);  // on the feed's loop
    void start(std::vector<const Listener*> declared);
    void stop();  // not on a loop: waits

private:
    struct Waiting {
        Side* side = nullptr;
        int tenure = 0;
        Id tenant;
    };

    static Task<> work(std::shared_ptr<Driver> self);
    static Task<> read_up(std::shared_ptr<Driver> self, Side& side, int tenure);
    static Task<> run(std::shared_ptr<Driver> self, Loop& loop, std::size_t place, Waiting turn,
                      int most, int delays);
    Task<> declare();
    Task<> keep();
    Task<> let_go();
    Task<> load(Side& side, int tenure);
    Task<> look_through(Side& side, int tenure);
    void accept(const std::vector<Held>& held);
    std::vector<Standing> standing();
    void wake(Side& side, const Id& tenant, const Position& position);
    void resume(const Event& event);
    void queue(Side& side, const Id& tenant, Turn& turn);
    void queue_after(Milliseconds delay, Side& side, const Id& tenant);
    void start_waiting();
    void begin(const Waiting& turn);
    void ended(const Waiting& turn, std::size_t place, const TurnEnd& end);

    Services& services_;
    Loop& loop_;
    Table table_;
    Wakeup work_;
    std::vector<std::unique_ptr<Side>> sides_;
    std::deque<Waiting> waiting_;
    std::vector<int> running_on_;             // by loop
    std::unordered_map<Id, int> running_of_;  // by company
    int running_ = 0;
    std::atomic<bool> is_stopping_ = false;
    bool has_left_ = false;
    std::promise<void> ended_;
};

}  // namespace ponte::listeners
