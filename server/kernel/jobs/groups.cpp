#include <typeindex>

#include "kernel/app.hpp"
#include "kernel/job_groups.hpp"
#include "kernel/services.hpp"
#include "kernel/sweeping.hpp"

namespace ponte::job_groups {

FIELDS(Counts, waiting, running, held, dead);

namespace {

struct Follow {
    Id group;
};
FIELDS(Follow, group);

constexpr Milliseconds while_some_run{5'000};

void follow_soon(Ctx& ctx, const Id& group, Milliseconds delay = Milliseconds{0}) {
    EnqueueOptions options;
    options.unique_key = group.text();
    options.delay = delay;
    ctx.enqueue_args(std::type_index(typeid(Follow)), args_to(Follow{group}), options);
}

void say(Ctx& ctx, const Id& group, const std::string& what, db::Params more = {}) {
    db::Params params{group};
    params.insert(params.end(), more.begin(), more.end());
    ctx.tx.queue("insert into job_groups as g (id, " + what, std::move(params));
    follow_soon(ctx, group);
}

// Reads what was said last, so it does not matter how often it runs, nor after what. A word that
// all have followed is of no use any more, unless it is said to those who come. Of a cancelled
// group somebody may still run, and fail, and must not be tried again.
Task<> follow(Ctx& ctx, const Follow& job) {
    std::int64_t followed = 1;
    while (followed > 0) {
        followed = co_await ctx.tx.one<std::int64_t>(
            "select follow_group(current_tenant(), $1::uuid)", job.group);
        if (followed > 0) {
            co_await ctx.tx.commit();
        }
    }
    if (followed < 0) {
        co_return;
    }
    ctx.tx.queue(
        "delete from job_groups g where g.tenant_id = current_tenant() and g.id = $1::uuid "
        "and not g.is_held and not (g.is_cancelled and exists (select from jobs j "
        "where j.tenant_id = g.tenant_id and j.group_id = g.id and j.state = 'running'))",
        {job.group});
    const auto is_cancelled = co_await ctx.tx.maybe<bool>(
        "select is_cancelled from job_groups "
        "where tenant_id = current_tenant() and id = $1::uuid",
        job.group);
    if (is_cancelled.value_or(false)) {
        follow_soon(ctx, job.group, while_some_run);
    }
}

}  // namespace

void hold(Ctx& ctx, const Id& group) {
    say(ctx, group,
        "is_held) values ($1::uuid, true) on conflict (tenant_id, id) do update "
        "set is_held = true where not g.is_cancelled");
}

void release(Ctx& ctx, const Id& group) {
    say(ctx, group,
        "is_held) values ($1::uuid, false) on conflict (tenant_id, id) do update "
        "set is_held = false where not g.is_cancelled");
}

void cancel(Ctx& ctx, const Id& group) {
    say(ctx, group,
        "is_cancelled) values ($1::uuid, true) on conflict (tenant_id, id) do update "
        "set is_cancelled = true, is_held = false");
}

void move(Ctx& ctx, const Id& group, Time not_before) {
    say(ctx, group,
        "not_before) values ($1::uuid, $2::timestamptz) on conflict (tenant_id, id) do update "
        "set not_before = excluded.not_before",
        {format_time(not_before)});
}

Task<Counts> count(Ctx& ctx, Id group) {
    const auto counts = co_await ctx.tx.one<Counts>(
        "select count(*) filter (where state in ('later', 'ready', 'behind', 'paced')) as waiting, "
        "count(*) filter (where state = 'running') as running, "
        "count(*) filter (where state = 'held') as held, "
        "count(*) filter (where state = 'dead') as dead "
        "from jobs where tenant_id = current_tenant() and group_id = $1::uuid",
        group);
    co_return counts;
}

void declare(App& app) { app.job<Follow>("jobs.follow_group", follow).commits_itself(); }

}  // namespace ponte::job_groups
