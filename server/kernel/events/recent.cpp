#include "kernel/events/recent.hpp"

#include <algorithm>

namespace ponte::events {
namespace {

// What a value takes outside of itself.
std::size_t bytes_behind(const Json& value) {
    std::size_t bytes = value.as_string().capacity();
    for (const Json& item : value.items()) {
        bytes += sizeof(Json) + bytes_behind(item);
    }
    for (const auto& [name, member] : value.members()) {
        bytes += sizeof(Json::Member) + name.capacity() + bytes_behind(member);
    }
    return bytes;
}

std::size_t bytes_of(const Event& event) {
    return sizeof(Event) + event.name.capacity() + event.entity.capacity() +
           event.request_id.capacity() + event.about.capacity() * sizeof(Id) +
           bytes_behind(event.changes);
}

}  // namespace

void Recent::begin(Position from) {
    const std::scoped_lock lock(mutex_);
    from_ = newest_ = from;
    events_.clear();
    bytes_ = 0;
}

void Recent::add(const std::vector<Event>& batch) {
    const std::scoped_lock lock(mutex_);
    for (const Event& event : batch) {
        events_.push_back(event);
        bytes_ += bytes_of(events_.back());
        newest_ = event.position;
    }
    while (events_.size() > most_missed || bytes_ > static_cast<std::size_t>(most_recent_bytes)) {
        from_ = events_.front().position;
        bytes_ -= bytes_of(events_.front());
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

std::size_t Recent::bytes() const {
    const std::scoped_lock lock(mutex_);
    return bytes_;
}

Position Recent::newest() const {
    const std::scoped_lock lock(mutex_);
    return newest_;
}

}  // namespace ponte::events
