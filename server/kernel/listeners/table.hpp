// The rows of the listeners as their driver uses them: each call is one round trip.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "kernel/events.hpp"

namespace ponte::listeners {

constexpr Milliseconds lease{10'000}, renewed_each{3'000};

// A listener as the driver has it at this moment.
struct Standing {
    std::string name;
    Position heard;             // how far all companies have come that are not behind
    std::vector<Id> caught_up;  // companies that were behind and are no longer
};
struct Held {
    std::string name;
    Position heard;
};

struct Delayed {
    Id tenant;
    bool is_aside = false;
    Milliseconds delay{0};
};

class Table {
public:
    Table(Services& services, Loop& loop) : services_(services), loop_(loop) {}

    // New ones begin with now.
    Task<> declare(const std::vector<const Listener*>& listeners);
    // Keeps those that are ours, with how far they have come, and takes those that nobody has.
    Task<std::vector<Held>> keep(std::vector<Standing> ours, std::vector<std::string> wanted);
    Task<> let_go(std::vector<Standing> ours);
    // Companies that are behind or aside.
    Task<std::vector<Delayed>> delayed(std::string name);
    // Where the log has something for it after a position, a page at a time.
    struct Concerned {
        Position position;
        Id tenant;
    };
    Task<std::vector<Concerned>> concerned(std::vector<std::string> likes, Position after);

private:
    void add_standing(const std::vector<Standing>& ours, std::vector<db::Statement>& unit) const;

    Services& services_;
    Loop& loop_;
    const Id token_ = Id::make();
};

constexpr int most_concerned = 5'000;

}  // namespace ponte::listeners
