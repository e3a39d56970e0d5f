// Rows as JSON and values as parameters: the two translations between the table and the API.
#pragma once

#include <string>

#include "kernel/entities/catalogue.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {

// Appends one row of `shown_list` (shown.hpp) as the API's object.
void write_record(std::string& out, const Kind& kind, const db::Rows& rows, int row);
// A row as a tree, for what must look inside: of `kind.select_list` without the titles of links, of
// `shown_list` with them.
enum class Linked { left_out, told };
Json record_json(const Kind& kind, const db::Rows& rows, int row, Linked linked);

// A canonical value as it is shown: money in units instead of cents.
Json shown(Type type, const Json& canonical);
// Whether two shown values mean the same: sets have no order, titles no case, objects no order.
bool same_value(Type type, const Json& one, const Json& other);
bool same_value(Sameness sameness, const Json& one, const Json& other);
// A canonical value as a parameter.
db::Param param_of(Type type, const Json& canonical);

// "2026-11-24 12:00:00.5+00" → 2026-11-24T12:00:00.500Z, appended without quotes.
void append_time(std::string& out, std::string_view database_text);

}  // namespace ponte::records
