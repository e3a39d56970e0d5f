#include "kernel/pacing.hpp"

#include <stdexcept>

#include "kernel/ctx.hpp"
#include "kernel/jobs/windows.hpp"
#include "kernel/services.hpp"

namespace ponte::pacing {
namespace {

const db::Scope everything{db::Role::system, {}};

void require_none_open(const Ctx& ctx) {
    if (ctx.tx.has_work()) {
        throw std::logic_error("a budget is asked while a transaction is open");
    }
}

struct LineRow {
    std::int64_t waiting = 0;
    std::optional<std::int64_t> due_ms;
};
FIELDS(LineRow, waiting, due_ms);

Time time_of(std::int64_t ms) { return Time{std::chrono::milliseconds{ms}}; }

}  // namespace

Windows windows_of(const std::vector<Rate>& rates) {
    Windows windows;
    for (const Rate& rate : rates) {
        windows.ms.push_back(std::to_string(rate.within.count()));
        windows.most.push_back(std::to_string(rate.most));
    }
    return windows;
}

Task<std::optional<Time>> take(Ctx& ctx, std::string budget, std::vector<Rate> rates) {
    require_none_open(ctx);
    const Windows windows = windows_of(rates);
    db::Params params{ctx.who.tenant, budget, db::Param(windows.ms), db::Param(windows.most)};
    const auto rows = co_await ctx.services.database().query(
        ctx.loop, everything,
        "select got, ceil(extract(epoch from next_at) * 1000)::bigint "
        "from take_budget($1, $2, $3::bigint[], $4::bigint[], 1)",
        std::move(params));
    std::optional<Time> next_at;
    if (rows.text(0, 0) == "0") {
        std::int64_t ms = 0;
        db::read_cell(rows.text(0, 1), ms);
        next_at = time_of(ms);
    }
    co_return next_at;
}

Task<> rest(Ctx& ctx, std::string budget, Time until) {
    require_none_open(ctx);
    db::Params params{ctx.who.tenant, budget, format_time(until)};
    co_await ctx.services.database().query(
        ctx.loop, everything,
        "insert into call_budgets as b (queue, key, resting_until) "
        "values ($1, $2, $3::timestamptz) on conflict (queue, key) do update "
        "set resting_until = greatest(b.resting_until, excluded.resting_until)",
        std::move(params));
}

Task<Line> line_of(Ctx& ctx, std::string budget) {
    db::Params params{ctx.who.tenant, budget};
    const auto rows = co_await ctx.services.database().query(
        ctx.loop, everything,
        "select (select count(*) from (select from jobs j where j.state = 'paced' "
        "and j.queue = $1::uuid and j.paced_key = $2 limit 10000) w) as waiting, "
        "(select ceil(extract(epoch from b.due_at) * 1000)::bigint from call_budgets b "
        "where b.queue = $1::uuid and b.key = $2) as due_ms",
        std::move(params));
    const auto row = db::read_row<LineRow>(rows, 0);
    Line line;
    line.waiting = row.waiting;
    if (row.due_ms && row.waiting > 0) {
        line.next_at = time_of(*row.due_ms);
    }
    co_return line;
}

}  // namespace ponte::pacing
