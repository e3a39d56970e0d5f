#include "kernel/jobs.hpp"

namespace ponte {
namespace {

// Facts of the kind come from the table that every node fills at its start, so that whoever writes
// a job needs to know no more than its name.
const std::string insert_sql =
    "insert into jobs (tenant_id, id, kind, args, priority, lane, run_at, state, unique_key) "
    "select $1::uuid, $2::uuid, $3::text, $4::jsonb, coalesce(k.priority, 0) + $5::integer, "
    "coalesce(k.lane, 0::smallint), now() + $6::bigint * interval '1 millisecond', "
    "case when $6::bigint > 0 then 'later' else 'ready' end, $7::text "
    "from (select) one left join job_kinds k on k.kind = $3::text";

// The waiting job is locked until our transaction ends, even when nothing of it changes: it cannot
// be taken before what we write is there for it to see.
const std::string unique_sql = insert_sql +
                               " on conflict (queue, kind, unique_key) "
                               "where state in ('later', 'ready') and unique_key is not null "
                               "do update set run_at = excluded.run_at, state = excluded.state "
                               "where excluded.run_at < jobs.run_at";

}  // namespace

db::Statement enqueue_statement(std::string_view kind, const Json& args,
                                const std::optional<Id>& tenant, const EnqueueOptions& options) {
    const bool is_unique = !options.unique_key.empty();
    db::Params params{tenant,
                      Id::make(),
                      kind,
                      db::Param(args),
                      options.priority,
                      static_cast<std::int64_t>(options.delay.count()),
                      is_unique ? db::Param(options.unique_key) : db::Param()};
    return {is_unique ? unique_sql : insert_sql, std::move(params)};
}

void read_json(const Json& from, Id& to) { to = Id::parse(from.as_string()).value_or(Id{}); }
void read_json(const Json& from, std::string& to) { to = from.as_string(); }
void read_json(const Json& from, std::int64_t& to) { to = from.as_integer(); }
void read_json(const Json& from, int& to) { to = static_cast<int>(from.as_integer()); }
void read_json(const Json& from, bool& to) { to = from.as_bool(); }

}  // namespace ponte
