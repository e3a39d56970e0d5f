#include "kernel/app.hpp"
#include "kernel/jobs/companies.hpp"
#include "kernel/people.hpp"
#include "kernel/services.hpp"
#include "kernel/sweeping.hpp"

namespace ponte::jobs {
namespace {

struct Daily {};
template <class Visit>
void visit_fields(const Daily&, Visit&&) {}

// Who has not had this kind today, where it is that time of the day already. A company that is seen
// for the first time waits for the next one. Its day is written down with its job: it comes once.
Task<> enqueue_due(Ctx& ctx, const JobKind& kind) {
    db::Params params{kind.name, kind.daily_in_companies};
    const db::Rows rows = co_await ctx.tx.query(
        "with here as (select c.tenant_id, (now() at time zone c.timezone)::date as today, "
        "(now() at time zone c.timezone)::time >= $2::time as has_come from (" +
            ctx.services.people().companies +
            ") c), due as (select h.tenant_id, h.today, h.has_come, s.ran_on from here h "
            "left join company_schedules s on s.tenant_id = h.tenant_id and s.kind = $1 "
            "where s.ran_on is null or (h.has_come and s.ran_on < h.today)), "
            "written as (insert into company_schedules as s (tenant_id, kind, ran_on) "
            "select tenant_id, $1, case when has_come then today else today - 1 end from due "
            "on conflict (tenant_id, kind) do update set ran_on = excluded.ran_on "
            "where s.ran_on < excluded.ran_on returning s.tenant_id) "
            "select w.tenant_id from written w join due d on d.tenant_id = w.tenant_id "
            "where d.ran_on is not null",
        std::move(params));
    enqueue_for_each(ctx, rows, kind.name);
}

Task<> enqueue_all_due(Ctx& ctx, const Daily&) {
    if (ctx.services.people().companies.empty()) {
        co_return;
    }
    for (const JobKind* kind : ctx.services.jobs().kinds()) {
        if (!kind->daily_in_companies.empty()) {
            co_await enqueue_due(ctx, *kind);
        }
    }
}

}  // namespace

void declare_daily(App& app) {
    app.job<Daily>("jobs.daily", enqueue_all_due).repeat_every(std::chrono::minutes{1});
}

}  // namespace ponte::jobs
