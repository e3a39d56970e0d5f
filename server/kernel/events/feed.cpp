#include <atomic>
#include <future>

#include "kernel/events/notice.hpp"
#include "kernel/events/read.hpp"
#include "kernel/events/recent.hpp"
#include "kernel/events/wakeup.hpp"
#include "kernel/log.hpp"
#include "kernel/services.hpp"

namespace ponte {
namespace {

constexpr const char* channel = "ponte_events";
constexpr Milliseconds look_again_each{1'000};
constexpr Milliseconds after_failure{500};
// An older transaction holds events back for as long as it lasts: usually it ends within the next
// milliseconds; when it does not, it is a long one and nobody notices a little more.
constexpr Milliseconds soon{5}, later{25};
constexpr int soon_rounds = 200;
constexpr std::chrono::seconds stop_within{5};

}  // namespace

struct EventFeed::Parts {
    explicit Parts(Services& services_)
        : services(services_), loop(services_.loops.at(0)), wakeup(loop) {}

    Services& services;
    Loop& loop;
    Wakeup wakeup;
    std::vector<Subscriber> subscribers;
    events::Recent recent;
    std::unique_ptr<Notice> notice;
    std::atomic<bool> is_stopping = false, is_running = false;
    std::promise<void> ended;
    Position position;
    int held_rounds = 0;

    Task<> find_beginning();
    Task<> follow();
    Task<bool> read_on();
    void deliver(const std::vector<Event>& batch);
};

Task<> EventFeed::Parts::find_beginning() {
    while (!is_stopping) {
        bool is_found = false;
        try {
            position = co_await events::position_of_now(services, loop);
            is_found = true;
        } catch (const std::exception& problem) {
            log::warning("the event log cannot be read", {{"problem", problem.what()}});
        }
        if (is_found) {
            recent.begin(position);
            co_return;
        }
        co_await loop.sleep(after_failure);
    }
}

void EventFeed::Parts::deliver(const std::vector<Event>& batch) {
    recent.add(batch);
    for (const Subscriber& subscriber : subscribers) {
        try {
            subscriber(batch);
        } catch (const std::exception& problem) {
            log::error("a subscriber of the event log failed", {{"problem", problem.what()}});
        }
    }
}

// True when the next look should not wait for a wake.
Task<bool> EventFeed::Parts::read_on() {
    const events::Batch batch = co_await events::read_after(services, loop, position);
    if (!batch.events.empty()) {
        position = batch.events.back().position;
        deliver(batch.events);
    }
    held_rounds = batch.is_held ? held_rounds + 1 : 0;
    if (batch.is_held) {
        wakeup.set_after(held_rounds < soon_rounds ? soon : later);
    }
    co_return batch.is_full;
}

Task<> EventFeed::Parts::follow() {
    co_await find_beginning();
    while (!is_stopping) {
        bool is_full = false, has_failed = false;
        try {
            is_full = co_await read_on();
        } catch (const std::exception& problem) {
            has_failed = true;
            log::warning("the event log cannot be read", {{"problem", problem.what()}});
        }
        if (has_failed) {
            co_await loop.sleep(after_failure);
        } else if (!is_full && !is_stopping) {
            co_await wakeup.wait();
        }
    }
    ended.set_value();
}

EventFeed::EventFeed(Services& services) : parts_(std::make_unique<Parts>(services)) {}
EventFeed::~EventFeed() { stop(); }

void EventFeed::subscribe(Subscriber subscriber) {
    parts_->subscribers.push_back(std::move(subscriber));
}

void EventFeed::start() {
    Parts& parts = *parts_;
    parts.is_running = true;
    parts.notice = std::make_unique<Notice>(parts.services, parts.loop, channel);
    parts.loop.post([&parts] { spawn(parts.loop, parts.follow()); });
    parts.wakeup.set_each(look_again_each);
    if (others_may_exist(parts.services.settings)) {
        parts.services.database().listen(parts.loop, channel,
                                         [&parts](std::string) { parts.wakeup.set(); });
    }
}

void EventFeed::stop() {
    if (!parts_->is_running.exchange(false)) {
        return;
    }
    parts_->is_stopping = true;
    parts_->wakeup.set();
    parts_->ended.get_future().wait_for(stop_within);
    parts_->notice.reset();
}

void EventFeed::wake() {
    parts_->wakeup.set();
    if (parts_->notice) {
        parts_->notice->send();
    }
}

Task<std::optional<std::vector<Event>>> EventFeed::since(Loop& loop, Id tenant, Position after,
                                                         std::size_t limit) {
    limit = std::min(limit, events::most_missed);
    auto known = parts_->recent.since(tenant, after, limit, now());
    std::optional<std::vector<Event>> found;
    if (!known.is_covered) {
        found = co_await events::read_missed(parts_->services, loop, tenant, after, limit);
    } else if (!known.is_too_much) {
        found = std::move(known.events);
    }
    co_return found;
}

Position EventFeed::newest() const { return parts_->recent.newest(); }

}  // namespace ponte
