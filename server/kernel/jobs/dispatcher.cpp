#include "kernel/jobs/dispatcher.hpp"

#include <algorithm>
#include <iterator>

#include "kernel/jobs/backoff.hpp"
#include "kernel/jobs/run.hpp"
#include "kernel/log.hpp"
#include "kernel/services.hpp"
#include "kernel/values.hpp"

namespace ponte::jobs {
namespace {

constexpr int brief_places = 8, lengthy_places = 2, calling_places = 128;  // on each loop
constexpr Milliseconds looked_after_each{1'000}, after_failure{500}, settled_within{10};
constexpr std::size_t most_unsettled = 64;
constexpr std::chrono::seconds may_finish_within{8}, stop_within{12};

}  // namespace

Dispatcher::Dispatcher(Services& services, std::vector<const JobKind*> kinds, Find find,
                       Ended on_ended)
    : services_(services),
      loop_(services.loops.at(services.loops.size() - 1)),
      kinds_(std::move(kinds)),
      find_(std::move(find)),
      on_ended_(std::move(on_ended)),
      table_(services, loop_),
      lanes_{Lane(JobLane::brief, brief_places, services.loops.size()),
             Lane(JobLane::lengthy, lengthy_places, services.loops.size()),
             Lane(JobLane::calling, calling_places, services.loops.size())},
      work_(loop_),
      keep_(loop_),
      has_lines_(std::ranges::any_of(kinds_, &JobKind::stands_in_line)) {}

void Dispatcher::start() {
    loop_.post([self = shared_from_this()] {
        spawn(self->loop_, work(self));
        spawn(self->loop_, keep(self));
    });
    keep_.set_each(looked_after_each);
}

void Dispatcher::stop() {
    is_stopping_ = true;
    work_.set();
    keep_.set();
    loop_.post_after(may_finish_within, [self = shared_from_this()] { self->leave(); });
    work_ended_.get_future().wait_for(stop_within);
    keep_ended_.get_future().wait_for(looked_after_each);
}

void Dispatcher::wake() {
    is_woken_ = true;
    work_.set();
}

bool Dispatcher::is_over() const {
    return is_stopping_ && finished_.empty() && (held_.empty() || has_left_);
}

// What is still running when the time is up goes back at once, so that nobody has to wait for its
// lease to expire; our own end follows within moments.
void Dispatcher::leave() {
    has_left_ = true;
    for (const auto& [id, one] : held_) {
        settle_later(one.job, {Outcome::Kind::not_begun, {}});
    }
    work_.set();
}

Task<> Dispatcher::declare() {
    while (!is_stopping_) {
        bool is_done = false;
        try {
            co_await table_.declare(kinds_);
            is_done = true;
        } catch (const std::exception& problem) {
            log::warning("the job table cannot be reached", {{"problem", problem.what()}});
        }
        if (is_done) {
            co_return;
        }
        co_await loop_.sleep(after_failure);
    }
}

Task<> Dispatcher::work(std::shared_ptr<Dispatcher> self) {
    co_await self->declare();
    self->work_.set();
    while (!self->is_over()) {
        co_await self->work_.wait();
        bool goes_on = true;
        while (goes_on) {
            goes_on = co_await self->exchange();
        }
    }
    self->work_ended_.set_value();
    self->keep_.set();
}

std::vector<Wish> Dispatcher::wishes() {
    std::vector<Wish> all;
    for (Lane& lane : lanes_) {
        const auto wish = lane.wish();
        if (wish && !is_stopping_) {
            lane.asked();
            all.push_back(*wish);
        }
    }
    return all;
}

// Jobs that were taken and would wait too long here, or will not be begun any more.
void Dispatcher::give_back() {
    std::vector<Taken> back;
    for (Lane& lane : lanes_) {
        std::ranges::move(is_stopping_ ? lane.give_up_waiting() : lane.measure(Clock::now()),
                          std::back_inserter(back));
    }
    for (Taken& job : back) {
        held_.erase(job.id);
        settle_later(std::move(job), {Outcome::Kind::not_begun, {}});
    }
}

// Few finished jobs, only just finished, wait for company: they are settled together.
bool Dispatcher::can_settle_later() const {
    return finished_.size() < most_unsettled && !is_stopping_ &&
           Clock::now() - first_finished_ < settled_within;
}

// Whoever has just joined a line may be its first.
Task<> Dispatcher::look_at_lines() {
    try {
        co_await table_.look_at_lines();
    } catch (const std::exception& problem) {
        log::warning("lines of jobs cannot be looked at", {{"problem", problem.what()}});
    }
}

// One round trip. True when it is worth looking again at once.
Task<bool> Dispatcher::exchange() {
    if (is_woken_.exchange(false)) {
        std::ranges::for_each(lanes_, &Lane::want);
        if (has_lines_ && !is_stopping_) {
            co_await look_at_lines();
        }
    }
    give_back();
    const std::vector<Wish> asked = wishes();
    if (asked.empty() && finished_.empty()) {
        co_return false;
    }
    if (asked.empty() && can_settle_later()) {
        work_.set_after(settled_within);
        co_return false;
    }
    std::vector<Finished> settled = std::exchange(finished_, {});
    std::vector<Taken> taken;
    std::string problem;
    try {
        taken = co_await table_.exchange(settled, asked);
    } catch (const std::exception& failure) {
        problem = failure.what();
    }
    if (!problem.empty()) {
        log::warning("jobs cannot be taken or settled", {{"problem", problem}});
        std::ranges::move(settled, std::back_inserter(finished_));
        is_woken_ = true;
        co_await loop_.sleep(after_failure);
        co_return !is_stopping_;
    }
    const bool has_taken = !taken.empty();
    accept(asked, std::move(taken));
    start_waiting();
    co_return has_taken || !finished_.empty();
}

void Dispatcher::accept(const std::vector<Wish>& asked, std::vector<Taken> taken) {
    for (const Taken& job : taken) {
        const JobKind* kind = find_(job.kind);
        const Milliseconds lease = kind ? kind->lease : JobKind{}.lease;
        held_[job.id] = {job, lease, Clock::now() + lease / 3};
    }
    for (const Wish& wish : asked) {
        std::vector<Taken> of_lane;
        std::ranges::copy_if(taken, std::back_inserter(of_lane),
                             [&](const Taken& job) { return job.lane == wish.lane; });
        lanes_[static_cast<std::size_t>(wish.lane)].took(wish, std::move(of_lane));
    }
}

void Dispatcher::start_waiting() {
    for (Lane& lane : lanes_) {
        while (auto next = lane.start_next()) {
            Loop& loop = services_.loops.at(next->loop);
            loop.post([self = shared_from_this(), &loop, start = std::move(*next)] {
                spawn(loop, run(self, loop, start.loop, start.job));
            });
        }
    }
}

Task<> Dispatcher::run(std::shared_ptr<Dispatcher> self, Loop& loop, std::size_t index, Taken job) {
    const JobKind* kind = self->find_(job.kind);
    Outcome outcome = co_await run_job(self->services_, loop, kind, job);
    self->loop_.post([self, index, job = std::move(job), outcome = std::move(outcome)]() mutable {
        self->finish(job, index, std::move(outcome));
    });
}

void Dispatcher::finish(const Taken& job, std::size_t loop, Outcome outcome) {
    const JobKind* kind = find_(job.kind);
    if (kind && kind->stands_in_line()) {
        is_woken_ = true;  // the next of its line may begin
    }
    held_.erase(job.id);
    lane_of(job).ended(job, loop);
    on_ended_(job);
    if (outcome.kind != Outcome::Kind::gone && !has_left_) {
        settle_later(job, std::move(outcome));
    }
    if (!is_stopping_) {
        start_waiting();
    }
    work_.set();
}

void Dispatcher::settle_later(Taken job, Outcome outcome) {
    const JobKind* kind = find_(job.kind);
    const int max_tries = kind ? kind->max_tries : JobKind{}.max_tries;
    PutBack back;
    if (outcome.kind != Outcome::Kind::done) {
        back = put_back_of(job, outcome, max_tries, random_chance());
    }
    if (back.state == "dead") {
        log::error("a job was given up", {{"job", job.id.text()},
                                          {"kind", job.kind},
                                          {"tries", job.tries},
                                          {"problem", outcome.problem}});
    } else if (outcome.kind == Outcome::Kind::failed || outcome.kind == Outcome::Kind::put_off) {
        log::warning("a job failed and is tried again", {{"job", job.id.text()},
                                                         {"kind", job.kind},
                                                         {"tries", job.tries},
                                                         {"problem", outcome.problem}});
    }
    if (finished_.empty()) {
        first_finished_ = Clock::now();
    }
    finished_.push_back({std::move(job), std::move(outcome), std::move(back)});
}

std::vector<Table::Lease> Dispatcher::due_leases() {
    const auto at = Clock::now();
    std::vector<Table::Lease> due;
    for (auto& [id, one] : held_) {
        if (one.renew_at <= at) {
            one.renew_at = at + one.lease / 3;
            due.push_back({id, one.job.token, one.lease});
        }
    }
    return due;
}

Task<> Dispatcher::maintain() {
    std::vector<std::string> scheduled;
    for (const JobKind* kind : kinds_) {
        if (kind->every.count() > 0 || !kind->daily_at.empty()) {
            scheduled.push_back(kind->name);
        }
    }
    const bool has_ready = co_await table_.maintain(due_leases(), std::move(scheduled));
    if (has_ready) {
        wake();
    }
    // Also of kinds that only other nodes know, and of groups.
    co_await look_at_lines();
}

Task<> Dispatcher::keep(std::shared_ptr<Dispatcher> self) {
    while (!self->is_over()) {
        co_await self->keep_.wait();
        try {
            co_await self->maintain();
        } catch (const std::exception& problem) {
            log::warning("jobs cannot be looked after", {{"problem", problem.what()}});
        }
        // Other nodes' jobs are found each second even when no word of them comes through.
        self->wake();
    }
    self->keep_ended_.set_value();
}

}  // namespace ponte::jobs
