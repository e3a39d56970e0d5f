// What it costs to call out by the program's one way: circuits asked, a row for each call. Who
// answers stands at PONTE_BENCH_URL; tools/bench/calls.mjs puts curl beside it.
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "bench/bench.hpp"
#include "kernel/ctx.hpp"
#include "kernel/outbound.hpp"
#include "program.hpp"

namespace ponte {
namespace {

constexpr std::int64_t at_once = 64, of_a_job = 640;

Task<std::int64_t> call_out(Services& services, Loop& loop, std::string url, std::int64_t count) {
    Ctx ctx(services, loop);
    ctx.who.tenant = Id::make();
    ctx.request_id = "bench";
    std::int64_t answered = 0;
    while (answered < count) {
        outbound::Call call;
        call.vendor = "bench";
        call.url = url;
        std::vector<outbound::Call> calls(static_cast<std::size_t>(of_a_job), call);
        const auto answers = co_await outbound::call_all(ctx, std::move(calls), at_once);
        for (const outbound::Answer& answer : answers) {
            if (answer.status != 200) {
                co_return answered;
            }
            ++answered;
        }
    }
    co_return answered;
}

}  // namespace

int bench_calls(std::int64_t count, std::string data_dir) {
    const char* const url = std::getenv("PONTE_BENCH_URL");
    Settings settings = settings_of_a_worker(std::move(data_dir));
    settings.allow_private = "127.0.0.0/8";
    Program program(settings);
    program.open_database();
    program.open_app();
    Services& services = program.services();
    Loop& loop = services.loops.at(0);
    const auto begin = std::chrono::steady_clock::now();
    const std::int64_t answered = wait_for(loop, call_out(services, loop, url ? url : "", count));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    services.outbound().stop();
    std::printf("%.1f a second\n", static_cast<double>(answered) / took.count());
    return answered >= count ? 0 : 1;
}

}  // namespace ponte
