// The table that a declaration asks for, in the form of the house's migrations.
#pragma once

#include <string>
#include <vector>

#include "kernel/entities/catalogue.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {

struct ExpectedColumn {
    std::string name, type;  // "timestamptz"
    std::string rest;        // "not null default now()"
    bool is_nullable = true;
    const Field* field = nullptr;  // null: every entity has it
};

// A constraint or an index; `sql` is the whole of it, to stand in a table or behind `create`.
struct ExpectedPart {
    std::string name, sql;
};

// Part of the column `search`. What a link points to is searched there, a number compared.
inline bool is_in_search_text(const Field& field) {
    return field.is_searchable && field_type(field.type).searched == Searched::its_text;
}
inline bool has_column(const Field& field) { return field_type(field.type).has_column(); }
std::vector<ExpectedColumn> expected_columns(const Kind& kind);
// Of one field: lengths, options, the record that a link points to.
std::vector<ExpectedPart> expected_constraints(const Catalogue& all, const Kind& kind,
                                               const Field& field);
ExpectedPart expected_unique(const Kind& kind, const Field& field);

// `order` is an expression over the table's columns, as lists sort by it.
ExpectedPart expected_index(const Kind& kind, const std::string& column, const std::string& order);
std::string create_table_sql(const Catalogue& all, const Kind& kind);

}  // namespace ponte::records
