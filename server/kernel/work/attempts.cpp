#include "kernel/work/attempts.hpp"

#include "kernel/log.hpp"

namespace ponte::records {
namespace {

constexpr int most_attempts = 5;

struct Failure {
    std::exception_ptr cause;  // null: it went well
    std::string code;
    bool is_hopeless = false, may_resume = true;
};

Task<Failure> attempt(Ctx& ctx, const LongWork& long_work) {
    Failure failure;
    try {
        co_await long_work.work(ctx, long_work.id);
    } catch (const Hopeless& hopeless) {
        failure = {std::current_exception(), hopeless.code, true, hopeless.may_resume};
    } catch (const Error& error) {
        failure = {std::current_exception(), error.code};
    } catch (const std::exception& error) {
        log::error("long work failed",
                   {{"table", long_work.table}, {"id", long_work.id}, {"reason", error.what()}});
        failure = {std::current_exception(), "internal"};
    }
    co_return failure;
}

}  // namespace

Task<> run_with_attempts(Ctx& ctx, LongWork long_work) {
    const Failure failure = co_await attempt(ctx, long_work);
    if (!failure.cause) {
        co_return;
    }
    co_await ctx.tx.rollback();
    db::Params params{long_work.id, failure.code, failure.is_hopeless, most_attempts,
                      failure.may_resume};
    const db::Rows rows = co_await ctx.tx.commit_with(
        std::string("update ") + long_work.table +
            " set attempts = attempts + 1, error = $2, "
            "failed_in = case when $5::boolean then state end, "
            "finished_at = case when $3::boolean or attempts + 1 >= $4::int then now() end, "
            "state = case when $3::boolean or attempts + 1 >= $4::int then 'failed' else state end "
            "where tenant_id = current_tenant() and id = $1 "
            "and state in ('queued', 'running', 'undoing') returning state",
        std::move(params));
    const bool is_over = rows.empty() || rows.text(0, 0) == "failed";
    if (!is_over) {
        std::rethrow_exception(failure.cause);
    }
    co_await long_work.tell_end(ctx, long_work.id);
}

void queue_job_progress(Ctx& ctx) {
    if (ctx.job) {
        ctx.tx.queue(
            "update jobs set tries = 1, delays = 0 "
            "where id = $1 and state = 'running' and tries + delays > 1",
            {*ctx.job});
    }
}

Task<> give_up(Ctx& ctx, LongWork long_work) {
    db::Params params{long_work.id};
    const db::Rows rows = co_await ctx.tx.commit_with(
        std::string("update ") + long_work.table +
            " set state = 'failed', failed_in = state, error = 'interrupted', finished_at = now() "
            "where tenant_id = current_tenant() and id = $1 "
            "and state in ('queued', 'running', 'undoing') returning id",
        std::move(params));
    if (!rows.empty()) {
        co_await long_work.tell_end(ctx, long_work.id);
    }
}

Task<std::optional<std::string>> resume(Ctx& ctx, const char* table, Id id) {
    db::Params params{id};
    const db::Rows rows = co_await ctx.tx.query(
        std::string("update ") + table +
            " set state = failed_in, failed_in = null, attempts = 0, error = null, "
            "finished_at = null where tenant_id = current_tenant() and id = $1 "
            "and state = 'failed' and failed_in is not null returning state",
        std::move(params));
    if (rows.empty()) {
        co_return std::nullopt;
    }
    co_return std::string(rows.text(0, 0));
}

}  // namespace ponte::records
