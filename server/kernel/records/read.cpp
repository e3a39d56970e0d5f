#include "kernel/records/read.hpp"

#include <algorithm>

#include "kernel/db/budgets.hpp"
#include "kernel/db/by_bytes.hpp"
#include "kernel/http/request_facts.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/past/kept.hpp"
#include "kernel/past/past.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/record.hpp"
#include "kernel/records/routes.hpp"
#include "kernel/records/shown.hpp"
#include "kernel/services.hpp"

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

// Labels and totals change without a new version of the record that shows them, so a reader who
// knows the version does not know the record.
bool moves_by_others(const Kind& kind) {
    return std::any_of(kind.columns.begin(), kind.columns.end(), [](const Column& column) {
        return field_type(column.type).points == Points::to_titles ||
               (column.field && column.field->is_total());
    });
}

// What a link, of the record or of its parts, points to and that changed after the record did.
std::string news_of(const Link& link, const std::string& among) {
    return " or exists (select from " + among + std::string(link.target->entity->table) +
           " g where g.tenant_id = t.tenant_id and g.id = " + link.sql +
           " and g.updated_at > t.updated_at";
}

// Whether there is something such: since then the reader may have read another title.
std::string has_news_sql(const Kind& kind) {
    std::string any = "false";
    for (const Link& link : kind.links) {
        any += link.target ? news_of(link, "") + ")" : "";
    }
    for (const Parts& parts : kind.parts) {
        const Entity& piece = *parts.kind->entity;
        for (const Link& link : parts.kind->links) {
            any += link.target ? news_of(link, std::string(piece.table) + " p, ") +
                                     " and p.tenant_id = t.tenant_id and p." +
                                     std::string(piece.part_of) + " = t.id)"
                               : "";
        }
    }
    return any;
}

struct LaterRow {
    std::string name, at;
    std::int64_t version = 0;
    Json changes;
    bool is_later = false;
    bool is_bare = false;  // changed while its kind kept no values
};
FIELDS(LaterRow, name, at, version, changes, is_later, is_bare);

// Everything since the last write before the moment, that one included: it says which version
// stood. Of the changes only those that decide, the first of each field: however large the versions
// in between were, what comes is no more than one record.
db::Statement later_statement(const Kind& kind, const Id& id, Time moment) {
    const std::string ours = "tenant_id = current_tenant() and entity = $1 and entity_id = $2";
    const std::string first = "coalesce(f.changes, '{}'::jsonb)";
    return {
        "with later as materialized (select sequence, name, at, version, "
        "at > $3::timestamptz as is_later, "
        "name like '%.updated' and changes = '{}'::jsonb as is_bare from events where " +
            ours +
            " and version > 0 and sequence >= coalesce((select max(sequence) from "
            "events where " +
            ours +
            " and version > 0 and at <= $3::timestamptz), 0) "
            "order by sequence desc limit $4), "
            "firsts as materialized (select k.key, min(e.sequence) as sequence from events e, "
            "jsonb_object_keys(e.changes) k(key) where e." +
            ours +
            " and e.sequence >= log_since($3::timestamptz) "
            "and e.sequence in (select sequence from later where is_later "
            "and name like '%.updated') group by k.key), "
            "folded as (select e.sequence, jsonb_object_agg(c.key, c.value) as changes "
            "from events e, jsonb_each(e.changes) c(key, value) where e." +
            ours +
            " and e.sequence >= log_since($3::timestamptz) "
            "and e.sequence in (select sequence from firsts) "
            "and (c.key, e.sequence) in (select key, sequence from firsts) "
            "group by e.sequence) "
            "select l.name, l.at, l.version, " +
            shown_changes(first, kind) +
            " as changes, l.is_later, l.is_bare from later l "
            "left join folded f on f.sequence = l.sequence order by l.sequence desc",
        {kind.entity->name, id, format_time(moment), most_changes + 1}};
}

// Of the log, old months may have gone: what was before they ended nobody knows, and what no event
// tells of since then did not happen.
enum class KeptOf : std::int64_t { everything, since_before, since_after };

db::Statement kept_statement(Time moment) {
    return {
        "select case when kept is null then 0 when kept <= $1::timestamptz then 1 else 2 end "
        "from log_kept_since() kept",
        {format_time(moment)}};
}

struct Later {
    std::vector<PastChange> changes;  // newest first
    std::optional<LaterRow> last;     // before the moment
};

