// The list of a company's long work (imports, bulk operations): the newest first, in a state or in
// any, of everybody or of one author.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/ctx.hpp"
#include "kernel/lists/paging.hpp"
#include "kernel/records/input.hpp"

namespace ponte::records {

template <class Work>
struct WorkList {
    std::string_view table;
    std::string select;  // of every row of the company; a condition may follow
    Json (*to_json)(const Work&);
};

// Of a route that asks for a page and a state.
template <class Work>
Task<http::Response> list_work(Ctx& ctx, WorkList<Work> list, std::optional<Id> author) {
    const Page page = page_of(ctx);
    const auto state = ctx.asked.text("state");
    const std::string condition =
        " and ($1::uuid is null or created_by = $1::uuid) and ($2::text is null or state = $2)";
    const auto total =
        co_await ctx.tx.one<std::int64_t>("select count(*) from " + std::string(list.table) +
                                              " where tenant_id = current_tenant()" + condition,
                                          author, state);
    const auto rows = co_await ctx.tx.all<Work>(
        list.select + condition + " order by created_at desc, id desc limit $3 offset $4", author,
        state, page.limit, page.offset());
    Json data = Json::array();
    for (const Work& work : rows) {
        data.push(list.to_json(work));
    }
    co_return reply(200, page_json(std::move(data), page, total));
}

}  // namespace ponte::records
