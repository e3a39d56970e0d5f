#include "kernel/imports/column_arrays.hpp"

#include "kernel/entities/expected_table.hpp"
#include "kernel/records/record.hpp"

namespace ponte::imports {

std::string_view element_type(Type type) {
    // An array of arrays would have to be as long everywhere, so they travel as text.
    const bool is_array = type == Type::choices || type == Type::tags;
    return is_array ? "text" : records::sql_type(type);
}

std::string_view cast_of(Type type) {
    return type == Type::choices ? "::text[]" : type == Type::tags ? "::uuid[]" : "";
}

db::Param cell_of(const Field& field, const Json& canonical, const Titles& titles) {
    return field.type == Type::tags ? db::Param(titles.ids_of(field, canonical))
                                    : records::param_of(field.type, canonical);
}

Json change_of(const Json& from, const Json& to) {
    return Json::object({{"from", from}, {"to", to}});
}

void ColumnArrays::add(std::string_view name, std::string_view type, ArrayText array) {
    params.push_back(std::move(array).param());
    places += (places.empty() ? "$" : ", $") + std::to_string(params.size()) +
              "::" + std::string(type) + "[]";
    names += (names.empty() ? "" : ", ") + std::string(name);
}

std::string ColumnArrays::from() const {
    return " from unnest(" + places + ") as x(" + names + ")";
}

}  // namespace ponte::imports
