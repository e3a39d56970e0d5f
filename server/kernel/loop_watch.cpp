#include "kernel/loop_watch.hpp"

#include <time.h>

#include <algorithm>
#include <array>
#include <atomic>

#include "kernel/log.hpp"

namespace ponte {
namespace {

// The thread's processor clock costs a system call, so it is not read after each of many small
// pieces; a hold is known to within this.
constexpr std::chrono::milliseconds between_readings{10};

thread_local std::array<char, 96> begun{};
thread_local std::size_t begun_length = 0;
std::atomic<std::int64_t> longest_ms = 0;

// Of this thread: waiting for a processor is nobody's fault.
std::chrono::nanoseconds processor_time() {
    timespec at{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return std::chrono::seconds{at.tv_sec} + std::chrono::nanoseconds{at.tv_nsec};
}

}  // namespace

void loop_begins(std::string_view what) {
    begun_length = std::min(what.size(), begun.size());
    std::copy_n(what.data(), begun_length, begun.data());
}

std::chrono::milliseconds take_longest_hold() {
    return std::chrono::milliseconds{longest_ms.exchange(0)};
}

LoopWatch::LoopWatch() : looked_at_(Clock::now()), used_(processor_time()) {}

void LoopWatch::look() {
    const auto at = Clock::now();
    if (at - looked_at_ < between_readings) {
        return;
    }
    const auto used = processor_time();
    const auto held = std::chrono::duration_cast<std::chrono::milliseconds>(used - used_);
    looked_at_ = at;
    used_ = used;
    std::int64_t longest = longest_ms;
    while (held.count() > longest && !longest_ms.compare_exchange_weak(longest, held.count())) {
    }
    if (held >= longest_hold) {
        log::warning("a loop was held", {{"ms", Json(static_cast<std::int64_t>(held.count()))},
                                         {"begun", std::string(begun.data(), begun_length)}});
    }
}

}  // namespace ponte
