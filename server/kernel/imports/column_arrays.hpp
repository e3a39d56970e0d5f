// How the fields of many records travel to the database: one array parameter a column.
#pragma once

#include <string>
#include <string_view>

#include "kernel/entity.hpp"
#include "kernel/imports/titles.hpp"
#include "kernel/records/array_text.hpp"

namespace ponte::imports {

using records::ArrayText;

// The element type of the array that carries a column. An array cannot hold arrays of different
// lengths, so lists travel as text and are cast afterwards.
std::string_view element_type(Type type);
std::string_view cast_of(Type type);
db::Param cell_of(const Field& field, const Json& canonical, const Titles& titles);
Json change_of(const Json& from, const Json& to);  // {"from": …, "to": …}

// " from unnest($1::uuid[], $2::text[]) as x(id, c0)": grows with each column.
struct ColumnArrays {
    std::string places, names;
    db::Params params;

    void add(std::string_view name, std::string_view type, ArrayText array);
    std::string from() const;
};

}  // namespace ponte::imports
