#include "kernel/jobs/lane.hpp"

#include <algorithm>

namespace ponte::jobs {
namespace {

constexpr int most_ahead = 256;
constexpr std::chrono::milliseconds measured_each{50};
constexpr double ahead_s = 0.1;

}  // namespace

Lane::Lane(JobLane name, int places_per_loop, std::size_t loops)
    : name_(name),
      places_(places_per_loop * static_cast<int>(loops)),
      reserve_(std::max(1, places_ / 4)),
      batch_(places_),
      running_on_(loops, 0) {}

int Lane::most_per_queue() const { return batch_ - reserve_; }

int Lane::room_of(const Id& queue) const {
    const auto share = shares_.find(queue);
    const int held = share == shares_.end() ? 0 : share->second.running + share->second.waiting;
    return std::max(0, most_per_queue() - held);
}

std::optional<Wish> Lane::wish() const {
    const int held = running_ + waiting();
    const bool has_enough = waiting() > batch_ / 4;
    const bool may_get_some = is_wanted_ || std::ranges::any_of(cut_off_, [&](const Id& queue) {
                                  return room_of(queue) > 0;
                              });
    if (!may_get_some || has_enough || held >= batch_) {
        return {};
    }
    Wish wish;
    wish.lane = name_;
    wish.places = batch_ - held;
    wish.most_per_queue = most_per_queue();
    wish.after_queue = last_served_;
    for (const auto& [queue, share] : shares_) {
        wish.busy.push_back(queue);
        wish.rooms.push_back(std::to_string(room_of(queue)));
    }
    return wish;
}

void Lane::took(const Wish& wish, std::vector<Taken> jobs) {
    std::unordered_map<Id, int> rooms, got;
    for (std::size_t i = 0; i < wish.busy.size(); ++i) {
        rooms[wish.busy[i]] = std::stoi(wish.rooms[i]);
        got[wish.busy[i]] = 0;
    }
    is_wanted_ = is_wanted_ || static_cast<int>(jobs.size()) >= wish.places;
    for (Taken& job : jobs) {
        ++shares_[job.queue()].waiting;
        ++got[job.queue()];
        last_served_ = job.queue();
        buffer_.push_back(std::move(job));
    }
    cut_off_.clear();
    for (const auto& [queue, count] : got) {
        const auto room = rooms.find(queue);
        if (count >= (room == rooms.end() ? wish.most_per_queue : room->second)) {
            cut_off_.push_back(queue);
        }
    }
}

std::optional<Lane::Start> Lane::start_next() {
    if (running_ >= places_) {
        return {};
    }
    const int most = places_ - reserve_;
    const auto may_run = [&](const Taken& job) { return shares_[job.queue()].running < most; };
    const auto next = std::ranges::find_if(buffer_, may_run);
    if (next == buffer_.end()) {
        return {};
    }
    Start start{std::move(*next), 0};
    buffer_.erase(next);
    Share& share = shares_[start.job.queue()];
    --share.waiting;
    ++share.running;
    ++running_;
    const auto idlest = std::ranges::min_element(running_on_);
    ++*idlest;
    start.loop = static_cast<std::size_t>(idlest - running_on_.begin());
    return start;
}

void Lane::ended(const Taken& job, std::size_t loop) {
    const auto share = shares_.find(job.queue());
    if (--share->second.running + share->second.waiting == 0) {
        shares_.erase(share);
    }
    --running_;
    --running_on_[loop];
    ++ended_since_;
}

std::vector<Taken> Lane::measure(Clock::time_point at) {
    const std::chrono::duration<double> passed = at - measured_at_;
    if (name_ != JobLane::brief || passed < measured_each) {
        return {};
    }
    const double per_second = ended_since_ / passed.count();
    measured_at_ = at;
    ended_since_ = 0;
    batch_ = std::clamp(static_cast<int>(per_second * ahead_s), places_, most_ahead);
    std::vector<Taken> surplus;
    while (waiting() > batch_) {
        surplus.push_back(drop_last());
    }
    return surplus;
}

Taken Lane::drop_last() {
    Taken job = std::move(buffer_.back());
    buffer_.pop_back();
    const auto share = shares_.find(job.queue());
    if (--share->second.waiting + share->second.running == 0) {
        shares_.erase(share);
    }
    return job;
}

std::vector<Taken> Lane::give_up_waiting() {
    std::vector<Taken> all;
    while (!buffer_.empty()) {
        all.push_back(drop_last());
    }
    return all;
}

}  // namespace ponte::jobs
