// How the fields of many records travel to the database: one array parameter a column.
#pragma once

#include <string>
#include <string_view>

#include "kernel/entity.hpp"
#include "kernel/records/array_text.hpp"

namespace ponte::records {

// The element type of the array that carries a column. An array cannot hold arrays of different
// lengths, so lists travel as text and are cast afterwards.
std::string_view element_type(Type type);
std::string list_cast(Type type);

// " from unnest($1::uuid[], $2::text[]) as x(id, c0)": grows with each column.
struct ColumnArrays {
    std::string places, names;
    db::Params params;

    void add(std::string_view name, std::string_view type, ArrayText array);
    std::string add(db::Param param);  // of all rows; its place: "$3"
    std::string from() const;
};

}  // namespace ponte::records
