#include "kernel/audit/enter.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "kernel/audit/entry.hpp"
#include "kernel/auth.hpp"
#include "kernel/services.hpp"

namespace ponte::audit {
namespace {

constexpr std::int64_t most_at_once = 500;
constexpr std::int64_t lock_number = 7'220'142;  // nobody else's of this database

struct Place {
    std::string transaction, sequence, settled;
    bool is_of_another_life = false;
};
FIELDS(Place, transaction, sequence, settled, is_of_another_life);

struct End {
    std::string tenant_id, hash;
    std::int64_t number = 0;
};
FIELDS(End, tenant_id, hash, number);

// A restored database counts its transactions anew: then all of the log is looked through again,
// and what was entered already is known by its sequence.
constexpr const char* place_sql =
    "select transaction::text, sequence::text, "
    "pg_snapshot_xmin(pg_current_snapshot())::text as settled, "
    "transaction > pg_snapshot_xmax(pg_current_snapshot()) as is_of_another_life "
    "from audit_position where pg_try_advisory_xact_lock($1)";

const std::string& events_sql() {
    static const std::string sql =
        "select " + common_columns("e") +
        ", e.version::text as version, 'f' as is_fact, '' as details, " + content_sql("e") +
        " as content, " + batch_sql("e") +
        " as batch from (select * from events where not is_quiet and not is_passing "
        "and (transaction, sequence) > ($1::xid8, $2::bigint) and transaction < $3::xid8 "
        "and not exists (select from audit_entries a where a.tenant_id = events.tenant_id "
        "and a.sequence = events.sequence and not a.is_fact) "
        "order by events.transaction, sequence limit $4) e";
    return sql;
}

const std::string& facts_sql() {
    static const std::string sql =
        "select " + common_columns("f") +
        ", '0' as version, 't' as is_fact, f.details::text as details, '' as content, '' as batch "
        "from (select * from audit_waiting where transaction < $1::xid8 "
        "or transaction > pg_snapshot_xmax(pg_current_snapshot()) "
        "order by audit_waiting.transaction, sequence limit $2) f";
    return sql;
}

// As numbers: both are written without leading zeros.
auto order_of(const Entry& entry) {
    return std::tuple(entry.transaction.size(), std::string_view(entry.transaction),
                      std::string_view(entry.is_fact), entry.sequence.size(),
                      std::string_view(entry.sequence), std::string_view(entry.id));
}

void add(std::vector<Entry>& entries, const db::Rows& rows) {
    for (int row = 0; row < rows.size(); ++row) {
        entries.push_back(db::read_row<Entry>(rows, row));
    }
}

Task<std::map<std::string, End>> ends_of(db::Transaction& tx, const std::vector<Entry>& entries) {
    std::vector<std::string> tenants;
    for (const Entry& entry : entries) {
        tenants.push_back(entry.tenant_id);
    }
    const auto rows = co_await tx.all<End>(
        "select tenant_id::text, number, hash from audit_chains where tenant_id = any ($1::uuid[])",
        tenants);
    std::map<std::string, End> ends;
    for (const End& end : rows) {
        ends.emplace(end.tenant_id, end);
    }
    co_return ends;
}

void put_in_line(std::vector<Entry>& entries, std::map<std::string, End>& ends,
                 std::string_view secret) {
    for (Entry& entry : entries) {
        End& end = ends.try_emplace(entry.tenant_id, End{entry.tenant_id, std::string(beginning)})
                       .first->second;
        entry.number = std::to_string(++end.number);
        end.hash = entry.hash = hash_of(entry, end.hash, secret);
    }
}

db::Statement insertion_of(const std::vector<Entry>& entries) {
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> columns;
    for (const Entry& entry : entries) {
        std::size_t place = 0;
        visit_fields(entry, [&](const char* name, const std::string& value) {
            if (place == columns.size()) {
                names.emplace_back(name);
                columns.emplace_back();
            }
            columns[place++].push_back(value);
        });
    }
    std::string arrays, named;
    db::Params params;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        params.emplace_back(columns[i]);
        arrays += (i ? ", $" : "$") + std::to_string(i + 1) + "::text[]";
        named += (i ? ", " : "") + names[i];
    }
    return {
        "insert into audit_entries (tenant_id, number, id, at, name, entity, entity_id, "
        "actor_id, key_id, origin, operation_id, version, transaction, sequence, is_fact, "
        "details, content, batch, hash) select x.tenant_id::uuid, x.number::bigint, "
        "x.id::uuid, 'epoch'::timestamptz + x.at_us::bigint * interval '1 microsecond', "
        "x.name, x.entity, nullif(x.entity_id, '')::uuid, nullif(x.actor_id, '')::uuid, "
        "nullif(x.key_id, '')::uuid, nullif(x.origin, '')::bigint, "
        "nullif(x.operation_id, '')::uuid, x.version::bigint, x.transaction::xid8, "
        "x.sequence::bigint, x.is_fact::boolean, nullif(x.details, '')::jsonb, x.content, "
        "x.batch, x.hash from unnest(" +
            arrays + ") x(" + named + ")",
        std::move(params)};
}

void queue_ends(db::Transaction& tx, const std::map<std::string, End>& ends) {
    std::vector<std::string> tenants, numbers, hashes;
    for (const auto& [tenant, end] : ends) {
        tenants.push_back(tenant);
        numbers.push_back(std::to_string(end.number));
        hashes.push_back(end.hash);
    }
    tx.queue(
        "insert into audit_chains (tenant_id, number, hash) "
        "select x.tenant::uuid, x.number::bigint, x.hash "
        "from unnest($1::text[], $2::text[], $3::text[]) x(tenant, number, hash) "
        "on conflict (tenant_id) do update set number = excluded.number, hash = excluded.hash, "
        "entered_at = now()",
        {std::move(tenants), std::move(numbers), std::move(hashes)});
}

void queue_taken_facts(db::Transaction& tx, const std::vector<Entry>& entries) {
    std::vector<std::string> sequences, transactions;
    for (const Entry& entry : entries) {
        if (entry.is_fact == "t") {
            transactions.push_back(entry.transaction);
            sequences.push_back(entry.sequence);
        }
    }
    if (!sequences.empty()) {
        tx.queue(
            "delete from audit_waiting w using unnest($1::text[], $2::text[]) x(at, place) "
            "where w.transaction = x.at::xid8 and w.sequence = x.place::bigint",
            {std::move(transactions), std::move(sequences)});
    }
}

}  // namespace

