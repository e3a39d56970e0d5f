// What follows from the declaration of an entity.
#include <algorithm>
#include <stdexcept>

#include "kernel/entities/catalogue.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {

const Field* Kind::field(std::string_view snake_name) const {
    for (const Field& f : entity->fields) {
        if (f.name == snake_name) {
            return &f;
        }
    }
    return nullptr;
}

const Field* Kind::field_by_json(std::string_view json_name) const {
    for (const Column& c : columns) {
        if (c.field && c.json_name == json_name) {
            return c.field;
        }
    }
    return nullptr;
}

const Link* Kind::link_by_json(std::string_view json_name) const {
    const auto found = std::find_if(links.begin(), links.end(),
                                    [&](const Link& link) { return link.json_name == json_name; });
    return found == links.end() ? nullptr : &*found;
}

const Parts* Kind::parts_by_name(std::string_view snake_name) const {
    const auto found =
        std::ranges::find(parts, snake_name, [](const Parts& one) { return one.field->name; });
    return found == parts.end() ? nullptr : &*found;
}

namespace {

// The linked records in their order, each as the JSON that `shown` makes of it.
std::string labels_sql(const Field& field, const Entity& target, const std::string& shown) {
    const std::string column = "t." + std::string(field.name);
    return "case when " + column + " = '{}' then '[]'::jsonb else (select coalesce(jsonb_agg(" +
           shown + " order by array_position(" + column + ", g.id)), '[]') from " +
           std::string(target.table) + " g where g.tenant_id = t.tenant_id and g.id = any (" +
           column + ") and g.deleted_at is null) end";
}

std::string titles_sql(const Field& field, const Entity& target) {
    return labels_sql(field, target, "g." + std::string(target.title));
}

std::string chips_sql(const Field& field, const Entity& target) {
    std::string shown = "jsonb_build_object('id', g.id, '" + camel_case(target.title) + "', g." +
                        std::string(target.title);
    for (const Field& other : target.fields) {
        if (other.name == "color") {
            shown += ", 'color', g.color";
        }
    }
    return labels_sql(field, target, shown + ")");
}

constexpr std::string_view tenant_of_lists = "$1::uuid";

Column fixed(std::string name, Type type, std::string sql) {
    return Column{nullptr, std::move(name), type, std::move(sql)};
}

void add_links(Kind& kind) {
    for (std::size_t i = 0; i < kind.columns.size(); ++i) {
        const Column& column = kind.columns[i];
        const Points points = field_type(column.type).points;
        if (points != Points::to_one && points != Points::to_file) {
            continue;
        }
        const Field by = user("created_by");
        const Field& field = column.field ? *column.field : by;
        kind.links.push_back({column.field, static_cast<int>(i), column.json_name,
                              linked_name(field), column.sql, field.target, nullptr,
                              points == Points::to_file});
    }
}

void complete_piece(Kind& piece) {
    piece.columns.push_back(fixed("id", Type::text, "p.id"));
    for (const Field& f : piece.entity->fields) {
        if (f.name != piece.entity->part_of) {
            piece.own_fields.push_back(f);
            piece.columns.push_back(
                Column{&f, camel_case(f.name), f.type, "p." + std::string(f.name)});
        }
    }
    add_links(piece);
}

// What is read of a kind in one go.
void list_columns(Kind& kind, const Catalogue& all) {
    for (const Column& column : kind.columns) {
        const std::string comma = kind.select_list.empty() ? "" : ", ";
        kind.select_list += comma + column.sql;
        const bool has_chips = field_type(column.type).points == Points::to_titles;
        kind.expanded_list +=
            comma + (has_chips ? chips_sql(*column.field, *all.get(column.field->target).entity)
                               : column.sql);
    }
}

// The log names labels by their titles; what each was called then, their history says.
void require_names(const Field& field, const Entity& labels) {
    if (labels.history != History::full) {
        throw std::logic_error(std::string(labels.name) + " needs its whole history: " +
                               std::string(field.name) + " is told by its titles");
    }
}

}  // namespace

// Links may point to what is declared later: people, or their own kind.
void Catalogue::point_links(Kind& kind) const {
    for (Link& link : kind.links) {
        const bool is_known = link.target || link.is_file;
        link.target = is_known ? link.target : find(link.target_name);
    }
}

// What is declared before what has it.
const Kind& Catalogue::declared_before(const Field& field, const Entity& entity) const {
    const Kind* target = find(field.target);
    if (!target) {
        throw std::logic_error("declare " + std::string(field.target) + " before " +
                               std::string(entity.name));
    }
    return *target;
}

// What follows from the fields.
void Catalogue::complete(Kind& kind) const {
    const Entity& entity = *kind.entity;
    if (entity.lives_inside) {
        complete_piece(kind);
        point_links(kind);
        return;
    }
    kind.columns.push_back(fixed("id", Type::text, "t.id"));
    for (const Field& f : entity.fields) {
        std::string sql = "t." + std::string(f.name);
        const Points points = field_type(f.type).points;
        if (points == Points::to_titles) {
            const Entity& labels = *declared_before(f, entity).entity;
            require_names(f, labels);
            sql = titles_sql(f, labels);
        } else if (points == Points::to_parts) {
            const Kind& piece = declared_before(f, entity);
            kind.parts.push_back(
                {&f, static_cast<int>(kind.columns.size()), camel_case(f.name), &piece});
            sql = parts_sql(piece);
        } else if (field_type(f.type).is_sealed) {
            sql = "case when " + sql + R"( is not null then '{"set":true}' end)";
        }
        kind.columns.push_back(Column{&f, camel_case(f.name), f.type, std::move(sql)});
    }
    if (entity.has_custom_fields) {
        std::string shown = "t.custom - " + deleted_keys_sql(entity.name, tenant_of_lists);
        kind.columns.push_back(fixed("customFields", Type::json, std::move(shown)));
    }
    kind.columns.push_back(fixed("createdAt", Type::datetime, "t.created_at"));
    kind.columns.push_back(fixed("updatedAt", Type::datetime, "t.updated_at"));
    kind.columns.push_back(fixed("createdBy", Type::user, "t.created_by"));
    kind.version_column = static_cast<int>(kind.columns.size());
    kind.columns.push_back(fixed("version", Type::integer, "t.version"));
    if (entity.can_be_deleted) {
        kind.deleted_column = static_cast<int>(kind.columns.size());
        kind.columns.push_back(fixed("deletedAt", Type::datetime, "t.deleted_at"));
    }
    list_columns(kind, *this);
    add_links(kind);
    point_links(kind);
}

}  // namespace ponte::records
