// The job table as the workers of this process use it: each call is one round trip.
#pragma once

#include <vector>

#include "kernel/jobs/taken.hpp"

namespace ponte::jobs {

// What a worker has room for.
struct Wish {
    JobLane lane = JobLane::brief;
    int places = 0, most_per_queue = 0;
    Id after_queue;                  // who was served last
    std::vector<Id> busy;            // queues with less room than the others…
    std::vector<std::string> rooms;  // …and how much they have
};

struct Finished {
    Taken job;
    Outcome outcome;
    PutBack back;  // when it is neither done nor gone
};

class Table {
public:
    Table(Services& services, Loop& loop) : services_(services), loop_(loop) {}

    Task<> declare(const std::vector<const JobKind*>& kinds);
    // Settles what is finished and takes what is wished for, in one transaction.
    Task<std::vector<Taken>> exchange(const std::vector<Finished>& finished,
                                      const std::vector<Wish>& wishes);
    // Those who may begin now are made ready. A transaction of its own: nothing of it may keep jobs
    // from being taken and settled. True when there was somebody to look at.
    Task<bool> look_at_lines();
    struct Lease {
        Id id, token;
        Milliseconds lease{0};
    };
    // The work of each second: leases renewed, lost jobs reclaimed, due ones made ready. True when
    // something became ready.
    Task<bool> maintain(const std::vector<Lease>& leases, std::vector<std::string> scheduled);

private:
    Services& services_;
    Loop& loop_;
};

}  // namespace ponte::jobs
