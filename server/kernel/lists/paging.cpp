#include "kernel/lists/paging.hpp"

#include <algorithm>
#include <charconv>

#include "kernel/error.hpp"
#include "kernel/records/input.hpp"

namespace ponte::records {
namespace {

constexpr std::int64_t most_per_page = 100, furthest_page = 100'000;

std::int64_t number_in(const http::Request& request, const char* name, std::int64_t fallback,
                       std::int64_t most) {
    const auto text = request.query_value(name);
    if (!text) {
        return fallback;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc{} || end != text->data() + text->size() || value < 1) {
        throw bad_parameter(name, "range");
    }
    return std::min(value, most);
}

}  // namespace

Page page_of(const http::Request& request) {
    return {number_in(request, "page", 1, furthest_page),
            number_in(request, "limit", 20, most_per_page)};
}

Json page_json(Json data, const Page& page, std::int64_t total) {
    return Json::object(
        {{"data", std::move(data)},
         {"pagination", Json::object({{"page", page.number},
                                      {"limit", page.limit},
                                      {"total", total},
                                      {"totalRelation", "eq"},
                                      {"totalPages", (total + page.limit - 1) / page.limit},
                                      {"nextCursor", Json{}}})}});
}

std::optional<std::string> option_of(const http::Request& request, const Field& choice) {
    const auto value = request.query_value(choice.name);
    if (!value || value->empty()) {
        return {};
    }
    Problems problems;
    checked(choice, *value, Locale{}, problems);
    if (!problems.empty()) {
        throw bad_parameter(std::string(choice.name), "not_an_option", problems.front().params);
    }
    return value;
}

}  // namespace ponte::records
