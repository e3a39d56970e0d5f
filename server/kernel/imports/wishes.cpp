#include "kernel/imports/wishes.hpp"

namespace ponte::imports {
namespace {

constexpr std::size_t most_fixes = 1'000, longest_value = 100'000;

}  // namespace

void Wishes::mend(std::uint64_t row, CsvRecord& record) const {
    const auto found = fixes.find(row);
    if (found != fixes.end()) {
        for (const Fix& fix : found->second) {
            record.replace(fix.column, fix.value);
        }
    }
}

Wishes read_wishes(const Json& fixes, bool takes_summaries, std::size_t width,
                   std::vector<FieldProblem>& problems) {
    Wishes wishes;
    wishes.takes_summaries = takes_summaries;
    if (fixes.items().size() > most_fixes) {
        problems.push_back({"fixes", "too_many", Json::object(), {}});
        return wishes;
    }
    for (const Json& fix : fixes.items()) {
        const std::int64_t row = fix["row"].as_integer(), column = fix["column"].as_integer();
        const std::string value = fix["value"].as_string();
        const bool is_known = fix["row"].is_integer() && fix["column"].is_integer() && row > 0 &&
                              column >= 0 && static_cast<std::size_t>(column) < width;
        if (!is_known || !fix["value"].is_string() || value.size() > longest_value) {
            problems.push_back({"fixes", "format", Json::object(), {}});
            return wishes;
        }
        wishes.fixes[static_cast<std::uint64_t>(row)].push_back(
            {static_cast<std::size_t>(column), value});
    }
    return wishes;
}

Json wishes_json(const Wishes& wishes) {
    Json fixes = Json::array();
    for (const auto& [row, list] : wishes.fixes) {
        for (const Wishes::Fix& fix : list) {
            fixes.push(Json::object({{"row", static_cast<std::int64_t>(row)},
                                     {"column", static_cast<std::int64_t>(fix.column)},
                                     {"value", fix.value}}));
        }
    }
    return Json::object({{"fixes", std::move(fixes)}, {"summaries", wishes.takes_summaries}});
}

Wishes wishes_from(const Json& stored) {
    constexpr std::size_t any_width = SIZE_MAX;
    std::vector<FieldProblem> none;
    return read_wishes(stored["fixes"], stored["summaries"].as_bool(), any_width, none);
}

}  // namespace ponte::imports
