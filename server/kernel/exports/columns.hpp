// The columns of an export: which there are for a reader, and what stands in them.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "kernel/entities/catalogue.hpp"
#include "kernel/exports/cell.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::exports {

struct Column {
    std::string name, label;  // "email", "customFields.plano"
    const FieldType* type = nullptr;
    int cell = 0;    // of a page's rows; of the company's own fields, where all of them stand
    int title = -1;  // where it is told what a link points to
    std::string custom_key;
    std::string_view target;  // of a custom field that points: the entity
    bool is_usual = true;     // part of an export that names no columns
    std::vector<std::pair<std::string, std::string>> options;  // as they are kept, as they are said
};
using Columns = std::vector<Column>;

// All that the reader may see, in the order of their forms. No secrets, no parts.
Columns columns_of(const Ctx& ctx, const records::Kind& seen, const records::TenantFacts& facts);

// The usual ones, or those of these names, in their order.
Columns usual(Columns all);
Columns named(const Columns& all, const Json& names);

// What custom fields of some rows point to: by id, what it is called.
using Called = std::unordered_map<std::string, std::string>;
Task<Called> called_in(Ctx& ctx, const Columns& columns, db::Rows rows);

using Cells = std::vector<Cell>;
Cells cells_of(const Columns& columns, const db::Rows& rows, int row, const Called& called,
               const Writing& how);

}  // namespace ponte::exports
