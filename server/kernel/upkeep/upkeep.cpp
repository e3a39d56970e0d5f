#include "kernel/upkeep/upkeep.hpp"

#include "kernel/app.hpp"
#include "kernel/lists/search_entries.hpp"
#include "kernel/upkeep/log_months.hpp"

namespace ponte::records {
namespace {

struct FoldTallies {};
template <class Visit>
void visit_fields(const FoldTallies&, Visit&&) {}

struct ClearIdempotencyKeys {};
template <class Visit>
void visit_fields(const ClearIdempotencyKeys&, Visit&&) {}

struct RemovePassedEvents {};
template <class Visit>
void visit_fields(const RemovePassedEvents&, Visit&&) {}

struct MergeSearchEntries {};
template <class Visit>
void visit_fields(const MergeSearchEntries&, Visit&&) {}

constexpr std::int64_t rows_per_batch = 10'000;

// Every write adds a difference; here many become one. Whoever reads meanwhile sees either all of
// the old rows or the new one, and what is written meanwhile is a row of its own.
Task<> fold_tallies(Ctx& ctx, const FoldTallies&) {
    ctx.tx.act_as({db::Role::system, {}});
    // bulk: sums of numbers that no record shows.
    ctx.tx.queue(
        "with many as (select tenant_id, entity, value from tallies "
        "group by tenant_id, entity, value having count(*) > 4 or sum(delta) = 0 limit 1000), "
        "folded as (delete from tallies t using many m where t.tenant_id = m.tenant_id "
        "and t.entity = m.entity and t.value = m.value "
        "returning t.tenant_id, t.entity, t.value, t.delta) "
        "insert into tallies (tenant_id, entity, value, delta) "
        "select tenant_id, entity, value, sum(delta) from folded "
        "group by tenant_id, entity, value having sum(delta) <> 0");
    co_return;
}

Task<> merge_entries(Ctx& ctx, const MergeSearchEntries&) {
    co_await merge_search_entries(ctx.services, ctx.loop);
}

// A request is repeated within minutes; a day later nobody remembers its key.
Task<> clear_idempotency_keys(Ctx& ctx, const ClearIdempotencyKeys&) {
    constexpr const char* sql =
        "delete from idempotency_keys where ctid = any (array(select ctid "
        "from idempotency_keys where created_at < now() - interval '24 hours' limit $1))";
    std::int64_t removed = rows_per_batch;
    while (removed == rows_per_batch) {
        ctx.tx.act_as({db::Role::system, {}});
        db::Params params{rows_per_batch};
        const db::Rows rows = co_await ctx.tx.query(sql, std::move(params));
        co_await ctx.tx.commit();
        removed = rows.affected();
    }
}

// Events of which nothing is kept, once all listeners have heard them and no screen may still ask
// for what it missed (events::longest_absence). The last one stays: whoever was away longer than
// that sees by it that time has passed, and asks for everything again.
Task<> remove_passed_events(Ctx& ctx, const RemovePassedEvents&) {
    constexpr const char* sql = "select remove_passed_events($1)";
    std::int64_t removed = rows_per_batch;
    while (removed == rows_per_batch) {
        ctx.tx.act_as({db::Role::system, {}});
        removed = co_await ctx.tx.one<std::int64_t>(sql, rows_per_batch);
        co_await ctx.tx.commit();
    }
}

}  // namespace

void declare_upkeep(App& app) {
    using namespace std::chrono_literals;
    declare_log_months(app);
    app.job<MergeSearchEntries>("search_entries.merge", merge_entries).repeat_every(15s);
    app.job<FoldTallies>("tallies.fold", fold_tallies).repeat_every(3min);
    app.job<RemovePassedEvents>("events.remove_passed", remove_passed_events)
        .commits_itself()
        .repeat_every(5min);
    app.job<ClearIdempotencyKeys>("idempotency_keys.clear", clear_idempotency_keys)
        .commits_itself()
        .at("03:40");
}

}  // namespace ponte::records
