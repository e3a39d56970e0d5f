#include "kernel/imports/attempt.hpp"

#include "kernel/log.hpp"

namespace ponte::imports {
namespace {

constexpr int most_attempts = 5;

struct Failure {
    std::exception_ptr cause;  // null: it went well
    std::string code;
    bool is_hopeless = false;
};

Task<Failure> attempt(Ctx& ctx, Id import_id, Task<> (*work)(Ctx&, Id)) {
    Failure failure;
    try {
        co_await work(ctx, import_id);
    } catch (const HopelessImport& hopeless) {
        failure = {std::current_exception(), hopeless.code, true};
    } catch (const Error& error) {
        failure = {std::current_exception(), error.code, false};
    } catch (const std::exception& error) {
        log::error("an import failed", {{"import", import_id}, {"reason", error.what()}});
        failure = {std::current_exception(), "internal", false};
    }
    co_return failure;
}

}  // namespace

Task<> run_with_attempts(Ctx& ctx, Id import_id, Task<> (*work)(Ctx&, Id)) {
    const Failure failure = co_await attempt(ctx, import_id, work);
    if (!failure.cause) {
        co_return;
    }
    co_await ctx.tx.rollback();
    const db::Rows rows = co_await ctx.tx.commit_with(
        "update imports set attempts = attempts + 1, error = $2, "
        "finished_at = case when $3 or attempts + 1 >= $4::int then now() end, "
        "state = case when $3 or attempts + 1 >= $4::int then 'failed' else state end "
        "where tenant_id = current_tenant() and id = $1 and state in ('queued', 'running', "
        "'undoing') "
        "returning state",
        {import_id, failure.code, failure.is_hopeless, most_attempts});
    const bool is_over = rows.empty() || rows.text(0, 0) == "failed";
    if (!is_over) {
        std::rethrow_exception(failure.cause);
    }
    const auto import = co_await find_import(ctx, import_id, false);
    co_await ctx.tx.commit();
    if (import) {
        tell_progress(ctx, *import);
    }
}

}  // namespace ponte::imports
