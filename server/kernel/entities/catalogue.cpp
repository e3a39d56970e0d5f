#include "kernel/entities/catalogue.hpp"

#include <algorithm>
#include <stdexcept>

namespace ponte::records {

std::vector<std::string_view> split_options(std::string_view options) {
    std::vector<std::string_view> parts;
    while (!options.empty()) {
        const auto bar = options.find('|');
        auto part = options.substr(0, bar);
        while (part.starts_with(' ')) {
            part.remove_prefix(1);
        }
        while (part.ends_with(' ')) {
            part.remove_suffix(1);
        }
        if (!part.empty()) {
            parts.push_back(part);
        }
        options = bar == std::string_view::npos ? std::string_view{} : options.substr(bar + 1);
    }
    return parts;
}

std::string deleted_keys_sql(std::string_view entity_name, std::string_view tenant,
                             std::string_view prefix) {
    return "array(select '" + std::string(prefix) +
           "' || f.key from custom_fields f where f.tenant_id = " + std::string(tenant) +
           " and f.entity = '" + std::string(entity_name) + "' and f.deleted_at is not null)";
}

std::string shown_changes(const std::string& changes, const Kind& kind) {
    std::string shown = changes;
    if (kind.entity->has_custom_fields) {
        shown += " - " + deleted_keys_sql(kind.entity->name, "current_tenant()", "customFields.");
    }
    for (const std::string& name : kind.withheld) {
        shown += " - '" + name + "'";  // of a declaration: camelCase letters
    }
    return shown;
}

const std::vector<CustomField>& TenantFacts::of(std::string_view entity) const {
    static const std::vector<CustomField> none;
    const auto found = custom_fields.find(entity);
    return found == custom_fields.end() ? none : found->second;
}

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
        if (column.type != Type::link && column.type != Type::user) {
            continue;
        }
        const Field by = user("created_by");
        const Field& field = column.field ? *column.field : by;
        kind.links.push_back({column.field, static_cast<int>(i), column.json_name,
                              linked_name(field), column.sql, field.target, nullptr});
    }
}

// Links may point to what is declared later: people, or their own kind.
void point_links(Kind& kind, const Catalogue& all) {
    for (Link& link : kind.links) {
        link.target = link.target ? link.target : all.find(link.target_name);
    }
}

}  // namespace

