#include "kernel/entities/totals.hpp"

#include <algorithm>

namespace ponte::records {
namespace {

struct Place {
    std::string_view entity, field;
};
// Of "note.contact_id".
Place place_of(std::string_view link) {
    const auto dot = link.find('.');
    return {link.substr(0, dot), link.substr(dot + 1)};
}

std::string in_sql(const Field& field) {
    const Total& total = field.total;
    std::string sql(field.name);
    switch (total.of) {
        case Total::Of::latest:
            sql += " latest " + std::string(total.field);
            break;
        case Total::Of::sum:
            sql += " sum " + std::string(total.field);
            break;
        default:
            sql += " count";
    }
    if (!total.when.empty()) {
        sql += " when " + std::string(total.when) + " " + std::string(total.value);
    }
    return sql;
}

const Kind* whole_of(const Catalogue& all, const Kind& piece) {
    const Field* link = piece.entity->lives_inside ? piece.field(piece.entity->part_of) : nullptr;
    return link ? all.find(link->target) : nullptr;
}

// Every record has these of itself.
bool is_moment_of_all(const Kind& child, std::string_view name) {
    return !child.entity->lives_inside && (name == "created_at" || name == "updated_at");
}

bool is_possible(const Kind& target, const Field& field, const Kind* child) {
    const Total& total = field.total;
    const Field* link = child ? child->field(place_of(total.link).field) : nullptr;
    if (!link || !is_linked(*link) || link->target != target.entity->name) {
        return false;
    }
    // Its events name whom they move; those of a whole do not name what its parts lead to.
    if (!link->is_about && !child->entity->lives_inside) {
        return false;
    }
    const Field* of = child->field(total.field);
    const bool has_value = total.field.empty() || (of && of->type == field.type) ||
                           (field.type == Type::datetime && is_moment_of_all(*child, total.field));
    const Field* when = child->field(total.when);
    const bool is_option =
        when && (when->type == Type::choice
                     ? is_one_of(when->options, total.value)
                     : when->type == Type::boolean && is_one_of("true | false", total.value));
    return has_value && (total.when.empty() || is_option);
}

std::string call_of(const std::string& target, const Kind& child, std::string_view link,
                    const std::vector<std::string>& totals, const Kind* whole) {
    std::string list;
    for (const std::string& total : totals) {
        list += (list.empty() ? "\n    '" : ",\n    '") + total + "'";
    }
    std::string sql = "call keep_totals('" + target + "', '" + std::string(child.entity->table) +
                      "', '" + std::string(link) + "', array[" + list + "]";
    if (whole) {
        sql += ",\n    '" + std::string(whole->entity->table) + "', '" +
               std::string(child.entity->part_of) + "'";
    }
    return sql + ");\n";
}

KeptTotals kept(const Catalogue& all, const Kind& kind, std::string_view link) {
    const std::string target(kind.entity->table), name(link);
    const Place place = place_of(link);
    const Kind* child = all.find(place.entity);
    KeptTotals found;
    std::vector<std::string> totals;
    for (const Field& field : kind.entity->fields) {
        if (!field.is_total() || field.total.link != link) {
            continue;
        }
        totals.push_back(in_sql(field));
        if (!is_possible(kind, field, child)) {
            found.wrong = target + "." + totals.back() + " cannot be: see " + name;
        }
    }
    if (!found.wrong.empty()) {
        return found;
    }
    const Kind* whole = whole_of(all, *child);
    if (whole && !whole->entity->can_be_deleted) {
        whole = nullptr;
    }
    found.tables = {std::string(child->entity->table)};
    if (whole) {
        found.tables.push_back(std::string(whole->entity->table));
    }
    found.kept = target + ": ";
    for (const std::string& total : totals) {
        found.kept += (&total == totals.data() ? "" : ", ") + total;
    }
    found.triggers = whole ? 4 : 3;
    found.told = target + " keeps no totals of " + name;
    found.sql = call_of(target, *child, place.field, totals, whole);
    return found;
}

}  // namespace

std::vector<KeptTotals> totals_of(const Catalogue& all, const Kind& kind) {
    std::vector<std::string_view> links;
    std::vector<KeptTotals> found;
    for (const Field& field : kind.entity->fields) {
        const bool is_new =
            field.is_total() && std::ranges::find(links, field.total.link) == links.end();
        if (is_new) {
            links.push_back(field.total.link);
            found.push_back(kept(all, kind, field.total.link));
        }
    }
    return found;
}

std::string_view mover_of(const Catalogue& all, const Field& total) {
    const Kind& child = all.get(place_of(total.total.link).entity);
    const Kind* whole = whole_of(all, child);
    return whole ? whole->entity->name : child.entity->name;
}

}  // namespace ponte::records
