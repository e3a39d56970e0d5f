// The budget of listeners: events of fifty companies, each written in a transaction of its own,
// first with nobody who listens, then with a listener that writes something for each; and how long
// one that is written alone takes to be heard.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

#include "bench/bench.hpp"
#include "kernel/ctx.hpp"
#include "program.hpp"

namespace ponte {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int written_at_once = 64, companies = 50, written_alone = 300;
constexpr std::chrono::microseconds between_looks{200};
constexpr std::chrono::seconds patience{300};

std::atomic<std::int64_t> heard = 0, written = 0;

Task<> leave_word(Ctx& ctx, const Event&) {
    ctx.emit("bench.heard", Id::make());
    ctx.after_commit([] { ++heard; });
    co_return;
}

Task<> write_share(Services& services, Loop& loop, std::string name, std::vector<Id> tenants,
                   std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) {
        Ctx ctx(services, loop);
        ctx.who.tenant = tenants[static_cast<std::size_t>(i) % tenants.size()];
        ctx.who.is_system = true;
        ctx.emit(name, Id::make());
        co_await ctx.tx.commit();
        ++written;
    }
}

bool wait_until(const std::atomic<std::int64_t>& number, std::int64_t wanted) {
    const auto begin = Clock::now();
    while (number < wanted && Clock::now() - begin < patience) {
        std::this_thread::sleep_for(between_looks);
    }
    return number >= wanted;
}

void write(Services& services, const std::string& name, const std::vector<Id>& tenants, int at_once,
           std::int64_t count) {
    for (int i = 0; i < at_once; ++i) {
        Loop& loop = services.loops.at(static_cast<std::size_t>(i) % services.loops.size());
        const std::int64_t share = count / at_once + (i < count % at_once);
        loop.post([&services, &loop, name, tenants, share] {
            spawn(loop, write_share(services, loop, name, tenants, share));
        });
    }
}

double rate_of(Services& services, const std::string& name, const std::vector<Id>& tenants,
               std::int64_t count, const std::atomic<std::int64_t>& counted) {
    const std::int64_t before = counted;
    const auto begin = Clock::now();
    write(services, name, tenants, written_at_once, count);
    wait_until(counted, before + count);
    const std::chrono::duration<double> took = Clock::now() - begin;
    return static_cast<double>(counted - before) / took.count();
}

// A listener begins with now: what is written before it is driven, nobody hears.
void wait_until_driven(Services& services, const std::vector<Id>& tenants) {
    constexpr std::chrono::milliseconds between_tries{100};
    while (heard == 0) {
        write(services, "bench.told", tenants, 1, 1);
        std::this_thread::sleep_for(between_tries);
    }
}

std::vector<double> lags(Services& services, const std::vector<Id>& tenants) {
    std::vector<double> all;
    for (int i = 0; i < written_alone; ++i) {
        const std::int64_t before = heard;
        const auto begin = Clock::now();
        write(services, "bench.told", tenants, 1, 1);
        wait_until(heard, before + 1);
        const std::chrono::duration<double, std::milli> took = Clock::now() - begin;
        all.push_back(took.count());
    }
    std::ranges::sort(all);
    return all;
}

}  // namespace

int bench_listeners(std::int64_t count, std::string data_dir) {
    Program program(settings_of_a_worker(std::move(data_dir)));
    program.open_database();
    program.open_app();
    Services& services = program.services();
    program.kernel().app().on("bench.told", "bench.leave_word", leave_word);
    program.kernel().start();
    std::vector<Id> tenants;
    for (int i = 0; i < companies; ++i) {
        tenants.push_back(Id::make());
    }
    wait_until_driven(services, tenants);
    lags(services, tenants);  // until plans are made
    const double plain = rate_of(services, "bench.untold", tenants, count, written);
    const double told = rate_of(services, "bench.told", tenants, count, heard);
    const std::vector<double> lag = lags(services, tenants);
    std::printf("plain %.1f a second, heard %.1f a second, lag %.2f ms, p99 %.2f ms\n", plain, told,
                lag[lag.size() / 2], lag[lag.size() * 99 / 100]);
    return heard >= count ? 0 : 1;
}

}  // namespace ponte
