#include "kernel/entities/link.hpp"

#include "kernel/entities/catalogue.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

// Of a record that is called by a long text, the beginning.
constexpr std::string_view longest_title = "120";

std::string title_of(const Kind& kind) {
    const std::string title = "g." + std::string(kind.entity->title);
    const Field* field = kind.field(kind.entity->title);
    const bool is_long = field && field_type(field->type).is_large;
    return is_long ? "left(" + title + ", " + std::string(longest_title) + ")" : title + "::text";
}

}  // namespace

std::string linked_name(const Field& field) {
    constexpr std::string_view id = "_id";
    std::string name(field.name);
    if (field.name.ends_with(id)) {
        name.resize(name.size() - id.size());
    } else {
        name.append("_").append(field.target);
    }
    return camel_case(name);
}

std::string linked_sql(const Kind& target, const std::string& tenant, const std::string& id,
                       const std::string& reach) {
    std::string told = "coalesce(to_json(" + title_of(target) + ")::text, 'null')";
    if (target.field("color")) {
        told += " || ',\"color\":' || coalesce(to_json(g.color)::text, 'null')";
    }
    if (const Field* photo = target.field("photo_id"); photo && is_file(photo->type)) {
        told +=
            " || case when g.photo_id is null then '' else ',\"photo\":\"' || g.photo_id || "
            "'\"' end";
    }
    if (target.entity->can_be_deleted) {
        told += " || case when g.deleted_at is null then '' else ',\"deleted\":true' end";
    }
    return "(select " + told + " from " + std::string(target.entity->table) +
           " g where g.tenant_id = " + tenant + " and g.id = " + id +
           (reach.empty() ? "" : " and " + reach) + ")";
}

std::string filed_sql(const std::string& tenant, const std::string& id) {
    return "(select to_json(g.name)::text || ',\"size\":' || g.size || ',\"type\":' || "
           "to_json(g.type)::text from files g where g.tenant_id = " +
           tenant + " and g.id = " + id + ")";
}

void append_linked(std::string& out, std::string_view called, std::string_view id,
                   std::string_view told) {
    out += "{\"id\":";
    append_json_string(out, id);
    out.append(",\"").append(called).append("\":");
    out.append(told.empty() ? "null" : told).append("}");
}

}  // namespace ponte::records
