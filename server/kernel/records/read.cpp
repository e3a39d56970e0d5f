#include "kernel/records/read.hpp"

#include <algorithm>
#include <charconv>

#include "kernel/app.hpp"
#include "kernel/db/budgets.hpp"
#include "kernel/db/by_bytes.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/past/past.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/record.hpp"
#include "kernel/records/routes.hpp"

namespace ponte::records {
namespace {

// Further back than this many changes nobody reads as of a moment.
constexpr int most_changes = 10'000;

struct Asked {
    bool expands = false;
    std::optional<Time> as_of;
};

Asked asked_in(const http::Request& request) {
    Asked asked;
    for (const auto& [name, value] : request.query_pairs()) {
        if (name == "expand") {
            if (value != "tags") {
                throw bad_parameter(name, "not_an_option",
                                    Json::object({{"allowed", Json::array({"tags"})}}));
            }
            asked.expands = true;
        } else if (name == "asOf") {
            asked.as_of = parse_time(value);
            if (!asked.as_of) {
                throw bad_parameter(name, "format");
            }
        } else {
            throw bad_parameter(name, "unknown");
        }
    }
    return asked;
}

bool knows_version(const http::Request& request, const std::string& etag) {
    std::string_view known = request.header("if-none-match");
    if (known == "*") {
        return true;
    }
    while (!known.empty()) {
        const auto comma = known.find(',');
        std::string_view one = known.substr(0, comma);
        while (one.starts_with(' ')) {
            one.remove_prefix(1);
        }
        while (one.ends_with(' ')) {
            one.remove_suffix(1);
        }
        if (one.starts_with("W/")) {
            one.remove_prefix(2);
        }
        if (one == etag) {
            return true;
        }
        known = comma == std::string_view::npos ? std::string_view{} : known.substr(comma + 1);
    }
    return false;
}

struct LaterRow {
    std::string name, at;
    std::int64_t version = 0;
    Json changes;
    bool is_later = false;
};
FIELDS(LaterRow, name, at, version, changes, is_later);

// Everything since the last write before the moment, that one included: it says which version
// stood. Of the changes only those that decide, the first of each field: however large the versions
// in between were, what comes is no more than one record.
db::Statement later_statement(const Kind& kind, const Id& id, Time moment) {
    const std::string ours = "tenant_id = current_tenant() and entity = $1 and entity_id = $2";
    const std::string first = "coalesce(f.changes, '{}'::jsonb)";
    return {
        "with later as materialized (select sequence, name, at, version, "
        "at > $3::timestamptz as is_later from events where " +
            ours +
            " and version > 0 and sequence >= coalesce((select max(sequence) from "
            "events where " +
            ours +
            " and version > 0 and at <= $3::timestamptz), 0) "
            "order by sequence desc limit $4), "
            "firsts as materialized (select k.key, min(e.sequence) as sequence from events e, "
            "jsonb_object_keys(e.changes) k(key) where e." +
            ours +
            " and e.sequence in (select sequence from later where is_later "
            "and name like '%.updated') group by k.key), "
            "folded as (select e.sequence, jsonb_object_agg(c.key, c.value) as changes "
            "from events e, jsonb_each(e.changes) c(key, value) where e." +
            ours +
            " and e.sequence in (select sequence from firsts) "
            "and (c.key, e.sequence) in (select key, sequence from firsts) "
            "group by e.sequence) "
            "select l.name, l.at, l.version, " +
            shown_changes(first, kind) +
            " as changes, l.is_later from later l "
            "left join folded f on f.sequence = l.sequence order by l.sequence desc",
        {kind.entity->name, id, format_time(moment), most_changes + 1}};
}

Task<http::Response> get_as_of(Ctx& ctx, const Kind& kind, Id id, Time moment) {
    const ReadOne one{id, false, true};
    std::vector<db::Statement> unit;
    unit.push_back(read_statement(ctx, kind, one));
    unit.push_back(later_statement(kind, id, moment));
    const db::Scope scope{db::Role::app, ctx.who.tenant};
    const auto answers =
        co_await ctx.app.database().run(ctx.loop, scope, std::move(unit), db::for_reading);
    if (answers[0].empty()) {
        throw not_found(kind.entity->name);
    }
    if (answers[1].size() > most_changes) {
        throw bad_parameter("asOf", "too_deep");
    }
    Json now_shown = record_json(kind, answers[0], 0);
    const bool is_deleted = kind.deleted_column >= 0 && !answers[0].is_null(0, kind.deleted_column);
    std::vector<PastChange> later;
    std::optional<LaterRow> last;  // before the moment
    for (int i = 0; i < answers[1].size(); ++i) {
        auto row = db::read_row<LaterRow>(answers[1], i);
        if (i + 1 == answers[1].size() && !row.is_later) {
            last = std::move(row);
        } else {
            const std::string past = row.name.substr(row.name.rfind('.') + 1);
            later.push_back({row.version, false, std::move(row.changes), past});
        }
    }
    PastRecord was = as_it_was(std::move(now_shown), is_deleted, later);
    if (!was.existed || was.was_deleted) {
        throw not_found(kind.entity->name);
    }
    was.record.erase("deletedAt");
    if (last) {
        std::string at;
        append_time(at, last->at);
        was.record.set("updatedAt", std::move(at));
        was.record.set("version", last->version);
    }
    co_return reply(200, was.record);
}

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

db::Statement history_statement(const Kind& kind, const Id& id, const HistoryPage& page) {
    const std::string rows =
        "select e.*, u.name as actor_name from events e left join users u "
        "on u.tenant_id = e.tenant_id and u.id = e.actor_id "
        "where e.tenant_id = current_tenant() and e.entity = $1 and e.entity_id = $2 "
        "and e.sequence < $3 order by e.sequence desc limit $4";
    return {"select t.id, t.name, t.at, t.actor_id, t.actor_name, " +
                shown_changes("t.changes", kind) +
                ", t.version, t.operation_id, t.sequence, t.has_next" +
                db::from_until_full(rows, db::bytes_sql("t.changes"), "t.sequence desc"),
            {kind.entity->name, id, page.before, page.limit + 1}};
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

db::Statement read_statement(const Ctx& ctx, const Kind& kind, const ReadOne& one) {
    const bool hides_bin = !one.is_bin_included && kind.entity->can_be_deleted;
    const char* const alive = hides_bin ? " and t.deleted_at is null" : "";
    const bool sees_all =
        ctx.reach(kind.resource, "read") == Reach::all && kind.entity->part_of.empty();
    if (!one.expands && sees_all) {
        return {kind.select_one + alive, {one.id}};
    }
    Sql sql;
    sql.add(ctx.who.tenant);
    const std::string id = sql.add(one.id);
    const std::string reach = reach_sql(ctx, kind, "read", sql);
    return {"select " + (one.expands ? kind.expanded_list : kind.select_list) + " from " +
                std::string(kind.entity->table) + " t where t.tenant_id = $1::uuid and t.id = " +
                id + alive + (reach.empty() ? "" : " and " + reach),
            std::move(sql.params)};
}

std::string etag_of(std::string_view version) { return "\"" + std::string(version) + "\""; }

http::Response record_reply(const Kind& kind, const db::Rows& rows, int status) {
    http::Response response;
    response.status = status;
    write_record(response.body, kind, rows, 0);
    response.with("ETag", etag_of(rows.text(0, kind.version_column)));
    return response;
}

// Titles of other records change without a new version of this one, so a reader who knows the
// version does not know the record.
bool shows_others(const Kind& kind) {
    return std::any_of(kind.columns.begin(), kind.columns.end(),
                       [](const Column& column) { return column.type == Type::tags; });
}

Task<http::Response> get_record(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    const Id id = path_id(request, kind.entity->name);
    const Asked asked = asked_in(request);
    if (asked.as_of) {
        http::Response response = co_await get_as_of(ctx, kind, id, *asked.as_of);
        co_return response;
    }
    const ReadOne one{id, asked.expands, false};
    db::Statement statement = read_statement(ctx, kind, one);
    const db::Rows rows =
        co_await ctx.tx.query(std::move(statement.sql), std::move(statement.params));
    if (rows.empty()) {
        throw not_found(kind.entity->name);
    }
    http::Response response;
    const std::string etag = etag_of(rows.text(0, kind.version_column));
    if (!shows_others(kind) && knows_version(request, etag)) {
        response.status = 304;
        response.with("ETag", etag);
    } else {
        response = record_reply(kind, rows, 200);
    }
    co_return response;
}

Task<http::Response> get_history(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    const Id id = path_id(request, kind.entity->name);
    const HistoryPage page = history_page(request);
    const ReadOne one{id, false, true};
    std::vector<db::Statement> unit;
    unit.push_back(read_statement(ctx, kind, one));
    unit.push_back(history_statement(kind, id, page));
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
