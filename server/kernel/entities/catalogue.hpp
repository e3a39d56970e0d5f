// What the program knows of its entities: the declarations, the SQL that follows from them, and
// what each tenant adds (custom fields). Declarations are fixed at start; tenants' facts are cached
// and forgotten when they change.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/entities/link.hpp"
#include "kernel/entities/parts.hpp"
#include "kernel/entities/versions.hpp"
#include "kernel/entity.hpp"
#include "kernel/events.hpp"

namespace ponte::records {

struct CustomField {
    Id id;
    std::string key, name;
    Type type = Type::text;
    bool is_required = false;
    std::vector<std::string> options;
    Json initial;  // canonical; null: none
    int position = 0;
};

// The entity whose records are these fields.
constexpr std::string_view facts_entity = "custom_field";

struct TenantFacts {
    std::map<std::string, std::vector<CustomField>, std::less<>> custom_fields;  // by entity
    const std::vector<CustomField>& of(std::string_view entity) const;
};

// One output column of an entity: where it stands in the select list and how it is written.
struct Column {
    const Field* field = nullptr;  // null for id, version, times
    std::string json_name;
    Type type = Type::text;
    std::string sql;  // expression over alias t
};

// A declared entity with what follows from it.
struct Kind {
    const Entity* entity = nullptr;
    std::string route, resource;       // "custom-fields", "custom_fields"
    std::vector<std::string> aliases;  // more routes
    std::vector<Column> columns;       // in the order of the JSON object
    std::string select_list;           // "t.id, t.name, …"; $1 is the tenant
    std::string expanded_list;         // the same with tags as objects: what a chip needs
    std::vector<Link> links;           // in the order of their columns
    std::vector<Parts> parts;          // likewise
    int id_column = 0, version_column = 0, deleted_column = -1;

    // Of what somebody sees of an entity: the whole of it, and what is different.
    const Kind* declared = this;
    std::vector<std::string> withheld;                // JSON names: not there
    std::vector<std::string> guarded;                 // there, but read-only
    std::vector<std::string_view> field_permissions;  // of the declaration: each once
    Entity own_entity;
    std::vector<Field> own_fields;  // of what lives inside: those that people speak of

    Kind() = default;
    Kind(const Kind&) = delete;
    Kind& operator=(const Kind&) = delete;

    const Field* field(std::string_view snake_name) const;
    const Field* field_by_json(std::string_view json_name) const;
    const Link* link_by_json(std::string_view json_name) const;  // "contact", not "contactId"
    const Parts* parts_by_name(std::string_view snake_name) const;
    // Of a record as it is shown (records/shown.hpp): its columns, then one for each link.
    int shown_columns() const { return static_cast<int>(columns.size() + links.size()); }
};

class Catalogue {
public:
    void add(const Entity& entity);
    const Kind* find(std::string_view entity_name) const;
    const Kind& get(std::string_view entity_name) const;  // our own mistake when absent: throws 500
    const Kind* by_route(std::string_view route) const;
    // The entity as its reader sees it: without the fields that are not for them, and with those
    // that they may not change as read-only. Whatever answers or takes input works with this one,
    // whatever writes with the declared one.
    const Kind& seen(const Kind& kind, const Principal& who) const;
    // Those with a life of their own.
    const std::vector<std::unique_ptr<Kind>>& all() const { return kinds_; }
    // Those that live inside others.
    const std::vector<std::unique_ptr<Kind>>& pieces() const { return pieces_; }
    std::string_view resource_of(
        std::string_view entity_name) const;  // "contacts"; empty when unknown

    Task<std::shared_ptr<const TenantFacts>> facts(Ctx& ctx);

    // A counter that moves with every write of what an answer about the entity may tell: its
    // records, what their links name, what their totals count, who may see them. What is kept of
    // such answers holds while it stands.
    std::uint64_t version(const Id& tenant, const Kind& kind) const;
    // After a commit that wrote records of these entities; of none: of whatever.
    void changed(const Id& tenant, std::span<const std::string_view> entities);
    void forget_facts(const Id& tenant);
    static bool concerns(std::string_view entity);
    void apply(const Event& event);  // what any node has written, from the feed

private:
    void complete(Kind& kind) const;
    void point_links(Kind& kind) const;
    const Kind& declared_before(const Field& field, const Entity& entity) const;
    std::unique_ptr<Kind> reduced(const Kind& declared, const Principal& who) const;
    const std::vector<std::string_view>& told_of(const Kind& kind) const;

    std::vector<std::unique_ptr<Kind>> kinds_, pieces_;
    mutable std::map<std::pair<const Kind*, std::string>, std::unique_ptr<Kind>> seen_;
    std::unordered_map<std::string, const Kind*> by_name_, by_route_;
    mutable std::mutex mutex_;
    Versions versions_;
    mutable std::unordered_map<const Kind*, std::vector<std::string_view>> told_of_;
    std::unordered_map<Id, std::shared_ptr<const TenantFacts>> facts_;
};

// The keys of an entity's deleted custom fields, each after `prefix`, as an array in SQL: their
// values stay in the records for the day on which the field is restored, and are shown to nobody.
// Row security does not bind every reader, so the statement's own word for the company is given.
std::string deleted_keys_sql(std::string_view entity_name, std::string_view tenant,
                             std::string_view prefix = {});

// The changes of an event, in SQL, as somebody may read them who sees `kind`: without fields that
// are not for them, nor custom ones that are deleted now.
std::string shown_changes(const std::string& changes, const Kind& kind);

std::vector<std::string_view> split_options(std::string_view options);  // "a | b" → a, b

}  // namespace ponte::records
