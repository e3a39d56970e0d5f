#include "kernel/entities/expected_table.hpp"

#include <algorithm>

#include "kernel/lists/list.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out.append(c == '\'' ? 2 : 1, c);
    }
    return out + "'";
}

std::string table_of(const Kind& kind) { return std::string(kind.entity->table); }

bool is_text(const Field& field) {
    return field_type(field.type).sql == "text" && !field_type(field.type).is_sealed;
}

bool is_choice(const Field& field) {
    return field_type(field.type).has_options && !field_type(field.type).is_list;
}

std::string default_of(const Field& field) {
    const FieldType& type = field_type(field.type);
    if (type.is_set()) {
        return "'{}'";
    }
    if (field.initial.empty()) {
        return {};
    }
    const bool is_bare = type.sent == Sent::integer || type.sent == Sent::decimal ||
                         type.sent == Sent::number || type.sent == Sent::boolean;
    return is_bare ? std::string(field.initial) : quoted(field.initial);
}

ExpectedColumn column_of(const Field& field) {
    ExpectedColumn column{
        std::string(field.name), std::string(field_type(field.type).sql), {}, true, &field};
    const std::string initial = default_of(field);
    column.is_nullable = !field.is_required && initial.empty();
    if (!column.is_nullable) {
        column.rest = "not null" + (initial.empty() ? "" : " default " + initial);
    }
    return column;
}

ExpectedColumn fixed(const char* name, const char* type, const char* rest) {
    return {name, type, rest, std::string_view(rest).find("not null") == std::string_view::npos,
            nullptr};
}

// All that is searched, as one text without accents.
std::string search_of(const Kind& kind) {
    std::string sum;
    for (const Field& field : kind.entity->fields) {
        if (!is_in_search_text(field)) {
            continue;
        }
        const std::string name(field.name);
        if (sum.empty()) {
            sum = field.is_required ? name : "coalesce(" + name + ", '')";
        } else {
            sum +=
                field.is_required ? " || ' ' || " + name : " || coalesce(' ' || " + name + ", '')";
        }
    }
    return sum.empty() ? "" : "generated always as (sort_key(" + sum + ")) stored";
}

std::string unless_deleted(const Kind& kind) {
    const Entity& entity = *kind.entity;
    return entity.can_be_deleted && !entity.lives_inside ? " where deleted_at is null" : "";
}

std::string without_alias(std::string sql) {
    for (std::size_t at = sql.find("t."); at != std::string::npos; at = sql.find("t.", at)) {
        const bool is_alias = at == 0 || sql[at - 1] == '(' || sql[at - 1] == ' ';
        if (is_alias) {
            sql.erase(at, 2);
        } else {
            at += 2;
        }
    }
    return sql;
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string column_lines(const std::vector<ExpectedColumn>& columns) {
    std::size_t name_width = 0, type_width = 0;
    for (const ExpectedColumn& column : columns) {
        name_width = std::max(name_width, column.name.size());
        type_width = std::max(type_width, column.type.size());
    }
    std::string lines;
    for (const ExpectedColumn& column : columns) {
        std::string line = "    " + padded(column.name, name_width) + " " +
                           padded(column.type, type_width) + " " + column.rest;
        line.resize(line.find_last_not_of(' ') + 1);
        lines += line + ",\n";
    }
    return lines;
}

// A record's page lists what points to it, the newest first.
std::string link_index_sql(const Kind& kind, const Field& field) {
    const std::string table = table_of(kind), name(field.name);
    if (field_type(field.type).points == Points::to_titles) {
        return "create index " + table + "_by_" + name + " on " + table +
               " using gin (tenant_id, " + name + ");\n";
    }
    const std::string begin =
        "create index " + table + "_by_" + name + " on " + table + " (tenant_id, " + name;
    if (kind.entity->lives_inside) {
        return field.name == kind.entity->part_of ? begin + ", position, id);\n"
               : is_linked(field)                 ? begin + ");\n"
                                                  : "";
    }
    return is_linked(field) ? begin + ", created_at, id)" + unless_deleted(kind) + ";\n" : "";
}

}  // namespace

