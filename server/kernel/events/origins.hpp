// Whence something was done: address and agent, told once a company and then only by their number,
// which each event carries. Remembers which companies know which, so that most writes add nothing.
#pragma once

#include <cstdint>
#include <mutex>
#include <string_view>

#include "kernel/auth/recent.hpp"
#include "kernel/ctx.hpp"

namespace ponte::events {

std::int64_t origin_of(std::string_view address, std::string_view agent);

class Origins {
public:
    // Queues what the number of `ctx` stands for, unless its company knows.
    void note(Ctx& ctx);

private:
    std::mutex mutex_;
    auth::Recent<std::string, bool> known_{20'000};
};

}  // namespace ponte::events
