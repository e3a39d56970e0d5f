#include "kernel/work/row.hpp"

#include "kernel/records/record.hpp"

namespace ponte::work {
namespace {

constexpr int most_attempts = 5;

std::string shown_time(const std::string& database_text) {
    std::string text;
    records::append_time(text, database_text);
    return text;
}

template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json{};
}

struct Standing {
    std::string state;
    std::optional<Id> runner;
};
FIELDS(Standing, state, runner);

}  // namespace

Json time_json(const std::optional<std::string>& database_text) {
    return database_text ? Json(shown_time(*database_text)) : Json{};
}

bool may_be_undone(const Ctx& ctx, const Row& row) {
    return row.undoable_until && shown_time(*row.undoable_until) > format_time(ctx.now);
}

Json row_json(const Row& row, Json own) {
    Json json = Json::object({{"id", row.id},
                              {"entity", row.entity},
                              {"state", row.state},
                              {"total", row.total},
                              {"processed", row.processed},
                              {"createdAt", time_json(row.created_at)},
                              {"createdBy", or_null(row.created_by)},
                              {"finishedAt", time_json(row.finished_at)},
                              {"error", or_null(row.error)},
                              {"resumable", row.failed_in.has_value()}});
    for (const auto& [name, value] : own.members()) {
        json.set(name, value);
    }
    return json;
}

Json records_json(const Row& row, Json own) {
    own.set("failed", row.failed);
    own.set("undone", row.undone);
    own.set("kept", row.kept);
    own.set("undoableUntil", time_json(row.undoable_until));
    return row_json(row, std::move(own));
}

std::optional<Id> asker_of(const Ctx& ctx) {
    return ctx.who.user.is_nil() ? std::optional<Id>{} : ctx.who.user;
}

Task<bool> is_still_run_by(Ctx& ctx, const Table& table, const Row& row, Id runner) {
    const auto found = co_await ctx.tx.maybe<Standing>(
        "select state, runner from " + std::string(table.name) +
            " where tenant_id = current_tenant() and id = $1 for update",
        row.id);
    co_return found && found->state == row.state && found->runner == runner;
}

void queue_change(Ctx& ctx, const Table& table, Id id, Columns columns) {
    std::string sql = "update " + std::string(table.name) + " set ";
    db::Params params{id};
    for (auto& [name, value] : columns) {
        sql += params.size() > 1 ? ", " : "";
        params.push_back(std::move(value));
        sql += std::string(name) + " = $" + std::to_string(params.size());
    }
    ctx.tx.queue(sql + " where tenant_id = current_tenant() and id = $1", std::move(params));
}

void queue_job_progress(Ctx& ctx) {
    if (ctx.job) {
        ctx.tx.queue(
            "update jobs set tries = 1, delays = 0 "
            "where id = $1 and state = 'running' and tries + delays > 1",
            {*ctx.job});
    }
}

Json end_facts(const Row& row) {
    return Json::object({{"of", row.entity},
                         {"createdBy", or_null(row.created_by)},
                         {"total", row.total},
                         {"processed", row.processed},
                         {"failed", row.failed}});
}

Task<Failing> fail(Ctx& ctx, const Table& table, Id id, Failed failed) {
    db::Params params{id, failed.code, failed.is_hopeless, most_attempts, failed.may_resume};
    const db::Rows rows = co_await ctx.tx.query(
        "update " + std::string(table.name) +
            " set attempts = attempts + 1, error = $2, "
            "failed_in = case when $5::boolean then state end, "
            "finished_at = case when $3::boolean or attempts + 1 >= $4::int then now() end, "
            "state = case when $3::boolean or attempts + 1 >= $4::int then 'failed' else state end "
            "where tenant_id = current_tenant() and id = $1 "
            "and state in ('queued', 'running', 'undoing') returning state",
        std::move(params));
    if (rows.empty()) {
        co_return Failing::over_before;
    }
    co_return rows.text(0, 0) == "failed" ? Failing::given_up : Failing::again;
}

}  // namespace ponte::work
