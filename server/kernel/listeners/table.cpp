#include "kernel/listeners/table.hpp"

#include "kernel/db/budgets.hpp"
#include "kernel/events/notice.hpp"
#include "kernel/services.hpp"

namespace ponte::listeners {
namespace {

const db::Scope everything{db::Role::system, {}};

Position position_in(const db::Rows& rows, int row, int first) {
    const std::string text =
        std::string(rows.text(row, first)) + "." + std::string(rows.text(row, first + 1));
    return Position::parse(text).value_or(Position{});
}

}  // namespace

Task<> Table::declare(const std::vector<const Listener*>& listeners) {
    std::vector<std::string> names;
    for (const Listener* one : listeners) {
        names.push_back(one->name);
    }
    std::vector<db::Statement> unit;
    unit.push_back(
        {"insert into listener_leases (name, transaction) "
         "select name, pg_snapshot_xmin(pg_current_snapshot()) "
         "from unnest($1::text[]) name on conflict do nothing",
         {names}});
    if (!others_may_exist(services_.settings)) {
        // Whoever held these was this program before it died.
        unit.push_back({"update listener_leases set lease_token = null", {}});
    }
    co_await services_.database().run(loop_, everything, std::move(unit));
}

// A company that has caught up counts as far as its listener from now on, in the same moment in
// which the listener moves on, and only while it is ours.
void Table::add_standing(const std::vector<Standing>& ours,
                         std::vector<db::Statement>& unit) const {
    constexpr const char* moved_sql =
        "update listener_leases set transaction = $3::xid8, sequence = $4::bigint "
        "where name = $1 and lease_token = $2::uuid "
        "and (transaction, sequence) < ($3::xid8, $4::bigint)";
    constexpr const char* even_sql =
        "update listeners t set state = 'even', tries = 0, error = null from listener_leases l "
        "where l.name = $1 and l.lease_token = $2::uuid and t.name = l.name "
        "and t.tenant_id = any ($3::uuid[]) and t.state = 'behind'";
    for (const Standing& one : ours) {
        unit.push_back({moved_sql, {one.name, token_, one.heard.transaction, one.heard.sequence}});
        if (!one.caught_up.empty()) {
            unit.push_back({even_sql, {one.name, token_, one.caught_up}});
        }
    }
}

Task<std::vector<Held>> Table::keep(std::vector<Standing> ours, std::vector<std::string> wanted) {
    constexpr const char* lease_sql =
        "update listener_leases set lease_token = $2::uuid, "
        "lease_until = clock_timestamp() + $3::bigint * interval '1 millisecond' "
        "where name = any ($1::text[]) and (lease_token = $2::uuid or lease_token is null "
        "or lease_until < now()) returning name, transaction::text, sequence";
    std::vector<db::Statement> unit;
    // First the leases, which locks the rows: what follows holds while they are ours.
    unit.push_back({lease_sql, {wanted, token_, static_cast<std::int64_t>(lease.count())}});
    add_standing(ours, unit);
    const auto answers = co_await services_.database().run(loop_, everything, std::move(unit));
    std::vector<Held> held;
    const db::Rows& rows = answers.front();
    for (int row = 0; row < rows.size(); ++row) {
        held.push_back({std::string(rows.text(row, 0)), position_in(rows, row, 1)});
    }
    co_return held;
}

Task<> Table::let_go(std::vector<Standing> ours) {
    std::vector<db::Statement> unit;
    unit.push_back(
        {"select from listener_leases where lease_token = $1::uuid for update", {token_}});
    add_standing(ours, unit);
    unit.push_back(
        {"update listener_leases set lease_token = null where lease_token = $1::uuid", {token_}});
    co_await services_.database().run(loop_, everything, std::move(unit));
}

Task<std::vector<Delayed>> Table::delayed(std::string name) {
    db::Params params{name};
    const db::Rows rows = co_await services_.database().query(
        loop_, everything,
        "select tenant_id, state = 'aside', greatest(0, ceil(coalesce(extract(epoch from run_at - "
        "now()), 0) * 1000))::bigint from listeners where name = $1 and state <> 'even'",
        std::move(params));
    std::vector<Delayed> found;
    for (int row = 0; row < rows.size(); ++row) {
        Delayed one;
        std::int64_t delay_ms = 0;
        db::read_cell(rows.text(row, 0), one.tenant);
        db::read_cell(rows.text(row, 1), one.is_aside);
        db::read_cell(rows.text(row, 2), delay_ms);
        one.delay = Milliseconds{delay_ms};
        found.push_back(one);
    }
    co_return found;
}

Task<std::vector<Table::Concerned>> Table::concerned(std::vector<std::string> likes,
                                                     Position after) {
    std::vector<db::Statement> unit;
    unit.push_back(
        {"select transaction::text, sequence, tenant_id from events "
         "where not is_quiet and (transaction, sequence) > ($1::xid8, $2::bigint) "
         "and sequence >= log_from($1::xid8) "
         "and transaction < pg_snapshot_xmin(pg_current_snapshot()) "
         "and name like any ($3::text[]) order by events.transaction, sequence limit " +
             std::to_string(most_concerned),
         {after.transaction, after.sequence, likes}});
    db::Options options;
    options.slow = true;  // a listener that was away for long
    options.timeout = db::background;
    const auto answers =
        co_await services_.database().run(loop_, everything, std::move(unit), options);
    const db::Rows& rows = answers.front();
    std::vector<Concerned> found;
    for (int row = 0; row < rows.size(); ++row) {
        Concerned one{position_in(rows, row, 0), {}};
        db::read_cell(rows.text(row, 2), one.tenant);
        found.push_back(one);
    }
    co_return found;
}

}  // namespace ponte::listeners
