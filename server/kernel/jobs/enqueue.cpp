#include <stdexcept>

#include "kernel/jobs.hpp"

namespace ponte {
namespace {

const std::string columns =
    "insert into jobs (tenant_id, id, kind, args, priority, lane, run_at, group_id, serial_key, "
    "paced_key, state, unique_key) ";

// Facts of the kind come from the table that every node fills at its start, so that whoever writes
// a job needs to know no more than its name. `one` has its id, its arguments and its place.
std::string select_from(const std::string& one, const std::string& unique_key) {
    return "select $1::uuid, one.id, $2::text, one.args, coalesce(k.priority, 0) + $4::integer, "
           "coalesce(k.lane, 0::smallint), now() + $5::bigint * interval '1 millisecond', "
           "$6::uuid, one.args ->> k.serial_by, one.args ->> k.paced_by, "
           "case when $6::uuid is not null and exists (select from job_groups g "
           "where g.tenant_id = $1::uuid and g.id = $6::uuid and (g.is_held or g.is_cancelled)) "
           "then 'held' else job_state(one.args ->> k.serial_by is not null, "
           "one.args ->> k.paced_by is not null, case when $5::bigint > 0 then now() end) end, " +
           unique_key + " from " + one + " left join job_kinds k on k.kind = $2::text";
}

const std::string insert_sql =
    columns + select_from("(select $7::uuid as id, $3::jsonb as args) one", "$8::text");

// The waiting job is locked until our transaction ends, even when nothing of it changes: it cannot
// be taken before what we write is there for it to see.
const std::string unique_sql =
    insert_sql +
    " on conflict (queue, kind, unique_key) "
    "where state in ('later', 'ready', 'behind', 'paced', 'held') and unique_key is not null "
    "do update set run_at = excluded.run_at, "
    "state = case when jobs.state = 'later' and excluded.state in ('ready', 'paced') "
    "then excluded.state else jobs.state end "
    "where excluded.run_at < jobs.run_at";

const std::string many_sql = columns +
                             select_from(
                                 "(select new_id() as id, value as args, ordinality as place "
                                 "from jsonb_array_elements($3::jsonb) with ordinality) one",
                                 "null") +
                             " order by one.place";

db::Params params_of(std::string_view kind, const Json& args, const std::optional<Id>& tenant,
                     const EnqueueOptions& options) {
    return {tenant,
            kind,
            db::Param(args),
            options.priority,
            static_cast<std::int64_t>(options.delay.count()),
            options.group};
}

}  // namespace

db::Statement enqueue_statement(std::string_view kind, const Json& args,
                                const std::optional<Id>& tenant, const EnqueueOptions& options) {
    const bool is_unique = !options.unique_key.empty();
    db::Params params = params_of(kind, args, tenant, options);
    params.emplace_back(Id::make());
    params.push_back(is_unique ? db::Param(options.unique_key) : db::Param());
    return {is_unique ? unique_sql : insert_sql, std::move(params)};
}

db::Statement enqueue_many_statement(std::string_view kind, const Json& all_args,
                                     const std::optional<Id>& tenant,
                                     const EnqueueOptions& options) {
    if (!options.unique_key.empty()) {
        throw std::logic_error("a unique key is of one job");
    }
    return {many_sql, params_of(kind, all_args, tenant, options)};
}

void read_json(const Json& from, Id& to) { to = Id::parse(from.as_string()).value_or(Id{}); }
void read_json(const Json& from, std::string& to) { to = from.as_string(); }
void read_json(const Json& from, std::int64_t& to) { to = from.as_integer(); }
void read_json(const Json& from, int& to) { to = static_cast<int>(from.as_integer()); }
void read_json(const Json& from, bool& to) { to = from.as_bool(); }

}  // namespace ponte
