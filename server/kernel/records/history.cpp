// GET /{id}/history: what happened to a record, the newest first.
#include <algorithm>

#include "kernel/db/budgets.hpp"
#include "kernel/db/by_bytes.hpp"
#include "kernel/db/kept_plan.hpp"
#include "kernel/past/kept.hpp"
#include "kernel/past/log_page.hpp"
#include "kernel/people.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/read.hpp"
#include "kernel/records/routes.hpp"
#include "kernel/records/shown.hpp"
#include "kernel/services.hpp"

namespace ponte::records {
namespace {

enum HistoryColumn { version_ = first_column_beside, operation_, has_next_ };

LogPage history_page(const http::Request& request) {
    LogPage page;
    for (const auto& [name, value] : request.query_pairs()) {
        if (!page.takes(name, value)) {
            throw bad_parameter(name, "unknown");
        }
    }
    return page;
}

db::Statement history_statement(const Ctx& ctx, const Kind& kind, const Id& id,
                                const LogPage& page) {
    Sql sql;
    sql.add(ctx.who.tenant);
    const std::string rows =
        "select e.* from events e where e.tenant_id = $1::uuid and e.entity = " +
        sql.add(kind.entity->name) + " and e.entity_id = " + sql.add(id) +
        " and e.sequence < log_place(" + sql.add(page.before) +
        ") order by e.sequence desc limit " + sql.add(page.limit + 1);
    const std::string changes =
        linked_changes(ctx, kind, "(" + shown_changes("t.changes", kind) + ")", sql);
    const EntrySql entry{"t", "t.name", changes};
    return {"select " + entry.columns(ctx.services.people()) +
                ", t.version, t.operation_id, t.has_next" +
                db::from_until_full(rows, db::bytes_sql("t.changes"), "t.sequence desc"),
            std::move(sql.params)};
}

void append_entry(std::string& out, const Ctx& ctx, const db::Rows& rows, int row) {
    begin_entry(out, ctx, "event", rows, row);
    out.append(",\"version\":").append(rows.text(row, version_));
    out += ",\"operationId\":";
    append_id_or_null(out, rows, row, operation_);
    out.push_back('}');
}

}  // namespace

Task<http::Response> get_history(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    require_past(kind, History::facts);
    const Id id = path_id(request, kind.entity->name);
    const LogPage page = history_page(request);
    const ReadOne one{id, false, true};
    std::vector<db::Statement> unit;
    unit.push_back(read_statement(ctx, kind, one));
    unit.push_back(kept_since_statement(kind, ctx.who.tenant, id));
    unit.push_back(db::keep_plans());
    unit.push_back(history_statement(ctx, kind, id, page));
    const db::Scope scope{db::Role::app, ctx.who.tenant};
    const auto answers =
        co_await ctx.services.database().run(ctx.loop, scope, std::move(unit), db::for_reading);
    if (answers[0].empty()) {
        throw not_found(kind.entity->name);
    }
    const db::Rows& rows = answers.back();
    const int shown_rows = std::min(rows.size(), static_cast<int>(page.limit));
    std::string entries;
    for (int row = 0; row < shown_rows; ++row) {
        entries += entries.empty() ? "" : ",";
        append_entry(entries, ctx, rows, row);
    }
    const std::string record = id.text();
    LogPageEnd end;
    if (shown_rows > 0) {
        const int last = shown_rows - 1;
        end = {rows.text(last, has_next_) == "t", rows.text(last, entry_sequence), record};
    }
    end.kept_since = answers[1].empty() ? "" : answers[1].text(0, 0);
    http::Response response;
    response.body = log_page_json(entries, page, end);
    co_return response;
}

}  // namespace ponte::records
