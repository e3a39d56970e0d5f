// How long to leave a database alone that could not be reached.
#pragma once

#include <algorithm>
#include <utility>

#include "kernel/loop.hpp"

namespace ponte::db {

class Backoff {
public:
    static constexpr Milliseconds shortest{50}, longest{1'000};

    Milliseconds next() { return std::exchange(pause_, std::min(pause_ * 2, longest)); }
    void reset() { pause_ = shortest; }
    bool is_first() const { return pause_ == shortest; }

private:
    Milliseconds pause_ = shortest;
};

}  // namespace ponte::db
