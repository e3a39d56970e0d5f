// The budget of jobs: each is enqueued in a transaction of its own, run and completed, durably.
// Many enqueue at the same time while the workers work. tools/bench/jobs.mjs puts BullMQ beside it.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

#include "bench/bench.hpp"
#include "kernel/ctx.hpp"
#include "program.hpp"

namespace ponte {
namespace {

constexpr int enqueued_at_once = 64;
constexpr std::chrono::milliseconds between_looks{1};
constexpr std::chrono::seconds patience{300};

struct Note {
    std::int64_t number = 0;
};
FIELDS(Note, number);

std::atomic<std::int64_t> done = 0;

Task<> take_note(Ctx&, const Note&) {
    ++done;
    co_return;
}

Task<> enqueue_share(Services& services, Loop& loop, Id tenant, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) {
        Ctx ctx(services, loop);
        ctx.who.tenant = tenant;
        ctx.who.is_system = true;
        ctx.enqueue<Note>(i);
        co_await ctx.tx.commit();
    }
}

double seconds_for(Services& services, std::int64_t count) {
    const Id tenant = Id::make();
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < enqueued_at_once; ++i) {
        Loop& loop = services.loops.at(static_cast<std::size_t>(i) % services.loops.size());
        const std::int64_t share = count / enqueued_at_once + (i < count % enqueued_at_once);
        loop.post([&services, &loop, tenant, share] {
            spawn(loop, enqueue_share(services, loop, tenant, share));
        });
    }
    while (done < count && std::chrono::steady_clock::now() - begin < patience) {
        std::this_thread::sleep_for(between_looks);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return took.count();
}

}  // namespace

int bench_jobs(std::int64_t count, std::string data_dir) {
    Program program(settings_of_a_worker(std::move(data_dir)));
    program.open_database();
    program.open_app();
    Services& services = program.services();
    program.kernel().app().job("bench.note", take_note);
    program.kernel().start();
    const double seconds = seconds_for(services, count);
    std::printf("%.1f a second\n", static_cast<double>(done) / seconds);
    return done == count ? 0 : 1;
}

}  // namespace ponte
