#include "kernel/entities/catalogue.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "kernel/entities/totals.hpp"

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
    if (entity.lives_inside) {
        pieces_.push_back(std::move(kind));
    } else {
        by_route_[kind->route] = kind.get();
        for (const auto& alias : kind->aliases) {
            by_route_[alias] = kind.get();
        }
        kinds_.push_back(std::move(kind));
    }
    for (const auto* declared : {&kinds_, &pieces_}) {
        for (const auto& one : *declared) {
            point_links(*one);
        }
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

// Whose writes an answer about `kind` must follow: entities are named once each.
const std::vector<std::string_view>& Catalogue::told_of(const Kind& kind) const {
    const std::scoped_lock lock(mutex_);
    std::vector<std::string_view>& names = told_of_[kind.declared];
    if (!names.empty()) {
        return names;
    }
    std::set<std::string_view> found{kind.declared->entity->name, facts_entity, "user"};
    const auto add = [&](const Kind& one) {
        for (const Field& field : one.entity->fields) {
            const std::string_view target = field.target;
            if (!target.empty()) {
                found.insert(target);
            }
            if (field.is_total()) {
                found.insert(mover_of(*this, field));
            }
        }
    };
    add(*kind.declared);
    for (const Parts& parts : kind.declared->parts) {
        add(*parts.kind);
    }
    names.assign(found.begin(), found.end());
    return names;
}

std::uint64_t Catalogue::version(const Id& tenant, const Kind& kind) const {
    return versions_.of(tenant, told_of(kind));
}

void Catalogue::changed(const Id& tenant, std::span<const std::string_view> entities) {
    const bool is_known = !entities.empty() && std::ranges::all_of(entities, [&](auto entity) {
        return find(entity) != nullptr;
    });
    if (!is_known) {
        versions_.move_all(tenant);
        return;
    }
    for (const std::string_view entity : entities) {
        versions_.move(tenant, entity);
    }
}

void Catalogue::forget_facts(const Id& tenant) {
    const std::scoped_lock lock(mutex_);
    facts_.erase(tenant);
}

bool Catalogue::concerns(std::string_view entity) { return entity == facts_entity; }

void Catalogue::apply(const Event& event) {
    const std::string_view entity = event.entity;
    changed(event.tenant, std::span(&entity, 1));
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

constexpr std::array<std::string_view, 1> facts_alone{facts_entity};

Task<std::shared_ptr<const TenantFacts>> Catalogue::facts(Ctx& ctx) {
    const Id tenant = ctx.who.tenant;
    std::uint64_t seen = 0;
    {
        const std::scoped_lock lock(mutex_);
        const auto found = facts_.find(tenant);
        if (found != facts_.end()) {
            co_return found->second;
        }
        seen = versions_.of(tenant, facts_alone);
    }
    const db::Rows rows = co_await ctx.tx.query(
        "select id, entity, key, name, type, required, options, default_value, position "
        "from custom_fields where tenant_id = current_tenant() and deleted_at is null "
        "order by position, name");
    auto facts = facts_from(rows);
    const std::scoped_lock lock(mutex_);
    // Kept only when none was written meanwhile: a stale entry would never be forgotten.
    if (seen == versions_.of(tenant, facts_alone)) {
        facts_[tenant] = facts;
    }
    co_return facts;
}

}  // namespace ponte::records
