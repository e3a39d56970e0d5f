#include "kernel/inbound/journal.hpp"

#include "kernel/lists/paging.hpp"
#include "kernel/records/input.hpp"
#include "kernel/sweeping.hpp"

namespace ponte::inbound {
namespace {

constexpr std::int64_t most_counted = 10'000, most_replayed = 100'000;

struct SweepInbound {};
template <class Visit>
void visit_fields(const SweepInbound&, Visit&&) {}
struct ForgetInbound {};
template <class Visit>
void visit_fields(const ForgetInbound&, Visit&&) {}

struct JournalRow {
    Id id, connection_id;
    std::string vendor, external_id, order_key, state, received_at, due_at;
    std::int64_t tries = 0;
    std::optional<std::string> error, done_at;
};
FIELDS(JournalRow, id, connection_id, vendor, external_id, order_key, state, received_at, due_at,
       tries, error, done_at);

std::string time_column(const std::string& name) {
    return "to_json(" + name + " at time zone 'UTC') #>> '{}' || 'Z' as " + name;
}
const std::string row_columns =
    "id, connection_id, vendor, external_id, order_key, state, tries, error, " +
    time_column("received_at") + ", " + time_column("due_at") + ", " + time_column("done_at");

Json entry_json(const JournalRow& row) {
    const bool waits = row.state == "waiting";
    return Json::object({{"id", row.id},
                         {"vendor", row.vendor},
                         {"connectionId", row.connection_id},
                         {"externalId", row.external_id},
                         {"key", row.order_key},
                         {"state", row.state},
                         {"tries", row.tries},
                         {"error", row.error ? Json(*row.error) : Json{}},
                         {"receivedAt", row.received_at},
                         {"nextTryAt", waits ? Json(row.due_at) : Json{}},
                         {"doneAt", row.done_at ? Json(*row.done_at) : Json{}}});
}

Task<http::Response> list_entries(Ctx& ctx, const http::Request&) {
    const records::Page page = records::page_of(ctx);
    const auto state = ctx.asked.text("state"), vendor = ctx.asked.text("vendor");
    const std::string which =
        "from inbound_entries where tenant_id = current_tenant() "
        "and ($1::text is null or state = $1) and ($2::text is null or vendor = $2) ";
    const auto rows = co_await ctx.tx.all<JournalRow>(
        "select " + row_columns + " " + which + "order by place desc limit $3 offset $4", state,
        vendor, page.limit, page.offset());
    const auto total = co_await ctx.tx.one<std::int64_t>(
        "select count(*) from (select 1 " + which + "limit $3) c", state, vendor, most_counted + 1);
    Json data = Json::array();
    for (const JournalRow& row : rows) {
        data.push(entry_json(row));
    }
    co_return reply(200, records::page_json(std::move(data), page, std::min(total, most_counted),
                                            total <= most_counted));
}

Task<JournalRow> require_entry(Ctx& ctx, const http::Request& request, const char* lock) {
    const Id id = path_id(request, "inbound_entry");
    auto row = co_await ctx.tx.maybe<JournalRow>(
        "select " + row_columns +
            " from inbound_entries where tenant_id = current_tenant() and id = $1" + lock,
        id);
    if (!row) {
        throw not_found("inbound_entry");
    }
    co_return std::move(*row);
}

Task<http::Response> show_entry(Ctx& ctx, const http::Request& request) {
    const JournalRow row = co_await require_entry(ctx, request, "");
    const auto body = co_await ctx.tx.one<std::string>(
        "select body from inbound_entries where tenant_id = current_tenant() and id = $1", row.id);
    Json told = entry_json(row);
    told.set("body", body);
    co_return reply(200, told);
}

constexpr const char* again_sql =
    "set state = 'waiting', tries = 0, due_at = now(), done_at = null, error = null ";

// Whatever it caused before, it causes again, as far as its vendor does not know it by then.
Task<http::Response> replay_entry(Ctx& ctx, const http::Request& request) {
    const JournalRow row = co_await require_entry(ctx, request, " for update");
    ctx.tx.queue("update inbound_entries " + std::string(again_sql) +
                     "where tenant_id = current_tenant() and id = $1",
                 {row.id});
    ctx.audit("inbound_entry.replayed", row.id, Json::object({{"vendor", row.vendor}}));
    process_soon(ctx, row.vendor, row.connection_id);
    co_return reply(202, Json::object({{"id", row.id}, {"state", "waiting"}}));
}

struct Source {
    std::string vendor;
    Id connection_id;
    std::int64_t count = 0;
};
FIELDS(Source, vendor, connection_id, count);

Task<http::Response> replay_span(Ctx& ctx, const http::Request&) {
    const auto from = ctx.input.text("from"), to = ctx.input.text("to");
    const auto state = ctx.input.text("state"), vendor = ctx.input.text("vendor");
    const auto sources = co_await ctx.tx.all<Source>(
        "with again as (update inbound_entries " + std::string(again_sql) +
            "where tenant_id = current_tenant() and id in (select id from inbound_entries "
            "where tenant_id = current_tenant() and state <> 'waiting' "
            "and ($1::text is null or state = $1) and ($2::text is null or vendor = $2) "
            "and received_at >= $3::timestamptz "
            "and received_at <= coalesce($4::timestamptz, now()) order by place limit $5 "
            "for update) returning vendor, connection_id) "
            "select vendor, connection_id, count(*) as count from again group by 1, 2",
        state, vendor, from, to, most_replayed);
    std::int64_t count = 0;
    for (const Source& source : sources) {
        count += source.count;
        process_soon(ctx, source.vendor, source.connection_id);
    }
    ctx.audit("inbound_entry.replayed", {}, Json::object({{"count", count}}));
    co_return reply(202, Json::object({{"count", count}}));
}

// Makes up for wake-ups that were lost.
Task<> sweep(Ctx& ctx, const SweepInbound&) {
    const db::Rows rows = co_await ctx.tx.query(
        "select distinct tenant_id, vendor, connection_id from inbound_entries "
        "where state = 'waiting' and due_at < now() - interval '1 minute' limit 1000");
    for (int row = 0; row < rows.size(); ++row) {
        Id tenant, connection;
        db::read_cell(rows.text(row, 0), tenant);
        db::read_cell(rows.text(row, 2), connection);
        EnqueueOptions options;
        options.unique_key = connection.text();
        enqueue_in(ctx, tenant, job_of(rows.text(row, 1)),
                   Json::object({{"connection", connection}}), options);
    }
}

// What waits or failed is kept three times as long.
Task<> forget(Ctx& ctx, const ForgetInbound&) {
    co_await repeat_until_none(
        ctx,
        // bulk: what a month has passed over.
        "delete from inbound_entries where ctid = any (array(select ctid from inbound_entries "
        "where received_at < now() - interval '30 days' and (state = 'done' "
        "or received_at < now() - interval '90 days') limit 5000)) returning 1");
}

constexpr Field list_query[] = {
    choice("state", "waiting | done | failed"),
    text("vendor").up_to(50),
    records::page_parameter,
    records::limit_parameter,
};
constexpr Field span_fields[] = {
    datetime("from").required(),
    datetime("to"),
    choice("state", "done | failed"),
    text("vendor").up_to(50),
};

}  // namespace

std::string job_of(std::string_view vendor) { return "inbound." + std::string(vendor); }

void process_soon(Ctx& ctx, std::string_view vendor, const Id& connection, Milliseconds delay) {
    EnqueueOptions options;
    options.unique_key = connection.text();
    options.delay = delay;
    enqueue_in(ctx, ctx.who.tenant, job_of(vendor), Json::object({{"connection", connection}}),
               options);
}

void declare_journal(App& app) {
    app.route("GET", "/inbound", list_entries)
        .needs("jobs.manage")
        .in("inbound")
        .called("listInbound")
        .asks(list_query)
        .gives(200, "InboundPage");
    app.route("GET", "/inbound/{id}", show_entry)
        .needs("jobs.manage")
        .in("inbound")
        .called("getInbound")
        .gives(200, "InboundDetail");
    app.route("POST", "/inbound/{id}/replay", replay_entry)
        .needs("jobs.manage")
        .in("inbound")
        .called("replayInboundEntry")
        .gives(202, "InboundAgain");
    app.route("POST", "/inbound/replay", replay_span)
        .needs("jobs.manage")
        .in("inbound")
        .called("replayInbound")
        .takes(span_fields)
        .gives(202, "InboundReplay");
    app.job<SweepInbound>("inbound.sweep", sweep).repeat_every(std::chrono::minutes{1});
    app.job<ForgetInbound>("inbound.forget", forget).at("03:42").commits_itself();
}

}  // namespace ponte::inbound
