#include "kernel/sweeping.hpp"

namespace ponte {

void enqueue_in(Ctx& ctx, const Id& tenant, std::string_view kind, const Json& args,
                const EnqueueOptions& options) {
    db::Statement statement = enqueue_statement(kind, args, tenant, options);
    ctx.tx.queue(std::move(statement.sql), std::move(statement.params));
    ctx.enqueued = true;
}

void enqueue_for_each(Ctx& ctx, const db::Rows& rows, std::string_view kind,
                      std::string_view about) {
    for (int row = 0; row < rows.size(); ++row) {
        Id tenant;
        db::read_cell(rows.text(row, 0), tenant);
        EnqueueOptions options;
        options.unique_key = rows.text(row, about.empty() ? 0 : 1);
        Json args = Json::object();
        if (!about.empty()) {
            args.set(std::string(about), rows.text(row, 1));
        }
        enqueue_in(ctx, tenant, kind, args, options);
    }
}

Task<> repeat_until_none(Ctx& ctx, std::string sql) {
    bool has_more = true;
    while (has_more) {
        const db::Rows rows = co_await ctx.tx.query(sql);
        has_more = !rows.empty();
        co_await ctx.tx.commit();
    }
}

}  // namespace ponte
