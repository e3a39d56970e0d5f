#include "kernel/exports/expire.hpp"

namespace ponte::exports {
namespace {

constexpr int told_days = 90, files_per_run = 1'000;

}  // namespace

// A file that is let go is nobody's: it was made by no user, so that none can read or take it. The
// collector of files has it a day later (files/collect.cpp).
Task<> expire_exports(Ctx& ctx, const ExpireExports&) {
    ctx.tx.act_as({db::Role::system, {}});
    db::Params most{files_per_run}, oldest{told_days};
    // bulk: whoever made one was told from the beginning when it goes.
    co_await ctx.tx.query(
        "with due as (select tenant_id, id, file_id from exports where file_id is not null "
        "and expires_at < now() order by expires_at limit $1 for update skip locked), "
        "gone as (update exports e set state = 'expired', file_id = null from due d "
        "where e.tenant_id = d.tenant_id and e.id = d.id) "
        "update files f set entity = null, record_id = null, field = null, loose_since = now() "
        "from due d where f.tenant_id = d.tenant_id and f.id = d.file_id",
        std::move(most));
    co_await ctx.tx.query(
        "delete from exports where created_at < now() - make_interval(days => $1) "
        "and file_id is null and state not in ('queued', 'running')",
        std::move(oldest));
    co_await ctx.tx.commit();
}

}  // namespace ponte::exports
