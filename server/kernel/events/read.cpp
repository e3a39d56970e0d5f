#include "kernel/events/read.hpp"

#include <algorithm>
#include <charconv>

#include "kernel/db/by_bytes.hpp"
#include "kernel/db/kept_plan.hpp"
#include "kernel/events/recent.hpp"
#include "kernel/services.hpp"

namespace ponte::events {
namespace {

// `order by transaction` alone would mean the text here: 1000 before 999.
const std::string columns =
    "transaction::text, sequence, tenant_id, id, name, entity, entity_id, version, "
    "(extract(epoch from at) * 1000)::bigint, actor_id, owner_id, author_id, operation_id, "
    "changes, request_id, about, key_id, origin, transaction < "
    "pg_snapshot_xmin(pg_current_snapshot()) as "
    "is_final, "
    "has_next";

// With the months that hold nothing later left alone.
const std::string after_position =
    "(transaction, sequence) > ($1::xid8, $2::bigint) and sequence >= log_from($1::xid8)";

// The events that `condition` finds, in their order, until they are `most_bytes`.
std::string events_sql(const std::string& condition, const std::string& limit,
                       std::int64_t most_bytes) {
    const std::string rows = "select * from events where not is_quiet and " + condition +
                             " order by events.transaction, sequence limit " + limit;
    return "select " + columns +
           db::from_until_full(rows, db::bytes_sql("t.changes"), "t.transaction, t.sequence",
                               most_bytes);
}

enum Column {
    transaction_,
    sequence_,
    tenant_,
    id_,
    name_,
    entity_,
    entity_id_,
    version_,
    at_,
    actor_,
    owner_,
    author_,
    operation_,
    changes_,
    request_,
    about_,
    key_,
    origin_,
    is_final_,
    has_next_,
};

std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::optional<Id> id_in(const db::Rows& rows, int row, int column) {
    return rows.is_null(row, column) ? std::nullopt : Id::parse(rows.text(row, column));
}

Event event_in(const db::Rows& rows, int row) {
    Event event;
    event.position = {number(rows.text(row, transaction_)), number(rows.text(row, sequence_))};
    event.tenant = id_in(rows, row, tenant_).value_or(Id{});
    event.id = id_in(rows, row, id_).value_or(Id{});
    event.name = rows.text(row, name_);
    event.entity = rows.text(row, entity_);
    event.entity_id = id_in(rows, row, entity_id_);
    if (event.entity_id && event.entity_id->is_nil()) {
        event.entity_id.reset();
    }
    db::read_cell(rows.text(row, version_), event.version);
    std::int64_t at_ms = 0;
    db::read_cell(rows.text(row, at_), at_ms);
    event.at = Time{Milliseconds{at_ms}};
    event.actor = id_in(rows, row, actor_);
    event.key = id_in(rows, row, key_);
    db::read_field(rows, row, origin_, event.origin);
    event.owner = id_in(rows, row, owner_);
    event.author = id_in(rows, row, author_);
    event.operation = id_in(rows, row, operation_);
    event.changes = Json::parse(rows.text(row, changes_));
    event.request_id = rows.text(row, request_);
    db::read_field(rows, row, about_, event.about);
    return event;
}

bool is_final(const db::Rows& rows, int row) { return rows.text(row, is_final_) == "t"; }

// Whether the last row stands before others that the answer had no room for.
bool is_cut(const db::Rows& rows) {
    return !rows.empty() && rows.text(rows.size() - 1, has_next_) == "t";
}

// Rows come in order, so those that may be read are the first ones: a transaction that is still
// open has a higher number than all of them, and so will whatever it has yet to write.
Batch batch_in(const db::Rows& rows) {
    Batch batch;
    int row = 0;
    for (; row < rows.size() && is_final(rows, row); ++row) {
        batch.events.push_back(event_in(rows, row));
    }
    batch.is_held = row < rows.size();
    batch.is_full = !batch.is_held && (row == most_in_batch || is_cut(rows));
    return batch;
}

}  // namespace

Task<Batch> read_after(Services& services, Loop& loop, Position after) {
    static const std::string sql =
        events_sql(after_position, std::to_string(most_in_batch), db::page_bytes);
    const db::Scope scope{db::Role::system, {}};
    std::vector<db::Statement> unit{db::keep_plans(), {sql, {after.transaction, after.sequence}}};
    const auto answers = co_await services.database().run(loop, scope, std::move(unit));
    co_return batch_in(answers.back());
}

Task<Position> position_of_now(Services& services, Loop& loop) {
    constexpr const char* settle_sql = "select settle_log()";
    constexpr const char* now_sql = "select pg_snapshot_xmin(pg_current_snapshot())::text";
    std::vector<db::Statement> unit{{settle_sql, {}}, {now_sql, {}}};
    const db::Scope scope{db::Role::system, {}};
    const auto answers = co_await services.database().run(loop, scope, std::move(unit));
    co_return Position{number(answers.back().text(0, 0)), 0};
}

Task<std::optional<std::vector<Event>>> read_missed(Services& services, Loop& loop, Id tenant,
                                                    Position after, std::size_t limit) {
    // Judged by the oldest event of anybody, so that a client of a quiet company who was away for
    // days does not make us walk through the days of all others.
    constexpr const char* age_sql =
        "select coalesce((select at < now() - interval '10 minutes' from events "
        "where not is_quiet and (transaction, sequence) > ($1::xid8, $2::bigint) "
        "and sequence >= log_from($1::xid8) order by transaction, sequence limit 1), false) "
        "or $1::xid8 >= pg_snapshot_xmax(pg_current_snapshot())";
    static const std::string missed_sql =
        events_sql(after_position +
                       " and tenant_id = $3 and at > now() - interval '10 minutes' "
                       "and transaction < pg_snapshot_xmin(pg_current_snapshot())",
                   "$4", most_recent_bytes);
    db::Params age{after.transaction, after.sequence};
    db::Params missed{after.transaction, after.sequence, tenant, limit + 1};
    std::vector<db::Statement> unit{db::keep_plans(), {age_sql, std::move(age)}};
    const db::Scope scope{db::Role::system, {}};
    const auto judged = co_await services.database().run(loop, scope, std::move(unit));
    std::optional<std::vector<Event>> found;
    if (judged.back().text(0, 0) == "t") {
        co_return found;
    }
    std::vector<db::Statement> reading{db::keep_plans(), {missed_sql, std::move(missed)}};
    const auto answers = co_await services.database().run(loop, scope, std::move(reading));
    const db::Rows& rows = answers.back();
    if (static_cast<std::size_t>(rows.size()) > limit || is_cut(rows)) {
        co_return found;
    }
    found.emplace();
    for (int row = 0; row < rows.size(); ++row) {
        found->push_back(event_in(rows, row));
    }
    co_return found;
}

namespace {

// A hundred events or a little more, and no more than this of each company in memory at once.
constexpr std::int64_t most_bytes_unheard = 1 << 20;

std::string unheard_loud(const std::string& limit) {
    return "select * from events where tenant_id = current_tenant() and not is_quiet "
           "and " +
           after_position +
           " and transaction < pg_snapshot_xmin(pg_current_snapshot()) "
           "and name like any ($3::text[]) order by events.transaction, sequence limit " +
           limit;
}

// A batch ends with its loud event in the same transaction, so where that one is there, so are its
// quiet ones, and what stands after the last loud one of a page comes with the next page. The
// operation, which no other batch has, tells them from those of a database before a restoration,
// which may have had the same transaction; it must not become the index's condition, since all of a
// large import have it. Few batches at once: a page of each is sorted.
const std::string page_of_each = "greatest($4::integer / 10, 1)";
const std::string unheard_of_each =
    "with loud as materialized (" + unheard_loud(page_of_each) +
    "), batches as (select distinct transaction, operation_id from loud "
    "where operation_id is not null) "
    "select * from (select * from loud union all select q.* from batches b cross join lateral ("
    "select * from events where is_quiet and transaction = b.transaction "
    "and sequence >= log_from($1::xid8) "
    "and operation_id is not distinct from b.operation_id and sequence > "
    "case when b.transaction = $1::xid8 then $2::bigint else 0 end and name like any ($3::text[]) "
    "and (transaction, sequence) < (select transaction, sequence from loud l "
    "order by l.transaction desc, sequence desc limit 1) "
    "order by events.transaction, sequence limit $4::integer) q) merged "
    "order by merged.transaction, sequence limit $4::integer";

void queue(Ctx& ctx, db::Statement statement) {
    ctx.tx.queue(std::move(statement.sql), std::move(statement.params));
}

std::string unheard_sql(const std::string& rows) {
    return "select " + columns +
           db::from_until_full(rows, db::bytes_sql("t.changes"), "t.transaction, t.sequence",
                               most_bytes_unheard);
}

}  // namespace

Task<Batch> read_unheard(Ctx& ctx, Unheard wanted) {
    static const std::string loud_sql = unheard_sql(unheard_loud("$4::integer")),
                             each_sql = unheard_sql(unheard_of_each);
    const std::string& sql = wanted.with_quiet ? each_sql : loud_sql;
    db::Params params{wanted.after.transaction, wanted.after.sequence, wanted.likes, wanted.most};
    queue(ctx, db::keep_plans());
    const db::Rows rows = co_await ctx.tx.query(sql, std::move(params));
    queue(ctx, db::plan_as_usual());
    Batch batch = batch_in(rows);
    const int page = wanted.with_quiet ? std::max(wanted.most / 10, 1) : wanted.most;
    batch.is_full = rows.size() >= page || is_cut(rows);
    co_return batch;
}

}  // namespace ponte::events