// Nothing is written before all is known: while a transaction that writes is open, no reader of the
// log steps over it.
Task<Entered> enter_some(Services& services, Loop& loop) {
    const db::Scope scope{db::Role::system, {}};
    db::Transaction tx = co_await services.database().begin(loop, scope);
    auto place = co_await tx.maybe<Place>(place_sql, lock_number);
    if (!place) {
        co_return Entered::somebody_else;
    }
    if (place->is_of_another_life) {
        place->transaction = "0";
        place->sequence = "0";
    }
    db::Params after{place->transaction, place->sequence, place->settled, most_at_once};
    const db::Rows events = co_await tx.query(events_sql(), std::move(after));
    db::Params settled{place->settled, most_at_once};
    const db::Rows facts = co_await tx.query(facts_sql(), std::move(settled));
    std::vector<Entry> entries;
    add(entries, events);
    const bool has_more = events.size() == most_at_once || facts.size() == most_at_once;
    // Up to where nothing is left, or the last that was read.
    std::vector<std::string> reached{place->settled, "0"};
    if (events.size() == most_at_once) {
        reached = {entries.back().transaction, entries.back().sequence};
    }
    add(entries, facts);
    if (entries.empty() && !place->is_of_another_life) {
        co_return Entered::all;
    }
    std::ranges::sort(entries, {}, order_of);
    auto ends = co_await ends_of(tx, entries);
    put_in_line(entries, ends, services.keys.seal_key);
    db::Statement insertion = insertion_of(entries);
    tx.queue(std::move(insertion.sql), std::move(insertion.params));
    queue_ends(tx, ends);
    queue_taken_facts(tx, entries);
    tx.queue("update audit_position set transaction = $1::xid8, sequence = $2::bigint",
             {reached[0], reached[1]});
    co_await tx.commit();
    co_return has_more ? Entered::more : Entered::all;
}

}  // namespace ponte::audit