// What follows from the fields.
void Catalogue::complete(Kind& kind) const {
    const Entity& entity = *kind.entity;
    kind.columns.push_back(fixed("id", Type::text, "t.id"));
    for (const Field& f : entity.fields) {
        std::string sql = "t." + std::string(f.name);
        if (f.type == Type::tags) {
            const Kind* target = find(f.target);
            if (!target) {
                throw std::logic_error("declare " + std::string(f.target) + " before " +
                                       std::string(entity.name));
            }
            sql = titles_sql(f, *target->entity);
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
    for (const Column& column : kind.columns) {
        const bool is_first = kind.select_list.empty();
        const bool is_linked = column.type == Type::tags;
        kind.select_list += (is_first ? "" : ", ") + column.sql;
        kind.expanded_list +=
            (is_first ? "" : ", ") +
            (is_linked ? chips_sql(*column.field, *get(column.field->target).entity) : column.sql);
    }
    add_links(kind);
    point_links(kind, *this);
}

void Catalogue::add(const Entity& entity) {
    auto kind = std::make_unique<Kind>();
    kind->entity = &entity;
    kind->resource = entity.table;
    kind->route = entity.route.empty() ? std::string(entity.table) : std::string(entity.route);
    if (entity.route.empty()) {
        for (char& c : kind->route) {
            c = c == '_' ? '-' : c;
        }
    }
    for (const auto alias : split_options(entity.aliases)) {
        kind->aliases.emplace_back(alias);
    }
    for (const Field& f : entity.fields) {
        for (const std::string_view permission : {f.seen_with, f.changed_with}) {
            auto& known = kind->field_permissions;
            if (!permission.empty() &&
                std::find(known.begin(), known.end(), permission) == known.end()) {
                known.push_back(permission);
            }
        }
    }
    complete(*kind);
    by_name_[std::string(entity.name)] = kind.get();
    by_route_[kind->route] = kind.get();
    for (const auto& alias : kind->aliases) {
        by_route_[alias] = kind.get();
    }
    kinds_.push_back(std::move(kind));
    for (const auto& one : kinds_) {
        point_links(*one, *this);
    }
}

std::unique_ptr<Kind> Catalogue::reduced(const Kind& declared, const Principal& who) const {
    auto kind = std::make_unique<Kind>();
    kind->declared = &declared;
    kind->resource = declared.resource;
    kind->route = declared.route;
    kind->aliases = declared.aliases;
    const auto lacks = [&](std::string_view permission) {
        return !permission.empty() && !who.permissions.allows(permission);
    };
    for (const Field& f : declared.entity->fields) {
        if (lacks(f.seen_with)) {
            kind->withheld.push_back(camel_case(f.name));
            continue;
        }
        kind->own_fields.push_back(f);
        if (lacks(f.changed_with) && !f.is_read_only) {
            kind->own_fields.back().is_read_only = true;
            kind->guarded.push_back(camel_case(f.name));
        }
    }
    kind->own_entity = *declared.entity;
    kind->own_entity.fields = kind->own_fields;
    kind->entity = &kind->own_entity;
    complete(*kind);
    return kind;
}

const Kind& Catalogue::seen(const Kind& kind, const Principal& who) const {
    const Kind& declared = *kind.declared;
    if (declared.field_permissions.empty() || who.is_system) {
        return declared;
    }
    std::string has;
    for (const std::string_view permission : declared.field_permissions) {
        has.push_back(who.permissions.allows(permission) ? '1' : '0');
    }
    if (has.find('0') == has.npos) {
        return declared;
    }
    const std::scoped_lock lock(mutex_);
    auto& kept = seen_[{&declared, std::move(has)}];
    if (!kept) {
        kept = reduced(declared, who);
    }
    return *kept;
}

const Kind* Catalogue::find(std::string_view entity_name) const {
    const auto found = by_name_.find(std::string(entity_name));
    return found == by_name_.end() ? nullptr : found->second;
}

const Kind& Catalogue::get(std::string_view entity_name) const {
    const Kind* kind = find(entity_name);
    if (!kind) {
        throw std::logic_error("no entity is named " + std::string(entity_name));
    }
    return *kind;
}

const Kind* Catalogue::by_route(std::string_view route) const {
    const auto found = by_route_.find(std::string(route));
    return found == by_route_.end() ? nullptr : found->second;
}

std::string_view Catalogue::resource_of(std::string_view entity_name) const {
    const Kind* kind = find(entity_name);
    return kind ? std::string_view(kind->resource) : std::string_view{};
}

std::uint64_t Catalogue::version(const Id& tenant) const {
    const std::scoped_lock lock(mutex_);
    const auto found = versions_.find(tenant);
    return found == versions_.end() ? 0 : found->second;
}

void Catalogue::changed(const Id& tenant) {
    const std::scoped_lock lock(mutex_);
    ++versions_[tenant];
}

void Catalogue::forget_facts(const Id& tenant) {
    const std::scoped_lock lock(mutex_);
    facts_.erase(tenant);
}

bool Catalogue::concerns(std::string_view entity) { return entity == facts_entity; }

void Catalogue::apply(const Event& event) {
    changed(event.tenant);
    if (concerns(event.entity)) {
        forget_facts(event.tenant);
    }
}

namespace {

struct CustomFieldRow {
    Id id;
    std::string entity, key, name, type;
    bool required = false;
    Json options, default_value;
    int position = 0;
};
FIELDS(CustomFieldRow, id, entity, key, name, type, required, options, default_value, position);

std::shared_ptr<const TenantFacts> facts_from(const db::Rows& rows) {
    auto facts = std::make_shared<TenantFacts>();
    for (int i = 0; i < rows.size(); ++i) {
        auto row = db::read_row<CustomFieldRow>(rows, i);
        CustomField field;
        field.id = row.id;
        field.key = std::move(row.key);
        field.name = std::move(row.name);
        field.type = parse_type(row.type).value_or(Type::text);
        field.is_required = row.required;
        for (const Json& option : row.options.items()) {
            field.options.push_back(option.as_string());
        }
        // Stored as it is shown, so that screens and programs read what they wrote.
        field.initial = canonical(field.type, row.default_value, Locale{}).value;
        field.position = row.position;
        facts->custom_fields[row.entity].push_back(std::move(field));
    }
    return facts;
}

}  // namespace

Task<std::shared_ptr<const TenantFacts>> Catalogue::facts(Ctx& ctx) {
    const Id tenant = ctx.who.tenant;
    std::uint64_t seen = 0;
    {
        const std::scoped_lock lock(mutex_);
        const auto found = facts_.find(tenant);
        if (found != facts_.end()) {
            co_return found->second;
        }
        const auto version = versions_.find(tenant);
        seen = version == versions_.end() ? 0 : version->second;
    }
    const db::Rows rows = co_await ctx.tx.query(
        "select id, entity, key, name, type, required, options, default_value, position "
        "from custom_fields where tenant_id = current_tenant() and deleted_at is null "
        "order by position, name");
    auto facts = facts_from(rows);
    const std::scoped_lock lock(mutex_);
    const auto version = versions_.find(tenant);
    // Kept only when nothing was written meanwhile: a stale entry would never be forgotten.
    if (seen == (version == versions_.end() ? 0 : version->second)) {
        facts_[tenant] = facts;
    }
    co_return facts;
}

}  // namespace ponte::records
