// The places for one sort of work and who may use them. No tenant gets all of them:
// a quarter stays free for the others, whoever has a million jobs waiting. Lives on one loop.
#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <unordered_map>

#include "kernel/jobs/table.hpp"

namespace ponte::jobs {

using Clock = std::chrono::steady_clock;

class Lane {
public:
    Lane(JobLane name, int places_per_loop, std::size_t loops);

    // What to ask the table for; nothing while enough lies ready here or nothing is known to wait.
    std::optional<Wish> wish() const;
    void want() { is_wanted_ = true; }
    // Between asking and the answer: only what is wanted from now on counts as wanted again.
    void asked() { is_wanted_ = false; }
    void took(const Wish& wish, std::vector<Taken> jobs);

    struct Start {
        Taken job;
        std::size_t loop = 0;
    };
    std::optional<Start> start_next();
    void ended(const Taken& job, std::size_t loop);
    // Jobs short enough are taken ahead, about a tenth of a second's worth. What has been taken and
    // now would wait longer goes back, since it would keep others waiting, too.
    std::vector<Taken> measure(Clock::time_point at);
    std::vector<Taken> give_up_waiting();

    JobLane name() const { return name_; }
    int running() const { return running_; }
    int waiting() const { return static_cast<int>(buffer_.size()); }

private:
    struct Share {
        int running = 0, waiting = 0;
    };
    int most_per_queue() const;
    int room_of(const Id& queue) const;
    Taken drop_last();

    const JobLane name_;
    const int places_, reserve_;
    int batch_, running_ = 0, ended_since_ = 0;
    bool is_wanted_ = true;
    Clock::time_point measured_at_ = Clock::now();
    Id last_served_;
    std::vector<Id> cut_off_;  // queues that surely have more, but had no room for it
    std::deque<Taken> buffer_;
    std::unordered_map<Id, Share> shares_;
    std::vector<int> running_on_;
};

}  // namespace ponte::jobs
