// Pages of short lists that are no entity's.
#pragma once

#include <cstdint>

#include "kernel/ctx.hpp"
#include "kernel/entity.hpp"
#include "kernel/json.hpp"

namespace ponte::records {

// The query of such a list begins with these two.
constexpr Field page_parameter = integer("page").at_least(1).starts_as("1");
constexpr Field limit_parameter = integer("limit").between(1, 100).starts_as("20");

struct Page {
    std::int64_t number = 1, limit = 20;
    std::int64_t offset() const { return (number - 1) * limit; }
};
// The page that is asked for, of a route that asks for the two above.
Page page_of(const Ctx& ctx);
// `is_exact`: the total is no more than that, not only at least that.
Json page_json(Json data, const Page& page, std::int64_t total, bool is_exact = true);

}  // namespace ponte::records