std::vector<ExpectedColumn> expected_columns(const Kind& kind) {
    std::vector<ExpectedColumn> columns{
        fixed("tenant_id", "uuid", "not null default current_tenant()"),
        fixed("id", "uuid", "not null default new_id()")};
    for (const Field& field : kind.entity->fields) {
        if (has_column(field)) {
            columns.push_back(column_of(field));
        }
    }
    if (kind.entity->lives_inside) {
        columns.push_back(fixed("position", "bigint", "not null"));
        return columns;
    }
    if (kind.entity->has_custom_fields) {
        columns.push_back(fixed("custom", "jsonb", "not null default '{}'"));
    }
    if (const std::string search = search_of(kind); !search.empty()) {
        columns.push_back({"search", "text", search, true, nullptr});
    }
    columns.push_back(fixed("created_at", "timestamptz", "not null default now()"));
    columns.push_back(fixed("updated_at", "timestamptz", "not null default now()"));
    columns.push_back(fixed("created_by", "uuid", ""));
    columns.push_back(fixed("version", "bigint", "not null default 1"));
    if (kind.entity->can_be_deleted) {
        columns.push_back(fixed("deleted_at", "timestamptz", ""));
    }
    return columns;
}

std::vector<ExpectedPart> expected_constraints(const Catalogue& all, const Kind& kind,
                                               const Field& field) {
    std::vector<ExpectedPart> parts;
    const std::string name(field.name), prefix = table_of(kind) + "__" + name + "__";
    if (is_text(field) && !is_choice(field) && field.max != INT64_MAX) {
        parts.push_back({prefix + "too_long",
                         "check (char_length(" + name + ") <= " + std::to_string(field.max) + ")"});
    }
    if (is_choice(field)) {
        std::string options;
        for (const auto option : split_options(field.options)) {
            options += (options.empty() ? "" : ", ") + quoted(option);
        }
        parts.push_back({prefix + "not_an_option", "check (" + name + " in (" + options + "))"});
    }
    if (is_file(field.type)) {
        parts.push_back(
            {prefix + "not_found", "foreign key (tenant_id, " + name + ") references files"});
    }
    if (const Kind* target = is_linked(field) ? all.find(field.target) : nullptr) {
        const bool goes_along = kind.entity->lives_inside && field.name == kind.entity->part_of;
        parts.push_back({prefix + "not_found", "foreign key (tenant_id, " + name + ") references " +
                                                   table_of(*target) +
                                                   (goes_along ? " on delete cascade" : "")});
    }
    return parts;
}

ExpectedPart expected_unique(const Kind& kind, const Field& field) {
    const std::string name = table_of(kind) + "__" + std::string(field.name) + "__taken";
    // Names that look the same are the same; addresses differ by their accents.
    const std::string column(field.name);
    const std::string key = field.is_folded_sort ? "sort_key(" + column + ")"
                            : is_text(field)     ? "lower(" + column + ")"
                                                 : column;
    return {name, "unique index " + name + " on " + table_of(kind) + " (tenant_id, " + key + ")" +
                      unless_deleted(kind)};
}

ExpectedPart expected_index(const Kind& kind, const std::string& column, const std::string& order) {
    const std::string what = column == "created_at"   ? "creation"
                             : column == "updated_at" ? "change"
                                                      : column;
    const std::string name = table_of(kind) + "_by_" + what;
    // PostgreSQL answers an expression from its index alone only where the column stands there too.
    const std::string plain = without_alias(order);
    const std::string included = plain == column ? "" : " include (" + column + ")";
    return {name, "index " + name + " on " + table_of(kind) + " (tenant_id, " + plain + ", id)" +
                      included + unless_deleted(kind)};
}

std::string create_table_sql(const Catalogue& all, const Kind& kind) {
    const std::string table = table_of(kind);
    std::string sql = "create table " + table + " (\n" + column_lines(expected_columns(kind)) +
                      "\n    primary key (tenant_id, id)";
    std::string after;
    bool is_searched = false;
    for (const Field& field : kind.entity->fields) {
        for (const ExpectedPart& part : expected_constraints(all, kind, field)) {
            sql += ",\n    constraint " + part.name + "\n        " + part.sql;
        }
        if (field.is_unique) {
            after += "create " + expected_unique(kind, field).sql + ";\n";
        }
        after += link_index_sql(kind, field);
        is_searched = is_searched || is_in_search_text(field);
    }
    for (const Order& order : orders_of(kind)) {
        after +=
            "create " + expected_index(kind, snake_case(order.json_name), order.sql).sql + ";\n";
    }
    if (is_searched) {
        after += "create index " + table + "_by_fragment on " + table +
                 " using gin (tenant_id, search gin_trgm_ops);\n";
    }
    if (!kind.entity->counted_by.empty()) {
        after +=
            "call count_by('" + table + "', '" + std::string(kind.entity->counted_by) + "');\n";
    }
    return sql + "\n);\n" + after + "call isolate_tenant('" + table + "');\n";
}

}  // namespace ponte::records
