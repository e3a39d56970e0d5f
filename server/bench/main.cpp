#include <charconv>
#include <cstdio>
#include <string_view>

#include "bench/bench.hpp"
#include "kernel/log.hpp"
#include "program.hpp"

int main(int count, char** words) {
    std::int64_t times = 0;
    const std::string_view what = count == 4 ? words[1] : "", number = count == 4 ? words[2] : "";
    std::from_chars(number.data(), number.data() + number.size(), times);
    if (times < 1 || (what != "jobs" && what != "listeners" && what != "calls")) {
        std::fprintf(stderr, "ponte_bench jobs|listeners|calls COUNT DIR; see tools/bench\n");
        return 2;
    }
    ponte::hold_signals();
    ponte::log::set_level(ponte::log::Level::error);
    return what == "jobs"    ? ponte::bench_jobs(times, words[3])
           : what == "calls" ? ponte::bench_calls(times, words[3])
                             : ponte::bench_listeners(times, words[3]);
}
