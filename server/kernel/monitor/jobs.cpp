#include "kernel/monitor/jobs.hpp"
#include "kernel/app.hpp"
#include "kernel/job_groups.hpp"
#include "kernel/jobs/companies.hpp"
#include "kernel/lists/paging.hpp"
#include "kernel/records/input.hpp"

#include <algorithm>

namespace ponte {
namespace {

constexpr std::int64_t most_counted = 10'000;

struct JobRow {
    Id id;
    std::string kind, state, run_at, created_at;
    std::int64_t tries = 0, max_tries = 0, priority = 0;
    std::optional<std::string> last_error;
    std::optional<std::int64_t> progress_done, progress_total;
};
FIELDS(JobRow, id, kind, state, run_at, created_at, tries, max_tries, priority, last_error,
       progress_done, progress_total);

const std::string select_jobs =
    "select j.id, j.kind, case when j.state in ('later', 'behind', 'paced', 'held') then 'ready' "
    "else j.state end as state, "
    "to_json(j.run_at at time zone 'UTC') #>> '{}' || 'Z' as run_at, "
    "to_json(j.created_at at time zone 'UTC') #>> '{}' || 'Z' as created_at, j.tries, "
    "coalesce(k.max_tries, 8) as max_tries, j.priority, j.last_error, j.progress_done, "
    "j.progress_total from jobs j left join job_kinds k on k.kind = j.kind ";

Json job_json(const JobRow& row) {
    Json progress;
    if (row.progress_total) {
        progress =
            Json::object({{"done", row.progress_done.value_or(0)}, {"total", *row.progress_total}});
    }
    return Json::object({{"id", row.id},
                         {"kind", row.kind},
                         {"state", row.state == "ready" ? "queued" : row.state},
                         {"attempts", row.tries},
                         {"maxAttempts", row.max_tries},
                         {"priority", row.priority},
                         {"runAt", row.run_at},
                         {"createdAt", row.created_at},
                         {"error", row.last_error ? Json(*row.last_error) : Json{}},
                         {"progress", std::move(progress)}});
}

// Each state by an index that leads with what is asked, so that a company with a million waiting
// jobs gets its page as quickly as one with ten.
std::string jobs_in(std::string_view state) {
    if (state == "queued") {
        std::string sql = "(" + select_jobs +
                          "where j.queue = $1 and j.state = 'later' order by j.run_at limit $2)";
        for (const std::string_view waiting : {"behind", "paced", "held"}) {
            sql += " union all (" + select_jobs + "where j.queue = $1 and j.state = '" +
                   std::string(waiting) + "' limit $2)";
        }
        for (const JobLane lane : {JobLane::brief, JobLane::lengthy, JobLane::calling}) {
            sql += " union all (" + select_jobs +
                   "where j.queue = $1 and j.state = 'ready' and j.lane = " +
                   std::to_string(static_cast<int>(lane)) +
                   " order by j.priority desc, j.run_at limit $2)";
        }
        return sql;
    }
    return "(" + select_jobs + "where j.queue = $1 and j.state = '" + std::string(state) +
           "' order by j.id desc limit $2)";
}

Task<http::Response> list_jobs(Ctx& ctx, const http::Request&) {
    const std::string state = ctx.asked.text("state").value_or("");
    const records::Page page = records::page_of(ctx);
    const std::int64_t reach = std::min(page.number * page.limit, most_counted);
    const std::string source = state.empty()
                                   ? jobs_in("dead") + " union all " + jobs_in("running") +
                                         " union all " + jobs_in("queued")
                                   : jobs_in(state);
    // Dead ones first: they wait for somebody.
    const std::string order =
        " order by array_position(array['dead', 'running', 'ready'], state), priority desc, "
        "run_at, id limit $3 offset $4";
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const auto rows =
        co_await ctx.tx.all<JobRow>("select * from (" + source + ") all_of_them" + order,
                                    ctx.who.tenant, reach, page.limit, page.offset());
    const std::string counted = state == "queued"
                                    ? "state in ('ready', 'later', 'behind', 'paced', 'held')"
                                : state.empty() ? "true"
                                                : "state = '" + state + "'";
    const auto total = co_await ctx.tx.one<std::int64_t>(
        "select count(*) from (select from jobs where queue = $1 and " + counted + " limit $2) c",
        ctx.who.tenant, most_counted + 1);
    Json data = Json::array();
    for (const JobRow& row : rows) {
        data.push(job_json(row));
    }
    const std::int64_t shown = std::min(total, most_counted);
    co_return reply(200, records::page_json(std::move(data), page, shown, total <= most_counted));
}

// Whose job it is and in what state, locked until we are done with it.
Task<> require_dead(Ctx& ctx, Id id) {
    const auto state = co_await ctx.tx.maybe<std::string>(
        "select state from jobs where id = $1 and tenant_id = $2 for update", id, ctx.who.tenant);
    if (!state) {
        throw not_found("job");
    }
    if (*state != "dead") {
        throw conflict("job.not_dead");
    }
}

Task<http::Response> replay_job(Ctx& ctx, const http::Request& request) {
    const Id id = path_id(request, "job");
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    co_await require_dead(ctx, id);
    db::Params params{id};
    // When a job of the same key waits already, that one does the work.
    co_await ctx.tx.query(
        "delete from jobs j where j.id = $1 and j.unique_key is not null and exists ("
        "select from jobs w where w.queue = j.queue and w.kind = j.kind "
        "and w.unique_key = j.unique_key "
        "and w.state in ('later', 'ready', 'behind', 'paced', 'held'))",
        std::move(params));
    ctx.tx.queue(
        "update jobs set state = job_state(serial_key is not null, paced_key is not null, null), "
        "run_at = now(), tries = 0, delays = 0 where id = $1",
        {id});
    ctx.enqueued = true;
    co_return reply(202, Json::object({{"id", id}, {"state", "queued"}}));
}

Task<http::Response> delete_job(Ctx& ctx, const http::Request& request) {
    const Id id = path_id(request, "job");
    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    co_await require_dead(ctx, id);
    ctx.tx.queue("delete from jobs where id = $1", {id});
    co_return no_content();
}

constexpr Field list_query[] = {
    choice("state", "queued | running | dead"),
    records::page_parameter,
    records::limit_parameter,
};

}  // namespace

void declare_job_routes(App& app) {
    jobs::declare_daily(app);
    job_groups::declare(app);
    app.resource("jobs", "readonly:");  // who looks after the program, not who reads its records
    app.route("GET", "/jobs", list_jobs)
        .needs("jobs.manage")
        .asks(list_query)
        .in("jobs")
        .gives(200, "JobPage");
    app.route("POST", "/jobs/{id}/replay", replay_job)
        .needs("jobs.manage")
        .in("jobs")
        .gives(202, "JobReplay");
    app.route("DELETE", "/jobs/{id}", delete_job)
        .needs("jobs.manage")
        .in("jobs")
        .gives(204, "none");
}

}  // namespace ponte
