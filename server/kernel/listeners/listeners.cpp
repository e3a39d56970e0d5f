#include "kernel/listeners/listeners.hpp"

#include <algorithm>

#include "kernel/listeners/driver.hpp"
#include "kernel/services.hpp"

namespace ponte::listeners {

Listeners::Listeners(Services& services) : driver_(std::make_shared<Driver>(services)) {}

void Listeners::follow_the_log(EventFeed& feed) {
    feed.subscribe([driver = driver_](const std::vector<Event>& batch) { driver->hear(batch); });
}

Listeners::~Listeners() { stop(); }

Listener& Listeners::declare(Listener listener) {
    all_.push_back(std::make_unique<Listener>(std::move(listener)));
    return *all_.back();
}

const Listener* Listeners::find(std::string_view name) const {
    const auto found =
        std::ranges::find_if(all_, [&](const auto& one) { return one->name == name; });
    return found == all_.end() ? nullptr : found->get();
}

void Listeners::start() {
    if (all_.empty()) {
        return;
    }
    std::vector<const Listener*> declared;
    for (const auto& one : all_) {
        declared.push_back(one.get());
    }
    driver_->start(std::move(declared));
    is_running_ = true;
}

void Listeners::stop() {
    if (is_running_) {
        is_running_ = false;
        driver_->stop();
    }
}

}  // namespace ponte::listeners
