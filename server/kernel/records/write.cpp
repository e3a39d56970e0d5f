#include "kernel/records/write.hpp"

#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/entities/standing.hpp"
#include "kernel/records/field_rights.hpp"
#include "kernel/records/new_titles.hpp"
#include "kernel/records/record.hpp"

namespace ponte::records {

Locale locale_of(const Ctx& ctx) {
    Locale locale;
    locale.timezone = ctx.who.timezone;
    return locale;
}

std::optional<Id> owner_of(const Kind& kind, const Json& record) {
    if (kind.entity->owner.empty()) {
        return {};
    }
    return Id::parse(record[camel_case(kind.entity->owner)].as_string());
}

namespace {

// Who is told of an event: whose the record is and who made it.
struct Holders {
    std::optional<Id> owner, author;
};

Holders holders_of(const Kind& kind, const Locked& locked) {
    const bool is_part = !kind.entity->part_of.empty();
    return {is_part ? locked.whole_owner : owner_of(kind, locked.record),
            Id::parse(locked.record["createdBy"].as_string())};
}

void emit(Ctx& ctx, const Kind& kind, std::string_view past, const Id& id, std::int64_t version,
          const Holders& holders, Json changes) {
    Event event;
    event.tenant = ctx.who.tenant;
    event.name = std::string(kind.entity->name) + "." + std::string(past);
    event.entity = kind.entity->name;
    event.entity_id = id;
    event.version = version;
    event.at = ctx.now;
    if (!ctx.who.is_system || !ctx.who.user.is_nil()) {
        event.actor = ctx.who.user;
    }
    event.owner = holders.owner;
    event.author = holders.author;
    event.operation = ctx.operation;
    event.changes = std::move(changes);
    event.request_id = ctx.request_id;
    // Records of a bulk are told as one message per batch, not one by one.
    db::Statement statement = event_statement(event, ctx.operation.has_value());
    ctx.tx.queue(std::move(statement.sql), std::move(statement.params));
    ctx.wrote_events = true;
    ctx.heed(event);
}

}  // namespace

Task<Values> accept(Ctx& ctx, const Kind& kind, const Json& body, Mode mode, const Json* before) {
    const Kind& seen = ctx.app.entities().seen(kind, ctx.who);
    const auto facts = co_await ctx.app.entities().facts(ctx);
    Problems problems;
    refuse_guarded(seen, body, before, problems);
    Values values = values_from_body(seen, *facts, body, mode, problems);
    const TenantFacts& rules = *facts;
    const TenantFacts kept = before ? with_values_of(rules, kind, *before) : TenantFacts{};
    // A new record is whole, also in what its author does not see.
    const Kind& filled = mode == Mode::create ? *seen.declared : seen;
    canonicalise(filled, before ? kept : rules, values, mode, true, locale_of(ctx), problems);
    co_await check_people(ctx, kind, rules, values, before, problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    co_return values;
}

Task<Id> insert(Ctx& ctx, const Kind& seen, Values values) {
    const Kind& kind = *seen.declared;
    const Entity& entity = *kind.entity;
    if (entity.before_write) {
        co_await entity.before_write(ctx, values, nullptr);
    }
    Holders holders;
    holders.author = ctx.who.user.is_nil() ? std::optional<Id>{} : ctx.who.user;
    if (!entity.part_of.empty()) {
        holders.owner = co_await owner_of_whole(ctx, kind, values);
    } else if (const Json* owner = entity.owner.empty() ? nullptr : values.find(entity.owner)) {
        holders.owner = Id::parse(owner->as_string());
    }
    const Id id = Id::make();
    std::string columns = "id, created_by, created_at, updated_at";
    std::string places = "$1, $2, $3, $3";
    db::Params params{id, holders.author, format_time(ctx.now)};
    Json changes = Json::object();
    for (const Field& field : entity.fields) {
        const Json* value = values.find(field.name);
        const Json canonical = value ? *value : Json{};
        const Kind* target =
            field.type == Type::tags ? &ctx.app.entities().get(field.target) : nullptr;
        if (target) {
            const Json none;
            co_await settle_titles(ctx, field, *target, canonical, none);
        }
        params.push_back(param_of(field.type, canonical));
        columns.append(", ").append(field.name);
        places += ", " + value_sql(field, target, static_cast<int>(params.size()));
        const bool is_empty =
            canonical.is_null() || (canonical.is_array() && canonical.items().empty());
        if (!is_empty) {
            changes.set(camel_case(field.name),
                        Json::object({{"from", Json{}}, {"to", shown(field.type, canonical)}}));
        }
    }
    if (entity.has_custom_fields) {
        const Json* custom = values.find("custom");
        params.push_back(db::Param(custom ? *custom : Json::object()));
        columns += ", custom";
        places += ", $" + std::to_string(params.size()) + "::jsonb";
        if (custom) {
            for (const auto& [key, value] : custom->members()) {
                changes.set("customFields." + key, Json::object({{"from", Json{}}, {"to", value}}));
            }
        }
    }
    ctx.tx.queue(
        "insert into " + std::string(entity.table) + " (" + columns + ") values (" + places + ")",
        std::move(params));
    emit(ctx, kind, "created", id, 1, holders, std::move(changes));
    if (entity.after_write) {
        co_await entity.after_write(ctx, id, values, nullptr);
    }
    co_return id;
}

namespace {

struct Assignments {
    std::string sql;
    db::Params params;
    Json changes = Json::object();
};

// Only what changes is written: values of deleted fields, which no record shows, stay in it.
void assign_custom(const Locked& before, const Json& patch, Assignments& out) {
    const Json& known = before.record["customFields"];
    Json changed = Json::object();
    for (const auto& [key, value] : patch.members()) {
        const Json& old = known[key];
        if (old == value) {
            continue;
        }
        changed.set(key, value);
        out.changes.set("customFields." + key, Json::object({{"from", old}, {"to", value}}));
    }
    if (!changed.members().empty()) {
        out.params.push_back(db::Param(changed));
        out.sql += ", custom = jsonb_strip_nulls(custom || $" + std::to_string(out.params.size()) +
                   "::jsonb)";
    }
}

}  // namespace

Task<Json> change(Ctx& ctx, const Kind& seen, const Locked& before, Values values) {
    const Kind& kind = *seen.declared;
    const Entity& entity = *kind.entity;
    if (entity.before_write) {
        co_await entity.before_write(ctx, values, &before.record);
    }
    Assignments out;
    out.params = {before.id, format_time(ctx.now)};
    for (const Field& field : entity.fields) {
        const Json* value = values.find(field.name);
        if (!value) {
            continue;
        }
        const std::string name = camel_case(field.name);
        const Json to = shown(field.type, *value);
        const Json& from = before.record[name];
        if (same_value(field.type, from, to)) {
            continue;
        }
        const Kind* target =
            field.type == Type::tags ? &ctx.app.entities().get(field.target) : nullptr;
        if (target) {
            co_await settle_titles(ctx, field, *target, *value, from);
        }
        out.params.push_back(param_of(field.type, *value));
        out.sql += ", " + std::string(field.name) + " = " +
                   value_sql(field, target, static_cast<int>(out.params.size()));
        out.changes.set(name, Json::object({{"from", from}, {"to", to}}));
    }
    if (const Json* custom = entity.has_custom_fields ? values.find("custom") : nullptr) {
        assign_custom(before, *custom, out);
    }
    if (out.changes.members().empty()) {
        co_return out.changes;
    }
    ctx.tx.queue("update " + std::string(entity.table) +
                     " set updated_at = $2, version = version + 1" + out.sql +
                     " where tenant_id = current_tenant() and id = $1",
                 std::move(out.params));
    Holders holders = holders_of(kind, before);
    if (const Json* owner = entity.owner.empty() ? nullptr : values.find(entity.owner)) {
        holders.owner = Id::parse(owner->as_string());
    }
    emit(ctx, kind, "updated", before.id, before.version + 1, holders, out.changes);
    if (entity.after_write) {
        co_await entity.after_write(ctx, before.id, values, &before.record);
    }
    co_return out.changes;
}

void mark_deleted(Ctx& ctx, const Kind& kind, const Locked& before, bool is_deleted) {
    ctx.tx.queue("update " + std::string(kind.entity->table) +
                     " set deleted_at = $2, updated_at = $3, version = version + 1 "
                     "where tenant_id = current_tenant() and id = $1",
                 {before.id, is_deleted ? db::Param(format_time(ctx.now)) : db::Param(),
                  format_time(ctx.now)});
    emit(ctx, kind, is_deleted ? "deleted" : "restored", before.id, before.version + 1,
         holders_of(kind, before), Json::object());
}

void mark_many_deleted(Ctx& ctx, const Kind& kind, const std::vector<Id>& ids, bool is_deleted) {
    if (ids.empty()) {
        return;
    }
    // bulk: the records of one batch, each with its own event
    ctx.tx.queue(
        "update " + std::string(kind.entity->table) +
            " set deleted_at = $2::timestamptz, updated_at = $3::timestamptz, "
            "version = version + 1 "
            "where tenant_id = current_tenant() and id = any ($1::uuid[])",
        {ids, is_deleted ? db::Param(format_time(ctx.now)) : db::Param(), format_time(ctx.now)});
}

}  // namespace ponte::records

namespace ponte {

using namespace records;

namespace {

// Our own code writes canonical or nearly canonical values; the rules are the same as for people,
// but nobody stands there to be asked for what a form would ask.
Task<Values> accept_ours(Ctx& ctx, const Kind& kind, Values values, Mode mode) {
    const auto facts = co_await ctx.app.entities().facts(ctx);
    Problems problems;
    canonicalise(kind, *facts, values, mode, false, locale_of(ctx), problems);
    co_await check_people(ctx, kind, *facts, values, nullptr, problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    co_return values;
}

Task<Locked> lock_ours(Ctx& ctx, const Kind& kind, Id id,
                       std::optional<std::int64_t> expected = {}) {
    std::vector<Id> ids{id};
    std::vector<Locked> found = co_await lock_many(ctx, kind, std::move(ids));
    if (found.empty()) {
        throw not_found(kind.entity->name);
    }
    if (expected && *expected != found.front().version) {
        throw version_mismatch();
    }
    co_return std::move(found.front());
}

}  // namespace

Task<Id> Ctx::create(std::string_view entity, Values values) {
    const Kind& kind = app.entities().get(entity);
    Values accepted = co_await accept_ours(*this, kind, std::move(values), Mode::create);
    const Id id = co_await records::insert(*this, kind, std::move(accepted));
    co_return id;
}

Task<> Ctx::update(std::string_view entity, Id id, Values values,
                   std::optional<std::int64_t> expected_version) {
    const Kind& kind = app.entities().get(entity);
    Values accepted = co_await accept_ours(*this, kind, std::move(values), Mode::merge);
    const Locked before = co_await lock_ours(*this, kind, id, expected_version);
    co_await records::change(*this, kind, before, std::move(accepted));
}

Task<> Ctx::remove(std::string_view entity, Id id, std::optional<std::int64_t> expected_version) {
    const Kind& kind = app.entities().get(entity);
    const Locked before = co_await lock_ours(*this, kind, id, expected_version);
    if (!before.is_deleted) {
        mark_deleted(*this, kind, before, true);
    }
}

Task<> Ctx::restore(std::string_view entity, Id id) {
    const Kind& kind = app.entities().get(entity);
    const Locked before = co_await lock_ours(*this, kind, id);
    if (before.is_deleted) {
        mark_deleted(*this, kind, before, false);
    }
}

}  // namespace ponte
