#include "kernel/entities/parts.hpp"

#include <algorithm>

#include "kernel/entities/catalogue.hpp"
#include "kernel/records/record.hpp"

namespace ponte::records {
namespace {

std::string told_sql(const Column& column) {
    const Around around = field_type(column.type).in_parts;
    return std::string(around.before) + column.sql + std::string(around.after);
}

const Link* link_at(const Kind& piece, std::size_t column) {
    const auto found = std::ranges::find(piece.links, static_cast<int>(column), &Link::column);
    return found == piece.links.end() ? nullptr : &*found;
}

std::string linked_sql(const Link& link, const std::string& title) {
    return "case when " + link.sql + " is not null then ('{\"id\":\"' || " + link.sql +
           " || '\",\"title\":' || coalesce(" + title + ", 'null') || '}')::json end";
}

}  // namespace

std::string parts_sql(const Kind& piece, const std::function<std::string(const Link&)>& title_of) {
    std::string members;
    const auto add = [&](const std::string& name, const std::string& sql) {
        members += (members.empty() ? "'" : ", '") + name + "', " + sql;
    };
    for (std::size_t i = 0; i < piece.columns.size(); ++i) {
        const Column& column = piece.columns[i];
        add(column.json_name, told_sql(column));
        const Link* link = title_of ? link_at(piece, i) : nullptr;
        if (link) {
            add(link->json_name, linked_sql(*link, title_of(*link)));
        }
    }
    const std::string table(piece.entity->table);
    return "(select coalesce(json_agg(json_build_object(" + members +
           ") order by p.position, p.id), '[]') from " + table +
           " p where p.tenant_id = t.tenant_id and p." + std::string(piece.entity->part_of) +
           " = t.id)";
}

const Json* part_with(const Json& parts, std::string_view id) {
    const auto& all = parts.items();
    const auto found =
        std::ranges::find_if(all, [&](const Json& part) { return part["id"].as_string() == id; });
    return found == all.end() ? nullptr : &*found;
}

Values values_of_part(const Kind& piece, const Json& part) {
    Values values;
    for (const Column& column : piece.columns) {
        const Json* told = column.field ? part.find(column.json_name) : nullptr;
        if (told) {
            values.set(column.field->name, canonical(column.type, *told, Locale{}).value);
        }
    }
    return values;
}

Json part_of_values(const Kind& piece, const Json& id, const Values& values) {
    Json part = Json::object({{"id", id}});
    for (const Column& column : piece.columns) {
        if (column.field) {
            const Json* value = values.find(column.field->name);
            part.set(column.json_name, value ? shown(column.type, *value) : Json{});
        }
    }
    return part;
}

}  // namespace ponte::records
