// Pages of short lists that are no entity's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kernel/entity.hpp"
#include "kernel/http.hpp"
#include "kernel/json.hpp"

namespace ponte::records {

// As the documentation shows them; the query of such a list begins with these two.
constexpr Field page_parameter = integer("page").at_least(1).starts_as("1");
constexpr Field limit_parameter = integer("limit").between(1, 100).starts_as("20");

struct Page {
    std::int64_t number = 1, limit = 20;
    std::int64_t offset() const { return (number - 1) * limit; }
};
Page page_of(const http::Request& request);  // throws 400 naming the parameter
Json page_json(Json data, const Page& page, std::int64_t total);

// What one of the options of a choice is asked for by its name; throws 400 when it is none.
std::optional<std::string> option_of(const http::Request& request, const Field& choice);

}  // namespace ponte::records
