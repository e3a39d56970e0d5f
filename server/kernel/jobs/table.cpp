#include "kernel/jobs/table.hpp"

#include <map>

#include "kernel/events/notice.hpp"
#include "kernel/jobs/windows.hpp"
#include "kernel/services.hpp"

namespace ponte::jobs {
namespace {

const db::Scope everything{db::Role::system, {}};
constexpr const char* look_at_lines_sql = "select look_at_lines()";

int number_of(JobLane lane) { return static_cast<int>(lane); }

enum Column { id_, tenant_, kind_, args_, tries_, delays_ };

Taken taken_in(const db::Rows& rows, int row, const Id& token, JobLane lane) {
    Taken job;
    db::read_cell(rows.text(row, id_), job.id);
    if (!rows.is_null(row, tenant_)) {
        db::read_cell(rows.text(row, tenant_), job.tenant.emplace());
    }
    job.kind = rows.text(row, kind_);
    job.args = rows.text(row, args_);
    db::read_cell(rows.text(row, tries_), job.tries);
    db::read_cell(rows.text(row, delays_), job.delays);
    job.token = token;
    job.lane = lane;
    return job;
}

void add_completions(const std::vector<Finished>& finished, std::vector<db::Statement>& unit) {
    constexpr const char* sql = "select finish_jobs($1::uuid[], $2::uuid)";
    std::map<Id, std::vector<Id>> by_token;
    for (const Finished& one : finished) {
        if (one.outcome.kind == Outcome::Kind::done) {
            by_token[one.job.token].push_back(one.job.id);
        }
    }
    for (const auto& [token, ids] : by_token) {
        unit.push_back({sql, {ids, token}});
    }
}

void add_renewals(const std::vector<Table::Lease>& leases, std::vector<db::Statement>& unit) {
    constexpr const char* sql = "select renew_leases($1::uuid[], $2::uuid, $3::bigint)";
    std::map<std::pair<Id, Milliseconds>, std::vector<Id>> by_lease;
    for (const Table::Lease& one : leases) {
        by_lease[{one.token, one.lease}].push_back(one.id);
    }
    for (const auto& [lease, ids] : by_lease) {
        const auto lease_ms = static_cast<std::int64_t>(lease.second.count());
        unit.push_back({sql, {ids, lease.first, lease_ms}});
    }
}

void add_put_backs(const std::vector<Finished>& finished, std::vector<db::Statement>& unit) {
    constexpr const char* sql =
        "select put_back_job($1::uuid, $2::uuid, $3, $4::bigint, $5::boolean, $6::boolean, $7)";
    for (const Finished& one : finished) {
        const bool is_over =
            one.outcome.kind == Outcome::Kind::done || one.outcome.kind == Outcome::Kind::gone;
        if (!is_over) {
            const std::string& problem = one.outcome.problem;
            db::Params params{one.job.id,
                              one.job.token,
                              one.back.state,
                              static_cast<std::int64_t>(one.back.delay.count()),
                              one.back.counts,
                              one.back.is_delayed,
                              problem.empty() ? db::Param() : db::Param(problem)};
            unit.push_back({sql, std::move(params)});
        }
    }
}

}  // namespace

Task<> Table::declare(const std::vector<const JobKind*>& kinds) {
    constexpr const char* kind_sql =
        "insert into job_kinds as k (kind, priority, lane, lease_ms, max_tries, serial_by, "
        "paced_by, paced_ms, paced_most) values ($1, $2, $3, $4, $5, nullif($6, ''), "
        "nullif($7, ''), $8::bigint[], $9::bigint[]) on conflict (kind) do update "
        "set priority = excluded.priority, lane = excluded.lane, lease_ms = excluded.lease_ms, "
        "max_tries = excluded.max_tries, serial_by = excluded.serial_by, "
        "paced_by = excluded.paced_by, paced_ms = excluded.paced_ms, "
        "paced_most = excluded.paced_most where k is distinct from excluded";
    constexpr const char* schedule_sql = "select set_schedule($1, $2::bigint, $3::time, $4)";
    std::vector<db::Statement> unit;
    if (!others_may_exist(services_.settings)) {
        // Whoever held these was this program before it died: nobody needs to wait for their end.
        unit.push_back({"update jobs set lease_until = '-infinity' where state = 'running'", {}});
    }
    for (const JobKind* kind : kinds) {
        const auto lease_ms = static_cast<std::int64_t>(kind->lease.count());
        const pacing::Windows windows = pacing::windows_of(kind->rates);
        unit.push_back({kind_sql,
                        {kind->name, kind->priority, number_of(kind->lane()), lease_ms,
                         kind->max_tries, kind->serial_field, kind->paced_field,
                         db::Param(windows.ms), db::Param(windows.most)}});
        const auto every_ms = static_cast<std::int64_t>(kind->every.count());
        if (every_ms > 0 || !kind->daily_at.empty()) {
            unit.push_back({schedule_sql,
                            {kind->name, every_ms > 0 ? db::Param(every_ms) : db::Param(),
                             every_ms > 0 ? db::Param() : db::Param(kind->daily_at),
                             services_.settings.timezone}});
        }
    }
    if (!unit.empty()) {
        co_await services_.database().run(loop_, everything, std::move(unit));
    }
}

Task<std::vector<Taken>> Table::exchange(const std::vector<Finished>& finished,
                                         const std::vector<Wish>& wishes) {
    constexpr const char* take_sql =
        "select id, tenant_id, kind, args, tries, delays from take_jobs($1::smallint, $2::integer, "
        "$3::integer, $4::uuid, $5::uuid[], $6::integer[], $7::uuid)";
    std::vector<db::Statement> unit;
    add_completions(finished, unit);
    add_put_backs(finished, unit);
    const std::size_t settled = unit.size();
    const Id token = Id::make();
    for (const Wish& wish : wishes) {
        unit.push_back({take_sql,
                        {number_of(wish.lane), wish.places, wish.most_per_queue, wish.after_queue,
                         wish.busy, wish.rooms, token}});
    }
    std::vector<Taken> taken;
    if (unit.empty()) {
        co_return taken;
    }
    const auto answers = co_await services_.database().run(loop_, everything, std::move(unit));
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        const db::Rows& rows = answers[settled + i];
        for (int row = 0; row < rows.size(); ++row) {
            taken.push_back(taken_in(rows, row, token, wishes[i].lane));
        }
    }
    co_return taken;
}

Task<bool> Table::look_at_lines() {
    const auto rows = co_await services_.database().query(loop_, everything, look_at_lines_sql);
    co_return rows.text(0, 0) != "0";
}

Task<bool> Table::maintain(const std::vector<Lease>& leases, std::vector<std::string> scheduled) {
    std::vector<db::Statement> unit{
        {"select reclaim_jobs()", {}},
        {"select promote_jobs()", {}},
        {"select enqueue_scheduled($1::text[])", {db::Param(scheduled)}}};
    const std::size_t telling = unit.size();
    add_renewals(leases, unit);
    const auto answers = co_await services_.database().run(loop_, everything, std::move(unit));
    bool has_ready = false;
    for (std::size_t i = 0; i < telling; ++i) {
        has_ready = has_ready || answers[i].text(0, 0) != "0";
    }
    co_return has_ready;
}

}  // namespace ponte::jobs
