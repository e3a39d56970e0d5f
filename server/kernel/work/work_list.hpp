// The list of a company's long work (imports, bulk operations): the newest first, in a state or in
// any, of everybody or of one author, or only what was asked for by one API key.
#pragma once

#include <optional>
#include <string>

#include "kernel/lists/paging.hpp"
#include "kernel/records/input.hpp"
#include "kernel/work/row.hpp"

namespace ponte::work {

// Of a route that asks for a page and a state.
template <class R>
Task<http::Response> list_work(Ctx& ctx, std::optional<Id> author, std::optional<Id> key = {}) {
    const records::Page page = records::page_of(ctx);
    const auto state = ctx.asked.text("state");
    const std::string condition =
        " and ($1::uuid is null or created_by = $1::uuid) and ($2::text is null or state = $2) "
        "and ($3::uuid is null or asker_key_id = $3::uuid)";
    const auto total =
        co_await ctx.tx.one<std::int64_t>("select count(*) from " + std::string(R::table.name) +
                                              " where tenant_id = current_tenant()" + condition,
                                          author, state, key);
    const auto rows = co_await ctx.tx.all<R>(
        select_of<R>() + condition + " order by created_at desc, id desc limit $4 offset $5",
        author, state, key, page.limit, page.offset());
    Json data = Json::array();
    for (const R& row : rows) {
        data.push(row.shown(ctx));
    }
    co_return reply(200, records::page_json(std::move(data), page, total));
}

}  // namespace ponte::work
