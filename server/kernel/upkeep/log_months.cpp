#include "kernel/upkeep/log_months.hpp"

#include "kernel/app.hpp"
#include "kernel/log.hpp"
#include "kernel/services.hpp"
#include "kernel/storage.hpp"

namespace ponte::records {
namespace {

struct TurnLogMonths {};
template <class Visit>
void visit_fields(const TurnLogMonths&, Visit&&) {}

struct DropOldMonth {};
template <class Visit>
void visit_fields(const DropOldMonth&, Visit&&) {}

// A step waits for others no longer than they may wait for it, so it may have to come again.
constexpr int most_attempts = 10;
constexpr Milliseconds between_attempts{1'000};

Task<db::Rows> take_step(Services& services, Loop& loop, db::Statement step) {
    const db::Scope scope{db::Role::system, {}};
    std::vector<db::Statement> unit;
    unit.push_back(std::move(step));
    auto answers = co_await services.database().run(loop, scope, std::move(unit));
    co_return std::move(answers.front());
}

Task<std::optional<db::Rows>> attempt(Services& services, Loop& loop, db::Statement step,
                                      int left) {
    std::optional<db::Rows> done;
    try {
        done = co_await take_step(services, loop, std::move(step));
    } catch (const std::exception& problem) {
        if (left == 0) {
            log::warning("a month of the log has to wait", {{"problem", problem.what()}});
        }
    }
    co_return done;
}

// No rows when it could not be done now: the next run comes.
Task<std::optional<db::Rows>> insist(Services& services, Loop& loop, db::Statement step) {
    std::optional<db::Rows> done;
    for (int left = most_attempts - 1; !done && left >= 0; --left) {
        db::Statement again = step;
        done = co_await attempt(services, loop, std::move(again), left);
        if (!done && left > 0) {
            co_await loop.sleep(between_attempts);
        }
    }
    co_return done;
}

bool is_empty(const std::optional<db::Rows>& rows) { return !rows || rows->empty(); }

Task<> turn(Ctx& ctx, const TurnLogMonths&) { co_await turn_log_months(ctx.services, ctx.loop); }

Task<> drop(Ctx& ctx, const DropOldMonth&) {
    const int kept = storage_of(ctx.services.settings.data_dir).log_months();
    if (kept > 0) {
        co_await drop_old_month(ctx.services, ctx.loop, kept);
    }
}

}  // namespace

Task<> turn_log_months(Services& services, Loop& loop) {
    db::Statement make{"select make_log_months()", {}}, end{"select end_log_month()", {}};
    const auto made = co_await insist(services, loop, std::move(make));
    if (is_empty(made)) {
        co_return;
    }
    const auto ended = co_await insist(services, loop, std::move(end));
    if (!is_empty(ended) && ended->text(0, 0) == "t") {
        log::info("a month of the log has begun");
    }
}

Task<> drop_old_month(Services& services, Loop& loop, int months_kept) {
    db::Statement step{"select month_number, unheard_by, company from drop_log_month($1)",
                       {static_cast<std::int64_t>(months_kept)}};
    const auto rows = co_await insist(services, loop, std::move(step));
    if (is_empty(rows)) {
        co_return;
    }
    const Json month(std::string(rows->text(0, 0)));
    if (rows->is_null(0, 1)) {
        log::info("a month of the log is older than is kept and has gone", {{"month", month}});
    } else {
        log::warning("a month of the log stays until a listener has heard all of it",
                     {{"month", month},
                      {"listener", std::string(rows->text(0, 1))},
                      {"company", std::string(rows->text(0, 2))}});
    }
}

void declare_log_months(App& app) {
    using namespace std::chrono_literals;
    app.job<TurnLogMonths>("log.turn_months", turn).repeat_every(5min);
    app.job<DropOldMonth>("log.drop_month", drop).at("04:10");
}

}  // namespace ponte::records
