#include "kernel/lists/paging.hpp"

#include <algorithm>

namespace ponte::records {

Page page_of(const Ctx& ctx) {
    constexpr std::int64_t furthest_page = 100'000;
    return {std::min(ctx.asked.integer("page").value_or(1), furthest_page),
            ctx.asked.integer("limit").value_or(20)};
}

Json page_json(Json data, const Page& page, std::int64_t total, bool is_exact) {
    return Json::object(
        {{"data", std::move(data)},
         {"pagination", Json::object({{"page", page.number},
                                      {"limit", page.limit},
                                      {"total", total},
                                      {"totalRelation", is_exact ? "eq" : "gte"},
                                      {"totalPages", (total + page.limit - 1) / page.limit},
                                      {"nextCursor", Json{}}})}});
}

}  // namespace ponte::records
