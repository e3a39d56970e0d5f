// The stages through which an opportunity has come, and for how long it stood in each.
#include "kernel/app.hpp"
#include "kernel/records.hpp"
#include "modules/sales/opportunity.hpp"

namespace ponte::sales {
namespace {

struct Stay {
    Id stage_id;
    std::string name, color, outcome, entered_at;
    std::optional<std::string> left_at;
    std::int64_t seconds = 0;
    std::optional<Id> moved_by;
};
FIELDS(Stay, stage_id, name, color, outcome, entered_at, left_at, seconds, moved_by);

std::string stays_sql(const std::string& reach) {
    const std::string iso = R"('YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')";
    return "select m.stage_id, s.name, s.color, s.outcome, "
           "to_char(m.moved_at at time zone 'UTC', " +
           iso + ") as entered_at, to_char(m.left_at at time zone 'UTC', " + iso +
           ") as left_at, greatest(extract(epoch from "
           "coalesce(m.left_at, $3::timestamptz) - m.moved_at), 0)::bigint as seconds, m.moved_by "
           "from (select *, lead(moved_at) over (order by moved_at, id) as left_at "
           "from stage_moves where tenant_id = $1 and opportunity_id = $2::uuid) m "
           "join stages s on s.tenant_id = $1 and s.id = m.stage_id "
           "where exists (select from opportunities t where t.tenant_id = $1 and t.id = $2::uuid" +
           (reach.empty() ? "" : " and " + reach) + ") order by m.moved_at, m.id";
}

Json shown(const Stay& stay) {
    return Json::object({{"stageId", stay.stage_id},
                         {"name", stay.name},
                         {"color", stay.color},
                         {"outcome", stay.outcome},
                         {"enteredAt", stay.entered_at},
                         {"leftAt", stay.left_at ? Json(*stay.left_at) : Json{}},
                         {"seconds", stay.seconds},
                         {"movedBy", stay.moved_by ? Json(*stay.moved_by) : Json{}}});
}

Task<http::Response> list_stays(Ctx& ctx, const http::Request& request) {
    const Id id = path_id(request, "opportunity");
    records::Sql sql;
    sql.add(ctx.who.tenant);
    sql.add(id);
    sql.add(format_time(ctx.now));
    const auto& kind = ctx.services.entities().get("opportunity");
    const std::string reach = records::reach_sql(ctx, kind, "read", sql);
    const db::Rows rows = co_await ctx.tx.query(stays_sql(reach), std::move(sql.params));
    if (rows.empty()) {
        throw not_found("opportunity");
    }
    Json data = Json::array();
    for (int row = 0; row < rows.size(); ++row) {
        data.push(shown(db::read_row<Stay>(rows, row)));
    }
    co_return reply(200, Json::object({{"data", std::move(data)}}));
}

}  // namespace

void declare_opportunity_routes(App& app) {
    app.route("GET", "/opportunities/{id}/stages", list_stays)
        .needs("opportunities.read")
        .in("opportunities")
        .called("listOpportunityStages")
        .gives(200, "StageStayList");
}

}  // namespace ponte::sales
