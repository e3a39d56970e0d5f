#include "kernel/resources/write.hpp"

#include "kernel/app.hpp"
#include "kernel/resources/record.hpp"

namespace ponte::resources {

Locale locale_of(const Ctx& ctx) {
    Locale locale;
    locale.timezone = ctx.who.timezone;
    return locale;
}

bool may(const Ctx& ctx, const Kind& kind, const Json& record, std::string_view action) {
    switch (ctx.reach(kind.resource, action)) {
        case Reach::all:
            return true;
        case Reach::none:
            return false;
        case Reach::own:
        case Reach::team:
            break;
    }
    // Reach `team` on a single record is decided by the list's SQL; here it means own as well.
    const std::string me = ctx.who.user.text();
    const bool is_owner =
        !kind.entity->owner.empty() && record[camel_case(kind.entity->owner)].as_string() == me;
    return is_owner || record["createdBy"].as_string() == me;
}

namespace {

Locked locked_row(const Kind& kind, const db::Rows& rows, int row) {
    Locked found;
    db::read_cell(rows.text(row, kind.id_column), found.id);
    db::read_cell(rows.text(row, kind.version_column), found.version);
    found.record = record_json(kind, rows, row);
    found.is_deleted = kind.deleted_column >= 0 && !rows.is_null(row, kind.deleted_column);
    return found;
}

// Reach `team`: the owner belongs to my team.
Task<bool> is_of_my_team(Ctx& ctx, const Kind& kind, const Json& record) {
    if (!ctx.who.team || kind.entity->owner.empty()) {
        co_return false;
    }
    const std::string owner = record[camel_case(kind.entity->owner)].as_string();
    if (owner.empty()) {
        co_return false;
    }
    const auto found = co_await ctx.tx.maybe<std::int64_t>(
        "select 1 from users where tenant_id = current_tenant() and id = $1 and team_id = $2",
        owner, *ctx.who.team);
    co_return found.has_value();
}

Task<bool> allowed(Ctx& ctx, const Kind& kind, const Json& record, std::string_view action) {
    if (may(ctx, kind, record, action)) {
        co_return true;
    }
    if (ctx.reach(kind.resource, action) != Reach::team) {
        co_return false;
    }
    const bool is_team = co_await is_of_my_team(ctx, kind, record);
    co_return is_team;
}

std::optional<Id> owner_of(const Kind& kind, const Json& record) {
    if (kind.entity->owner.empty()) {
        return {};
    }
    return Id::parse(record[camel_case(kind.entity->owner)].as_string());
}

void emit(Ctx& ctx, const Kind& kind, std::string_view past, const Id& id, std::int64_t version,
          std::optional<Id> owner, Json changes) {
    Event event;
    event.tenant = ctx.who.tenant;
    event.name = std::string(kind.entity->name) + "." + std::string(past);
    event.entity = kind.entity->name;
    event.entity_id = id;
    event.version = version;
    event.at = ctx.now;
    if (!ctx.who.is_system || !ctx.who.user.is_nil()) event.actor = ctx.who.user;
    event.owner = owner;
    event.operation = ctx.operation;
    event.changes = std::move(changes);
    event.request_id = ctx.request_id;
    // Records of a bulk are told as one message per batch, not one by one.
    db::Statement statement = event_statement(event, ctx.operation.has_value());
    ctx.tx.queue(std::move(statement.sql), std::move(statement.params));
    ctx.wrote_events = true;
}

// Titles that nobody has used yet become records of the target, with their own event.
void queue_new_titles(Ctx& ctx, const Kind& target, const Json& titles) {
    if (titles.items().empty()) {
        return;
    }
    const std::string table(target.entity->table), title(target.entity->title);
    std::vector<std::string> names;
    for (const Json& one : titles.items()) names.push_back(one.as_string());
    // bulk: one statement for a handful of names inside another record's write.
    ctx.tx.queue("insert into " + table + " (" + title + ", created_by) select distinct on (lower(n)) n, $2::uuid from unnest($1::text[]) n on conflict do nothing",
                 {names, ctx.who.user.is_nil() ? std::optional<Id>{} : std::optional<Id>(ctx.who.user)});
}

}  // namespace

Task<Locked> lock(Ctx& ctx, const Kind& kind, Id id, std::string_view action,
                  std::optional<std::int64_t> expected_version) {
    const db::Rows rows = co_await ctx.tx.query(kind.select_one + " for update of t", {id});
    if (rows.empty()) {
        throw not_found(kind.entity->name);
    }
    Locked found = locked_row(kind, rows, 0);
    const bool can_read = co_await allowed(ctx, kind, found.record, "read");
    if (!can_read || (found.is_deleted && action != "restore")) {
        throw not_found(kind.entity->name);
    }
    const bool can_act = co_await allowed(ctx, kind, found.record, action == "restore" ? "delete" : action);
    if (!can_act) {
        throw forbidden();
    }
    if (expected_version && *expected_version != found.version) {
        throw version_mismatch();
    }
    co_return found;
}

Task<std::vector<Locked>> lock_many(Ctx& ctx, const Kind& kind, const std::vector<Id>& ids) {
    const db::Rows rows = co_await ctx.tx.query(
        "select " + kind.select_list + " from " + std::string(kind.entity->table) +
            " t where t.tenant_id = current_tenant() and t.id = any ($1::uuid[]) order by t.id for update of t",
        {ids});
    std::vector<Locked> found;
    for (int i = 0; i < rows.size(); ++i) {
        found.push_back(locked_row(kind, rows, i));
    }
    co_return found;
}

Task<Values> accept(Ctx& ctx, const Kind& kind, const Json& body, Mode mode) {
    const auto facts = co_await ctx.app.entities().facts(ctx);
    std::vector<FieldProblem> problems;
    Values values = values_from_body(kind, *facts, body, mode, problems);
    canonicalise(kind, *facts, values, mode, true, locale_of(ctx), problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    co_return values;
}

Task<Id> insert(Ctx& ctx, const Kind& kind, Values values) {
    const Entity& entity = *kind.entity;
    if (entity.before_write) {
        co_await entity.before_write(ctx, values, nullptr);
    }
    const Id id = Id::make();
    const std::optional<Id> author = ctx.who.user.is_nil() ? std::optional<Id>{} : ctx.who.user;
    std::string columns = "id, created_by, created_at, updated_at";
    std::string places = "$1, $2, $3, $3";
    db::Params params{id, author, format_time(ctx.now)};
    Json changes = Json::object();
    for (const Field& field : entity.fields) {
        const Json* value = values.find(field.name);
        const Json canonical = value ? *value : Json{};
        const Kind* target = field.type == Type::tags ? &ctx.app.entities().get(field.target) : nullptr;
        if (target) {
            queue_new_titles(ctx, *target, canonical);
        }
        params.push_back(param_of(field.type, canonical));
        columns.append(", ").append(field.name);
        places += ", " + value_sql(field, target, static_cast<int>(params.size()));
        const bool is_empty = canonical.is_null() || (canonical.is_array() && canonical.items().empty());
        if (!is_empty) {
            changes.set(camel_case(field.name), Json::object({{"from", Json{}}, {"to", shown(field.type, canonical)}}));
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
    ctx.tx.queue("insert into " + std::string(entity.table) + " (" + columns + ") values (" + places + ")",
                 std::move(params));
    const Json* owner = entity.owner.empty() ? nullptr : values.find(entity.owner);
    emit(ctx, kind, "created", id, 1, owner ? Id::parse(owner->as_string()) : std::nullopt,
         std::move(changes));
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

void assign_custom(const Locked& before, const Json& patch, Assignments& out) {
    Json merged = before.record["customFields"];
    if (!merged.is_object()) merged = Json::object();
    bool is_changed = false;
    for (const auto& [key, value] : patch.members()) {
        const Json old = merged[key];
        if (old == value) continue;
        is_changed = true;
        out.changes.set("customFields." + key, Json::object({{"from", old}, {"to", value}}));
        if (value.is_null()) {
            merged.erase(key);
        } else {
            merged.set(key, value);
        }
    }
    if (is_changed) {
        out.params.push_back(db::Param(merged));
        out.sql += ", custom = $" + std::to_string(out.params.size()) + "::jsonb";
    }
}

}  // namespace

Task<Json> change(Ctx& ctx, const Kind& kind, const Locked& before, Values values) {
    const Entity& entity = *kind.entity;
    if (entity.before_write) {
        co_await entity.before_write(ctx, values, &before.record);
    }
    Assignments out;
    out.params = {before.id, format_time(ctx.now)};
    for (const Field& field : entity.fields) {
        const Json* value = values.find(field.name);
        if (!value) continue;
        const std::string name = camel_case(field.name);
        const Json to = shown(field.type, *value);
        const Json& from = before.record[name];
        if (from == to) continue;
        const Kind* target = field.type == Type::tags ? &ctx.app.entities().get(field.target) : nullptr;
        if (target) {
            queue_new_titles(ctx, *target, *value);
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
    ctx.tx.queue("update " + std::string(entity.table) + " set updated_at = $2, version = version + 1" +
                     out.sql + " where tenant_id = current_tenant() and id = $1",
                 std::move(out.params));
    const Json* owner = entity.owner.empty() ? nullptr : values.find(entity.owner);
    emit(ctx, kind, "updated", before.id, before.version + 1,
         owner ? Id::parse(owner->as_string()) : owner_of(kind, before.record), out.changes);
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
         owner_of(kind, before.record), Json::object());
}

}  // namespace ponte::resources

namespace ponte {

using namespace resources;

namespace {

// Our own code writes canonical or nearly canonical values; the rules are the same as for people,
// but nobody stands there to be asked for what a form would ask.
Task<Values> accept_ours(Ctx& ctx, const Kind& kind, Values values, Mode mode) {
    const auto facts = co_await ctx.app.entities().facts(ctx);
    std::vector<FieldProblem> problems;
    canonicalise(kind, *facts, values, mode, false, locale_of(ctx), problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    co_return values;
}

Task<Locked> lock_ours(Ctx& ctx, const Kind& kind, Id id, std::optional<std::int64_t> expected) {
    const std::vector<Id> ids{id};
    std::vector<Locked> found = co_await lock_many(ctx, kind, ids);
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
    const Id id = co_await resources::insert(*this, kind, std::move(accepted));
    co_return id;
}

Task<> Ctx::update(std::string_view entity, Id id, Values values,
                   std::optional<std::int64_t> expected_version) {
    const Kind& kind = app.entities().get(entity);
    Values accepted = co_await accept_ours(*this, kind, std::move(values), Mode::merge);
    const Locked before = co_await lock_ours(*this, kind, id, expected_version);
    co_await resources::change(*this, kind, before, std::move(accepted));
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
    const Locked before = co_await lock_ours(*this, kind, id, {});
    if (before.is_deleted) {
        mark_deleted(*this, kind, before, false);
    }
}

}  // namespace ponte