// Each change moves a record by one version. Where one is missing, or came without values, its kind
// kept less at that time, and nobody makes up what was before.
Later later_in(const db::Rows& rows, std::int64_t version, KeptOf kept) {
    Later later;
    for (int i = 0; i < rows.size(); ++i) {
        auto row = db::read_row<LaterRow>(rows, i);
        if (version - row.version > 1 || (row.is_later && row.is_bare)) {
            throw past_not_kept();
        }
        version = row.version;
        if (row.is_later) {
            const std::string past = row.name.substr(row.name.rfind('.') + 1);
            later.changes.push_back({row.version, false, std::move(row.changes), past});
        } else {
            later.last = std::move(row);
        }
    }
    const std::int64_t first_known = rows.empty() ? 1 : 2;
    const bool is_known =
        kept == KeptOf::everything ? version <= first_known : !rows.empty() && version == 1;
    if (!later.last && !is_known && kept != KeptOf::since_before) {
        throw past_not_kept();
    }
    return later;
}

Task<http::Response> get_as_of(Ctx& ctx, const Kind& kind, Id id, Time moment) {
    require_past(kind, History::full);
    const ReadOne one{id, false, true};
    std::vector<db::Statement> unit;
    unit.push_back(read_statement(ctx, kind, one));
    unit.push_back(later_statement(kind, id, moment));
    unit.push_back(kept_statement(moment));
    const db::Scope scope{db::Role::app, ctx.who.tenant};
    const auto answers =
        co_await ctx.services.database().run(ctx.loop, scope, std::move(unit), db::for_reading);
    if (answers[0].empty()) {
        throw not_found(kind.entity->name);
    }
    if (answers[1].size() > most_changes) {
        throw bad_parameter("asOf", "too_deep");
    }
    Json now_shown = record_json(kind, answers[0], 0, Linked::told);
    const bool is_deleted = kind.deleted_column >= 0 && !answers[0].is_null(0, kind.deleted_column);
    std::int64_t kept = 0;
    db::read_cell(answers[2].text(0, 0), kept);
    const std::int64_t version = now_shown["version"].as_integer();
    const Later later = later_in(answers[1], version, static_cast<KeptOf>(kept));
    PastRecord was = as_it_was(std::move(now_shown), is_deleted, later.changes);
    if (!was.existed || was.was_deleted) {
        throw not_found(kind.entity->name);
    }
    was.record.erase("deletedAt");
    if (later.last) {
        std::string at;
        append_time(at, later.last->at);
        was.record.set("updatedAt", std::move(at));
        was.record.set("version", later.last->version);
    }
    co_await tell_links(ctx, kind, was.record);
    co_return reply(200, was.record);
}

}  // namespace

db::Statement read_statement(const Ctx& ctx, const Kind& kind, const ReadOne& one) {
    const bool hides_bin = !one.is_bin_included && kind.entity->can_be_deleted;
    const char* const alive = hides_bin ? " and t.deleted_at is null" : "";
    Sql sql;
    sql.add(ctx.who.tenant);
    const std::string id = sql.add(one.id);
    const Tags tags = one.expands ? Tags::as_objects : Tags::as_titles;
    std::string list = shown_list(ctx, kind, tags, Inside::told, sql);
    if (one.asks_for_news) {
        list += ", " + has_news_sql(kind);
    }
    const std::string reach = reach_sql(ctx, kind, "read", sql);
    return {"select " + list + " from " + std::string(kind.entity->table) +
                " t where t.tenant_id = $1::uuid and t.id = " + id + "::uuid" + alive +
                (reach.empty() ? "" : " and " + reach),
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

Task<http::Response> get_record(Ctx& ctx, const http::Request& request) {
    const Kind& kind = kind_of_route(ctx);
    const Id id = path_id(request, kind.entity->name);
    const Asked asked = asked_in(request);
    if (asked.as_of) {
        http::Response response = co_await get_as_of(ctx, kind, id, *asked.as_of);
        co_return response;
    }
    const bool may_know = !request.header("if-none-match").empty() && !moves_by_others(kind);
    const ReadOne one{id, asked.expands, false, may_know};
    db::Statement statement = read_statement(ctx, kind, one);
    const db::Rows rows =
        co_await ctx.tx.query(std::move(statement.sql), std::move(statement.params));
    if (rows.empty()) {
        throw not_found(kind.entity->name);
    }
    http::Response response;
    const std::string etag = etag_of(rows.text(0, kind.version_column));
    const bool is_same = may_know && rows.text(0, kind.shown_columns()) == "f";
    if (is_same && http::knows_etag(request, etag)) {
        response.status = 304;
        response.with("ETag", etag);
    } else {
        response = record_reply(kind, rows, 200);
    }
    co_return response;
}

}  // namespace ponte::records
