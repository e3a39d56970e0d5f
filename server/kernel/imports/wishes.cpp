#include "kernel/imports/wishes.hpp"

namespace ponte::imports {
namespace {

constexpr std::size_t most_fixes = 1'000, most_rows_named = 1'000, longest_value = 100'000;

}  // namespace

void Wishes::mend(std::uint64_t row, CsvRecord& record) const {
    const auto found = fixes.find(row);
    if (found != fixes.end()) {
        for (const Fix& fix : found->second) {
            record.replace(fix.column, fix.value);
        }
    }
}

bool Wishes::takes_summary(std::uint64_t row) const {
    return takes_summaries || summaries.contains(row);
}

Wishes read_wishes(const Json& fixes, std::size_t width, Problems& problems) {
    Wishes wishes;
    if (!fixes.is_null() && !fixes.is_array()) {
        problems.push_back({"fixes", "format", Json::object(), {}});
        return wishes;
    }
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

Json fixes_json(const Wishes& wishes) {
    Json fixes = Json::array();
    for (const auto& [row, list] : wishes.fixes) {
        for (const Wishes::Fix& fix : list) {
            fixes.push(Json::object({{"row", static_cast<std::int64_t>(row)},
                                     {"column", static_cast<std::int64_t>(fix.column)},
                                     {"value", fix.value}}));
        }
    }
    return fixes;
}

std::set<std::uint64_t> read_rows(const char* field, const Json& rows, Problems& problems) {
    std::set<std::uint64_t> numbers;
    if (!rows.is_null() && !rows.is_array()) {
        problems.push_back({field, "format", Json::object(), {}});
        return numbers;
    }
    if (rows.items().size() > most_rows_named) {
        problems.push_back({field, "too_many", Json::object(), {}});
        return numbers;
    }
    for (const Json& row : rows.items()) {
        if (!row.is_integer() || row.as_integer() < 1) {
            problems.push_back({field, "format", Json::object(), {}});
            return {};
        }
        numbers.insert(static_cast<std::uint64_t>(row.as_integer()));
    }
    return numbers;
}

Json rows_json(const std::set<std::uint64_t>& rows) {
    Json out = Json::array();
    for (const std::uint64_t row : rows) {
        out.push(static_cast<std::int64_t>(row));
    }
    return out;
}

Json wishes_json(const Wishes& wishes) {
    return Json::object({{"fixes", fixes_json(wishes)},
                         {"summaries", wishes.takes_summaries},
                         {"summaryRows", rows_json(wishes.summaries)}});
}

Wishes wishes_from(const Json& stored) {
    constexpr std::size_t any_width = SIZE_MAX;
    Problems none;
    Wishes wishes = read_wishes(stored["fixes"], any_width, none);
    wishes.takes_summaries = stored["summaries"].as_bool();
    wishes.summaries = read_rows("summaryRows", stored["summaryRows"], none);
    return wishes;
}

}  // namespace ponte::imports
