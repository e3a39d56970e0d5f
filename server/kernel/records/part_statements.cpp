#include "kernel/records/part_statements.hpp"

#include "kernel/records/column_arrays.hpp"
#include "kernel/records/record.hpp"

namespace ponte::records {
namespace {

struct Row {
    Id whole;
    const Json* part;
    std::size_t position;
};

struct Rows {
    std::vector<Id> wholes;
    std::vector<Row> rows;
};

Rows rows_of(const Changes& changes, const Parts& parts) {
    Rows found;
    for (const Change& change : changes.records) {
        const Json* given = change.values.find(parts.field->name);
        if (!given) {
            continue;
        }
        found.wholes.push_back(change.id);
        const auto& items = given->items();
        for (std::size_t i = 0; i < items.size(); ++i) {
            found.rows.push_back({change.id, &items[i], i});
        }
    }
    return found;
}

db::Statement gone_statement(const Kind& piece, const Rows& rows) {
    std::vector<Id> kept;
    for (const Row& row : rows.rows) {
        kept.push_back(Id::parse((*row.part)["id"].as_string()).value_or(Id{}));
    }
    const std::string table(piece.entity->table), whole(piece.entity->part_of);
    return {"delete from " + table + " p where p.tenant_id = current_tenant() and p." + whole +
                " = any ($1::uuid[]) and not p.id = any ($2::uuid[])",
            {rows.wholes, std::move(kept)}};
}

db::Statement kept_statement(const Kind& piece, const Rows& rows) {
    const Entity& entity = *piece.entity;
    const std::string table(entity.table), whole(entity.part_of);
    ColumnArrays arrays;
    ArrayText ids, wholes, positions;
    for (const Row& row : rows.rows) {
        ids.add((*row.part)["id"].as_string());
        wholes.add(row.whole.text());
        positions.add(std::to_string(row.position));
    }
    arrays.add("id", "uuid", std::move(ids));
    arrays.add("whole", "uuid", std::move(wholes));
    arrays.add("position", "bigint", std::move(positions));
    std::string columns, cells, sets = "position = excluded.position", ours = "p.position",
                                theirs = "excluded.position";
    for (const Column& column : piece.columns) {
        if (!column.field) {
            continue;
        }
        ArrayText values;
        for (const Row& row : rows.rows) {
            const Json& told = (*row.part)[column.json_name];
            values.add_cell(param_of(column.type, canonical(column.type, told, Locale{}).value));
        }
        const std::string name(column.field->name),
            cell = "c" + std::to_string(arrays.params.size());
        arrays.add(cell, element_type(column.type), std::move(values));
        columns += ", " + name;
        cells += ", x." + cell + list_cast(column.type);
        sets += ", " + name + " = excluded." + name;
        ours += ", p." + name;
        theirs += ", excluded." + name;
    }
    // The id of another record's part is never taken over.
    return {"insert into " + table + " as p (id, " + whole + ", position" + columns +
                ") select x.id, x.whole, x.position" + cells + arrays.from() +
                " on conflict (tenant_id, id) do update set " + sets + " where p." + whole +
                " = excluded." + whole + " and (" + ours + ") is distinct from (" + theirs + ")",
            std::move(arrays.params)};
}

}  // namespace

std::vector<db::Statement> part_statements(const Changes& changes) {
    std::vector<db::Statement> statements;
    for (const Parts& parts : changes.kind->parts) {
        const Rows rows = rows_of(changes, parts);
        if (!rows.wholes.empty() && changes.verb == Verb::update) {
            statements.push_back(gone_statement(*parts.kind, rows));
        }
        if (!rows.rows.empty()) {
            statements.push_back(kept_statement(*parts.kind, rows));
        }
    }
    return statements;
}

}  // namespace ponte::records
