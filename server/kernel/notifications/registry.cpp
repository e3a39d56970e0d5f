#include "kernel/notifications/registry.hpp"

#include <algorithm>
#include <stdexcept>

#include "kernel/listeners/pattern.hpp"

namespace ponte {

std::vector<Id> owner_of_event(const Services&, const Event& event) {
    return event.owner ? std::vector<Id>{*event.owner} : std::vector<Id>{};
}

namespace notifications {

Notification& Registry::declare(Notification notification) {
    if (find(notification.kind)) {
        throw std::logic_error("two notifications are called " + notification.kind);
    }
    return *all_.emplace_back(std::make_unique<Notification>(std::move(notification)));
}

const Notification* Registry::find(std::string_view kind) const {
    const auto found =
        std::ranges::find_if(all_, [kind](const auto& one) { return one->kind == kind; });
    return found == all_.end() ? nullptr : found->get();
}

std::vector<const Notification*> Registry::of(const Event& event) const {
    std::vector<const Notification*> found;
    for (const auto& one : all_) {
        if (listeners::matches(one->event, event.name)) {
            found.push_back(one.get());
        }
    }
    return found;
}

}  // namespace notifications
}  // namespace ponte
