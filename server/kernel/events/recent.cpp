#include "kernel/events/recent.hpp"

#include <algorithm>

namespace ponte::events {

void Recent::begin(Position from) {
    const std::scoped_lock lock(mutex_);
    from_ = newest_ = from;
    events_.clear();
}

void Recent::add(const std::vector<Event>& batch) {
    const std::scoped_lock lock(mutex_);
    for (const Event& event : batch) {
        events_.push_back(event);
        newest_ = event.position;
    }
    while (events_.size() > most_missed) {
        from_ = events_.front().position;
        events_.pop_front();
    }
}

Recent::Missed Recent::since(const Id& tenant, Position after, std::size_t limit, Time at) const {
    const std::scoped_lock lock(mutex_);
    Missed missed;
    missed.is_covered = after >= from_ && after <= newest_;
    if (!missed.is_covered) {
        return missed;
    }
    auto event = std::upper_bound(events_.begin(), events_.end(), after,
                                  [](Position p, const Event& e) { return p < e.position; });
    missed.is_too_much = event != events_.end() && at - event->at > longest_absence;
    for (; event != events_.end() && !missed.is_too_much; ++event) {
        if (event->tenant == tenant) {
            missed.is_too_much = missed.events.size() == limit;
            missed.events.push_back(*event);
        }
    }
    return missed;
}

Position Recent::newest() const {
    const std::scoped_lock lock(mutex_);
    return newest_;
}

}  // namespace ponte::events
