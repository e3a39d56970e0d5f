#include "kernel/records/column_arrays.hpp"

#include "kernel/entities/expected_table.hpp"

namespace ponte::records {

std::string_view element_type(Type type) {
    const bool is_list = type == Type::choices || type == Type::tags;
    return is_list ? "text" : sql_type(type);
}

std::string_view cast_of(Type type) {
    return type == Type::choices ? "::text[]" : type == Type::tags ? "::uuid[]" : "";
}

void ColumnArrays::add(std::string_view name, std::string_view type, ArrayText array) {
    const std::string place = add(std::move(array).param());
    places += (places.empty() ? "" : ", ") + place + "::" + std::string(type) + "[]";
    names += (names.empty() ? "" : ", ") + std::string(name);
}

std::string ColumnArrays::add(db::Param param) {
    params.push_back(std::move(param));
    return "$" + std::to_string(params.size());
}

std::string ColumnArrays::from() const {
    return " from unnest(" + places + ") as x(" + names + ")";
}

}  // namespace ponte::records
