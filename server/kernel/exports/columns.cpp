#include "kernel/exports/columns.hpp"

#include <algorithm>
#include <set>

#include "kernel/db/budgets.hpp"
#include "kernel/entities/meta.hpp"
#include "kernel/records/reach.hpp"
#include "kernel/services.hpp"

namespace ponte::exports {
namespace {

using records::Kind;

int title_of(const Kind& seen, int column) {
    const auto link = std::ranges::find(seen.links, column, &records::Link::column);
    return link == seen.links.end()
               ? -1
               : static_cast<int>(seen.columns.size() + (link - seen.links.begin()));
}

Column declared_column(const Ctx& ctx, const Kind& seen, int place) {
    const records::Column& one = seen.columns[static_cast<std::size_t>(place)];
    Column column;
    column.name = one.json_name;
    column.type = &field_type(one.type);
    column.cell = place;
    column.title = title_of(seen, place);
    const std::string name = one.field ? std::string(one.field->name) : snake_case(one.json_name);
    column.label = records::field_label(ctx, seen, name);
    column.is_usual = one.field ? !one.field->is_hidden : place != seen.id_column;
    if (one.field) {
        for (const auto option : records::split_options(one.field->options)) {
            column.options.emplace_back(option,
                                        records::option_label(ctx, seen, *one.field, option));
        }
    }
    return column;
}

Column custom_column(const records::CustomField& custom, int place) {
    Column column;
    column.name = "customFields." + custom.key;
    column.label = custom.name;
    column.type = &field_type(custom.type);
    column.cell = place;
    column.custom_key = custom.key;
    column.target = column.type->target;
    return column;
}

// "createdBy" comes last, and nobody reads a version.
bool is_told(const Kind& seen, int place) {
    const records::Column& one = seen.columns[static_cast<std::size_t>(place)];
    return !is_structured(one.type) && place != seen.version_column && place != seen.deleted_column;
}

std::string joined(const std::vector<std::string>& items) {
    std::string out;
    for (const std::string& item : items) {
        out += (out.empty() ? "" : ", ") + item;
    }
    return out;
}

std::vector<std::string> texts_in(const Json& list) {
    std::vector<std::string> texts;
    for (const Json& item : list.items()) {
        texts.push_back(item.as_string());
    }
    return texts;
}

std::string said(const Column& column, std::string_view value) {
    for (const auto& [kept, label] : column.options) {
        if (kept == value) {
            return label;
        }
    }
    return std::string(value);
}

std::string all_said(const Column& column, std::vector<std::string> values) {
    for (std::string& value : values) {
        value = said(column, value);
    }
    return joined(values);
}

// `told` is what follows `"title":` of a link (entities/link.hpp); nothing where that is not for
// the reader.
std::string title_in(std::string_view told) {
    if (told.empty()) {
        return {};
    }
    const Json title = Json::parse("{\"title\":" + std::string(told) + "}")["title"];
    return title.is_string() ? title.as_string() : std::string{};
}

Cell declared_cell(const Column& column, const db::Rows& rows, int row, const Writing& how) {
    if (rows.is_null(row, column.cell)) {
        return {};
    }
    const std::string_view text = rows.text(row, column.cell);
    if (column.title >= 0) {
        return text_cell(title_in(rows.text(row, column.title)));
    }
    if (column.type->points == Points::to_titles) {
        return text_cell(joined(texts_in(Json::parse(text))));
    }
    if (column.type->written == Written::list) {
        std::vector<std::string> values;
        db::read_cell(text, values);
        return text_cell(all_said(column, std::move(values)));
    }
    return column.options.empty() ? cell_of(column.type->type, text, how)
                                  : text_cell(said(column, text));
}

Cell custom_cell(const Column& column, const Json& custom, const Called& called,
                 const Writing& how) {
    const Json* value = custom.find(column.custom_key);
    if (!value || value->is_null()) {
        return {};
    }
    if (!column.target.empty()) {
        const auto found = called.find(value->as_string());
        return text_cell(found == called.end() ? std::string{} : found->second);
    }
    return value->is_array() ? text_cell(joined(texts_in(*value)))
                             : cell_of(column.type->type, *value, how);
}

// One statement for all that some custom fields of a page name.
db::Statement titles_statement(const Ctx& ctx, const Column& column, std::vector<Id> ids) {
    records::Sql sql;
    sql.add(ctx.who.tenant);
    const std::string wanted = sql.add(std::move(ids)) + "::uuid[]";
    std::string told = "null";
    if (column.type->points == Points::to_file) {
        told = records::filed_sql("$1::uuid", "x.id");
    } else if (const Kind* target = ctx.services.entities().find(column.target)) {
        const std::string reach =
            records::reach_sql(ctx, *target, "read", sql, "g", records::Bin::included);
        told = records::linked_sql(*target, "$1::uuid", "x.id", reach);
    }
    return {
        "select x.id, " + told + " from unnest(" + wanted + ") x(id) where $1::uuid is not null",
        std::move(sql.params)};
}

std::vector<Id> named_ids(const Column& column, const db::Rows& rows) {
    std::set<Id> ids;
    for (int row = 0; row < rows.size(); ++row) {
        if (!rows.is_null(row, column.cell)) {
            const Json custom = Json::parse(rows.text(row, column.cell));
            if (const auto id = Id::parse(custom[column.custom_key].as_string())) {
                ids.insert(*id);
            }
        }
    }
    return {ids.begin(), ids.end()};
}

}  // namespace

Columns columns_of(const Ctx& ctx, const Kind& seen, const records::TenantFacts& facts) {
    Columns out;
    for (int place = 0; place < static_cast<int>(seen.columns.size()); ++place) {
        if (seen.columns[static_cast<std::size_t>(place)].json_name == "customFields") {
            for (const records::CustomField& custom : facts.of(seen.entity->name)) {
                if (!is_structured(custom.type)) {
                    out.push_back(custom_column(custom, place));
                }
            }
        } else if (is_told(seen, place)) {
            out.push_back(declared_column(ctx, seen, place));
        }
    }
    return out;
}

Columns usual(Columns all) {
    std::erase_if(all, [](const Column& column) { return !column.is_usual; });
    return all;
}

Columns named(const Columns& all, const Json& names) {
    Columns out;
    for (const Json& name : names.items()) {
        const auto found = std::ranges::find(all, name.as_string(), &Column::name);
        if (found != all.end()) {
            out.push_back(*found);
        }
    }
    return out;
}

Task<Called> called_in(Ctx& ctx, const Columns& columns, db::Rows rows) {
    std::vector<db::Statement> unit;
    for (const Column& column : columns) {
        if (!column.custom_key.empty() && !column.target.empty()) {
            unit.push_back(titles_statement(ctx, column, named_ids(column, rows)));
        }
    }
    Called called;
    if (unit.empty()) {
        co_return called;
    }
    const db::Scope scope{db::Role::app, ctx.who.tenant};
    const auto answers =
        co_await ctx.services.database().run(ctx.loop, scope, std::move(unit), db::for_reading);
    for (const db::Rows& answer : answers) {
        for (int row = 0; row < answer.size(); ++row) {
            called[std::string(answer.text(row, 0))] = title_in(answer.text(row, 1));
        }
    }
    co_return called;
}

Cells cells_of(const Columns& columns, const db::Rows& rows, int row, const Called& called,
               const Writing& how) {
    Cells cells;
    cells.reserve(columns.size());
    std::optional<Json> custom;
    for (const Column& column : columns) {
        if (column.custom_key.empty()) {
            cells.push_back(declared_cell(column, rows, row, how));
            continue;
        }
        if (!custom) {
            const bool has_any = !rows.is_null(row, column.cell);
            custom = has_any ? Json::parse(rows.text(row, column.cell)) : Json::object();
        }
        cells.push_back(custom_cell(column, *custom, called, how));
    }
    return cells;
}

}  // namespace ponte::exports
