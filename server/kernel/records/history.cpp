// GET /{id}/history: what happened to a record, the newest first.
#include <algorithm>
#include <charconv>

#include "kernel/app.hpp"
#include "kernel/db/budgets.hpp"
#include "kernel/db/by_bytes.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/read.hpp"
#include "kernel/records/record.hpp"
#include "kernel/records/routes.hpp"
#include "kernel/records/shown.hpp"

namespace ponte::records {
namespace {

constexpr std::int64_t most_entries = 100, usual_entries = 20;

struct HistoryPage {
    std::int64_t limit = usual_entries, before = INT64_MAX;
};

HistoryPage history_page(const http::Request& request) {
    HistoryPage page;
    for (const auto& [name, value] : request.query_pairs()) {
        if (name != "limit" && name != "cursor") {
            throw bad_parameter(name, "unknown");
        }
        std::int64_t number = 0;
        const char* const end = value.data() + value.size();
        const auto [stop, failure] = std::from_chars(value.data(), end, number);
        if (failure != std::errc{} || stop != end || number < 1) {
            throw bad_parameter(name, name == "limit" ? "positive_integer" : "format");
        }
        if (name == "limit") {
            page.limit = std::min(number, most_entries);
        } else {
            page.before = number;
        }
    }
    return page;
}

enum HistoryColumn {
    id_,
    event_,
    at_,
    actor_,
    actor_name_,
    changes_,
    version_,
    operation_,
    sequence_,
    has_next_
};

db::Statement history_statement(const Ctx& ctx, const Kind& kind, const Id& id,
                                const HistoryPage& page) {
    Sql sql;
    sql.add(ctx.who.tenant);
    const std::string rows =
        "select e.*, u.name as actor_name from events e left join users u "
        "on u.tenant_id = e.tenant_id and u.id = e.actor_id "
        "where e.tenant_id = $1::uuid and e.entity = " +
        sql.add(kind.entity->name) + " and e.entity_id = " + sql.add(id) + " and e.sequence < " +
        sql.add(page.before) + " order by e.sequence desc limit " + sql.add(page.limit + 1);
    const std::string changes =
        linked_changes(ctx, kind, "(" + shown_changes("t.changes", kind) + ")", sql);
    return {"select t.id, t.name, t.at, t.actor_id, t.actor_name, " + changes +
                ", t.version, t.operation_id, t.sequence, t.has_next" +
                db::from_until_full(rows, db::bytes_sql("t.changes"), "t.sequence desc"),
            std::move(sql.params)};
}

void write_id_or_null(std::string& out, const db::Rows& rows, int row, int column) {
    if (rows.is_null(row, column)) {
        out += "null";
    } else {
        append_json_string(out, rows.text(row, column));
    }
}

void write_entry(std::string& out, const db::Rows& rows, int row) {
    out += "{\"id\":";
    append_json_string(out, rows.text(row, id_));
    out += ",\"event\":";
    append_json_string(out, rows.text(row, event_));
    out += ",\"at\":\"";
    append_time(out, rows.text(row, at_));
    out += "\",\"actor\":";
    if (rows.is_null(row, actor_name_)) {
        out += "null";
    } else {
        out += "{\"id\":";
        append_json_string(out, rows.text(row, actor_));
        out += ",\"name\":";
        append_json_string(out, rows.text(row, actor_name_));
        out.push_back('}');
    }
    out.append(",\"changes\":").append(rows.text(row, changes_));
    out.append(",\"version\":").append(rows.text(row, version_));
    out += ",\"operationId\":";
    write_id_or_null(out, rows, row, operation_);
    out.push_back('}');
}

}  // namespace

Task<http::Response> get_history(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    const Id id = path_id(request, kind.entity->name);
    const HistoryPage page = history_page(request);
    const ReadOne one{id, false, true};
    std::vector<db::Statement> unit;
    unit.push_back(read_statement(ctx, kind, one));
    unit.push_back(history_statement(ctx, kind, id, page));
    const db::Scope scope{db::Role::app, ctx.who.tenant};
    const auto answers =
        co_await ctx.app.database().run(ctx.loop, scope, std::move(unit), db::for_reading);
    if (answers[0].empty()) {
        throw not_found(kind.entity->name);
    }
    const db::Rows& rows = answers[1];
    const int shown_rows = std::min(rows.size(), static_cast<int>(page.limit));
    http::Response response;
    response.body = "{\"data\":[";
    for (int i = 0; i < shown_rows; ++i) {
        if (i > 0) {
            response.body.push_back(',');
        }
        write_entry(response.body, rows, i);
    }
    const bool has_more = shown_rows > 0 && rows.text(shown_rows - 1, has_next_) == "t";
    response.body +=
        "],\"pagination\":{\"limit\":" + std::to_string(page.limit) + ",\"nextCursor\":";
    if (has_more) {
        append_json_string(response.body, rows.text(shown_rows - 1, sequence_));
    } else {
        response.body += "null";
    }
    response.body += "}}";
    co_return response;
}

}  // namespace ponte::records
