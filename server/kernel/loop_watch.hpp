// Who holds a loop: while one piece of work computes, nobody else's request on that loop moves.
// Work of more than `longest_hold` is logged with what was begun last; what takes longer by nature
// belongs into `offload`.
#pragma once

#include <chrono>
#include <string_view>

namespace ponte {

constexpr std::chrono::milliseconds longest_hold{50};

// Says what the loop of this thread works on from now: "POST /api/v1/contacts".
void loop_begins(std::string_view what);

// Processor time of the longest hold of any loop since the last call; for tests.
std::chrono::milliseconds take_longest_hold();

// One for each thread that runs a loop, asked after each piece of work.
class LoopWatch {
public:
    LoopWatch();
    void look();

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point looked_at_;
    std::chrono::nanoseconds used_;
};

}  // namespace ponte
