#include "kernel/records/column_arrays.hpp"

#include "kernel/values/field_type.hpp"

namespace ponte::records {

std::string_view element_type(Type type) {
    return field_type(type).is_set() ? "text" : field_type(type).sql;
}

std::string list_cast(Type type) {
    return field_type(type).is_set() ? "::" + std::string(field_type(type).sql) : "";
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
