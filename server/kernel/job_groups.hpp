// Jobs that belong together (EnqueueOptions::group: those of a campaign), of one company. What is
// said of a group is said in the transaction of `ctx` and holds for whatever is taken from then on;
// the rows follow in batches, by a job.
#pragma once

#include <cstdint>

#include "kernel/ctx.hpp"

namespace ponte {

class App;

namespace job_groups {

void hold(Ctx& ctx, const Id& group);     // none begins, those enqueued later neither
void release(Ctx& ctx, const Id& group);  // those held go on in their order
void cancel(Ctx& ctx, const Id& group);   // for good: all that do not run yet are gone
// None that still waits begins before.
void move(Ctx& ctx, const Id& group, Time not_before);

struct Counts {
    std::int64_t waiting = 0, running = 0, held = 0, dead = 0;
};
Task<Counts> count(Ctx& ctx, Id group);

void declare(App& app);

}  // namespace job_groups
}  // namespace ponte
