#include "kernel/audit/chain.hpp"

#include <atomic>
#include <chrono>
#include <future>

#include "kernel/audit/enter.hpp"
#include "kernel/events/wakeup.hpp"
#include "kernel/log.hpp"
#include "kernel/services.hpp"

namespace ponte::audit {
namespace {

constexpr Milliseconds look_again_each{1'000};
constexpr std::chrono::seconds stop_within{5};

}  // namespace

struct Chain::Parts {
    explicit Parts(Services& services_)
        : services(services_), loop(services_.loops.at(0)), wakeup(loop) {}

    Services& services;
    Loop& loop;
    Wakeup wakeup;
    std::atomic<bool> is_stopping = false, is_running = false;
    std::promise<void> ended;

    Task<> go_on() {
        while (!is_stopping) {
            Entered entered = Entered::all;
            try {
                entered = co_await enter_some(services, loop);
            } catch (const std::exception& problem) {
                log::warning("the audit cannot be entered", {{"problem", problem.what()}});
            }
            if (entered != Entered::more && !is_stopping) {
                co_await wakeup.wait();
            }
        }
        ended.set_value();
    }
};

Chain::Chain(Services& services) : parts_(std::make_unique<Parts>(services)) {}
Chain::~Chain() { stop(); }

void Chain::start() {
    Parts& parts = *parts_;
    parts.is_running = true;
    parts.loop.post([&parts] { spawn(parts.loop, parts.go_on()); });
    parts.wakeup.set_each(look_again_each);
}

void Chain::stop() {
    if (!parts_->is_running.exchange(false)) {
        return;
    }
    parts_->is_stopping = true;
    parts_->wakeup.set();
    parts_->ended.get_future().wait_for(stop_within);
}

}  // namespace ponte::audit
