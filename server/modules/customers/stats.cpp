// The strip above the list of customers: how many there are, by status, and how many are new.
#include "kernel/app.hpp"
#include "kernel/records.hpp"
#include "modules/customers/contact_routes.hpp"
#include "modules/customers/reach.hpp"

namespace ponte::customers {
namespace {

struct Totals {
    std::int64_t prospect = 0, active = 0, inactive = 0, fresh = 0;
};
FIELDS(Totals, prospect, active, inactive, fresh);

// Since the local midnight that many days ago, as the filter "in the last n days" has it.
// $1 tenant, $2 now, $3 zone, $4 days.
const std::string is_new =
    "t.created_at >= (date_trunc('day', $2::timestamptz at time zone $3) "
    "- ($4::int - 1) * interval '1 day') at time zone $3";

// Whoever sees all contacts reads the tallies; the new ones are counted along an index.
std::string totals_of_all() {
    const auto tally = [](const std::string& value) {
        return "coalesce(sum(delta) filter (where value = '" + value + "'), 0) as " + value + ", ";
    };
    return "select " + tally("prospect") + tally("active") + tally("inactive") +
           "(select count(*) from contacts t where t.tenant_id = $1 and t.deleted_at is null and " +
           is_new + ") as fresh from tallies where tenant_id = $1 and entity = 'contacts'";
}

std::string totals_within(const std::string& reach) {
    const auto of_status = [](const std::string& value) {
        return "count(*) filter (where t.status = '" + value + "') as " + value + ", ";
    };
    return "select " + of_status("prospect") + of_status("active") + of_status("inactive") +
           "count(*) filter (where " + is_new +
           ") as fresh from contacts t where t.tenant_id = $1 and t.deleted_at is null" + reach;
}

Task<http::Response> show_stats(Ctx& ctx, const http::Request&) {
    records::Sql sql;
    sql.add(ctx.who.tenant);
    sql.add(format_time(ctx.now));
    sql.add(ctx.who.timezone);
    const Json days = co_await ctx.setting("customers.new_contact_days");
    sql.add(days.as_integer());
    const std::string reach = and_in_reach(ctx, sql);
    std::string totals_sql = reach.empty() ? totals_of_all() : totals_within(reach);
    const db::Rows rows = co_await ctx.tx.query(std::move(totals_sql), std::move(sql.params));
    const Totals totals = db::read_row<Totals>(rows, 0);
    const Json stats = Json::object({{"total", totals.prospect + totals.active + totals.inactive},
                                     {"active", totals.active},
                                     {"prospect", totals.prospect},
                                     {"inactive", totals.inactive},
                                     {"new", totals.fresh},
                                     {"newDays", days}});
    co_return reply(200, stats);
}

}  // namespace

void declare_stats_route(App& app) {
    app.route("GET", "/contacts/stats", show_stats)
        .needs("contacts.read")
        .in("contacts")
        .gives(200, "ContactStats");
}

}  // namespace ponte::customers
