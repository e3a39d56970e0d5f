#include "kernel/records/told.hpp"

#include "kernel/records/record.hpp"
#include "kernel/records/shown.hpp"

namespace ponte::records {

Task<std::unordered_map<Id, std::string>> told_records(Ctx& ctx, const Kind& kind,
                                                       std::vector<Id> ids) {
    Sql sql;
    sql.add(ctx.who.tenant);
    const std::string wanted = sql.add(std::move(ids));
    const std::string list = shown_list(ctx, kind, Tags::as_titles, Inside::told, sql);
    const std::string text = "select " + list + " from " + std::string(kind.entity->table) +
                             " t where t.tenant_id = $1::uuid and t.id = any (" + wanted +
                             "::uuid[])";
    const db::Rows rows = co_await ctx.tx.query(text, std::move(sql.params));
    std::unordered_map<Id, std::string> told;
    for (int i = 0; i < rows.size(); ++i) {
        Id id;
        db::read_cell(rows.text(i, kind.id_column), id);
        write_record(told[id], kind, rows, i);
    }
    co_return told;
}

}  // namespace ponte::records
