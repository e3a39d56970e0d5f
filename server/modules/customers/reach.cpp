#include "modules/customers/reach.hpp"

#include "kernel/app.hpp"

namespace ponte::customers {

std::string and_in_reach(Ctx& ctx, records::Sql& sql) {
    const records::Kind& kind = ctx.app.entities().get("contact");
    const std::string condition = records::reach_sql(ctx, kind, "read", sql);
    return condition.empty() ? condition : " and " + condition;
}

Task<std::optional<Seen>> find_in_reach(Ctx& ctx, Id contact) {
    records::Sql sql;
    sql.add(ctx.who.tenant);
    const std::string place = sql.add(contact);
    const std::string within = and_in_reach(ctx, sql);
    const db::Rows rows = co_await ctx.tx.query(
        "select t.id, t.deleted_at is not null from contacts t where t.tenant_id = $1 and t.id = " +
            place + "::uuid" + within,
        std::move(sql.params));
    std::optional<Seen> seen;
    if (!rows.empty()) {
        seen.emplace();
        db::read_cell(rows.text(0, 0), seen->id);
        db::read_cell(rows.text(0, 1), seen->is_deleted);
    }
    co_return seen;
}

}  // namespace ponte::customers
