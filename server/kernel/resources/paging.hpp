// Pages of short lists that are no entity's.
#pragma once

#include <cstdint>

#include "kernel/http.hpp"
#include "kernel/json.hpp"

namespace ponte::resources {

struct Page {
    std::int64_t number = 1, limit = 20;
    std::int64_t offset() const { return (number - 1) * limit; }
};
Page page_of(const http::Request& request);  // throws 400 naming the parameter
Json page_json(Json data, const Page& page, std::int64_t total);

}  // namespace ponte::resources
