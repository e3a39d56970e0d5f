#include "kernel/resources/attempts.hpp"

#include "kernel/log.hpp"

namespace ponte::resources {
namespace {

constexpr int most_attempts = 5;

struct Failure {
    std::exception_ptr cause;  // null: it went well
    std::string code;
    bool is_hopeless = false;
};

Task<Failure> attempt(Ctx& ctx, const LongWork& long_work) {
    Failure failure;
    try {
        co_await long_work.work(ctx, long_work.id);
    } catch (const Hopeless& hopeless) {
        failure = {std::current_exception(), hopeless.code, true};
    } catch (const Error& error) {
        failure = {std::current_exception(), error.code, false};
    } catch (const std::exception& error) {
        log::error("long work failed",
                   {{"table", long_work.table}, {"id", long_work.id}, {"reason", error.what()}});
        failure = {std::current_exception(), "internal", false};
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
    db::Params params{long_work.id, failure.code, failure.is_hopeless, most_attempts};
    const db::Rows rows = co_await ctx.tx.commit_with(
        std::string("update ") + long_work.table +
            " set attempts = attempts + 1, error = $2, "
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

}  // namespace ponte::resources
