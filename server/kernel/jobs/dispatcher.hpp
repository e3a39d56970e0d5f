// The worker of this process: takes jobs, spreads them over the loops, settles what is finished and
// takes the next in the same round trip. All its state lives on one loop; jobs run on all of them.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <unordered_map>
#include <vector>

#include "kernel/events/wakeup.hpp"
#include "kernel/jobs/lane.hpp"

namespace ponte::jobs {

class Dispatcher : public std::enable_shared_from_this<Dispatcher> {
public:
    using Find = std::function<const JobKind*(std::string_view name)>;
    using Ended = std::function<void(const Taken&)>;
    Dispatcher(Services& services, std::vector<const JobKind*> kinds, Find find, Ended on_ended);

    void start();
    void stop();  // not on a loop: waits
    void wake();  // any thread

private:
    struct Held {
        Taken job;
        Milliseconds lease{0};
        Clock::time_point renew_at;
    };

    static Task<> work(std::shared_ptr<Dispatcher> self);
    static Task<> keep(std::shared_ptr<Dispatcher> self);
    static Task<> run(std::shared_ptr<Dispatcher> self, Loop& loop, std::size_t index, Taken job);
    Task<> declare();
    Task<bool> exchange();
    Task<> look_at_lines();
    Task<> maintain();
    void finish(const Taken& job, std::size_t loop, Outcome outcome);
    void settle_later(Taken job, Outcome outcome);
    void give_back();
    bool can_settle_later() const;
    void accept(const std::vector<Wish>& asked, std::vector<Taken> taken);
    void start_waiting();
    void leave();
    std::vector<Wish> wishes();
    std::vector<Table::Lease> due_leases();
    Lane& lane_of(const Taken& job) { return lanes_[static_cast<std::size_t>(job.lane)]; }
    bool is_over() const;

    Services& services_;
    Loop& loop_;
    const std::vector<const JobKind*> kinds_;
    const Find find_;
    const Ended on_ended_;
    Table table_;
    std::array<Lane, 3> lanes_;  // in the order of JobLane
    Wakeup work_, keep_;
    std::unordered_map<Id, Held> held_;  // running, or taken and waiting for a place
    std::vector<Finished> finished_;
    Clock::time_point first_finished_;
    std::atomic<bool> is_woken_ = false, is_stopping_ = false;
    const bool has_lines_;
    bool has_left_ = false;
    std::promise<void> work_ended_, keep_ended_;
};

}  // namespace ponte::jobs
