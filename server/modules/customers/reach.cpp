#include "modules/customers/reach.hpp"

#include "kernel/records.hpp"

namespace ponte::customers {

std::string and_in_reach(Ctx& ctx, records::Sql& sql) {
    const records::Kind& kind = ctx.services.entities().get("contact");
    const std::string condition = records::reach_sql(ctx, kind, "read", sql);
    return condition.empty() ? condition : " and " + condition;
}

Task<bool> is_in_reach(Ctx& ctx, Id contact) {
    records::Sql sql;
    sql.add(ctx.who.tenant);
    const std::string place = sql.add(contact);
    const std::string within = and_in_reach(ctx, sql);
    const db::Rows rows = co_await ctx.tx.query(
        "select from contacts t where t.tenant_id = $1 and t.id = " + place + "::uuid" + within,
        std::move(sql.params));
    co_return !rows.empty();
}

}  // namespace ponte::customers
