#include "kernel/imports/records.hpp"

#include <algorithm>

#include "kernel/imports/array_text.hpp"
#include "kernel/imports/bulk_events.hpp"
#include "kernel/resources/record.hpp"

namespace ponte::imports {
namespace {

using resources::Kind;
using resources::Locked;
using resources::shown;

constexpr std::string_view custom_column = "custom";

// The element type of the array that carries a column. An array cannot hold arrays of different
// lengths, so lists travel as text and are cast afterwards.
std::string_view element_type(Type type) {
    switch (type) {
        case Type::integer:
        case Type::money:
            return "bigint";
        case Type::number:
            return "numeric";
        case Type::boolean:
            return "boolean";
        case Type::date:
            return "date";
        case Type::datetime:
            return "timestamptz";
        case Type::link:
        case Type::user:
            return "uuid";
        case Type::json:
            return "jsonb";
        default:
            return "text";
    }
}

std::string_view cast_of(Type type) {
    return type == Type::choices ? "::text[]" : type == Type::tags ? "::uuid[]" : "";
}

db::Param cell_of(const Field& field, const Json& canonical, const Titles& titles) {
    return field.type == Type::tags ? db::Param(titles.ids_of(field, canonical))
                                    : resources::param_of(field.type, canonical);
}

// "unnest($3::uuid[], $4::text[]) as x(id, c0)": grows with each column.
struct Arrays {
    std::string places, names;
    db::Params params;

    void add(std::string_view name, std::string_view type, ArrayText array) {
        params.push_back(std::move(array).param());
        places += (places.empty() ? "$" : ", $") + std::to_string(params.size()) + "::" + std::string(type) + "[]";
        names += (names.empty() ? "" : ", ") + std::string(name);
    }
    std::string from() const { return " from unnest(" + places + ") as x(" + names + ")"; }
};

Json change_of(const Json& from, const Json& to) { return Json::object({{"from", from}, {"to", to}}); }

bool is_empty(const Json& value) { return value.is_null() || (value.is_array() && value.items().empty()); }

Json changes_of_new(const Kind& kind, const Values& values) {
    Json changes = Json::object();
    for (const auto& [name, value] : values.list) {
        if (name == custom_column) {
            for (const auto& [key, one] : value.members()) {
                changes.set("customFields." + key, change_of(Json{}, one));
            }
        } else if (const Field* field = kind.field(name); field && !is_empty(value)) {
            changes.set(camel_case(name), change_of(Json{}, shown(field->type, value)));
        }
    }
    return changes;
}

std::optional<Id> owner_in(const Kind& kind, const Values& values) {
    const Json* owner = kind.entity->owner.empty() ? nullptr : values.find(kind.entity->owner);
    return owner ? Id::parse(owner->as_string()) : std::nullopt;
}

// Fields that at least one of the new records fills.
std::vector<const Field*> filled_fields(const Kind& kind, const std::vector<NewRecord>& records) {
    std::vector<const Field*> fields;
    for (const Field& field : kind.entity->fields) {
        const bool is_filled = std::any_of(records.begin(), records.end(), [&](const NewRecord& record) {
            const Json* value = record.values.find(field.name);
            return value && !is_empty(*value);
        });
        if (is_filled) {
            fields.push_back(&field);
        }
    }
    return fields;
}

}  // namespace

void queue_created(Ctx& ctx, const Plan& plan, const Titles& titles, const std::vector<NewRecord>& records) {
    if (records.empty()) {
        return;
    }
    const Kind& kind = plan.kind();
    Arrays arrays;
    ArrayText ids;
    for (const NewRecord& record : records) {
        ids.add(record.id.text());
    }
    arrays.add("id", "uuid", std::move(ids));
    std::string columns = "id, created_by, created_at, updated_at", values;
    for (const Field* field : filled_fields(kind, records)) {
        const std::string name = "c" + std::to_string(arrays.params.size());
        ArrayText cells;
        for (const NewRecord& record : records) {
            const Json* value = record.values.find(field->name);
            cells.add_cell(cell_of(*field, value ? *value : Json{}, titles));
        }
        arrays.add(name, element_type(field->type), std::move(cells));
        columns += ", " + std::string(field->name);
        values += ", x." + name + std::string(cast_of(field->type));
    }
    if (kind.entity->has_custom_fields) {
        ArrayText cells;
        for (const NewRecord& record : records) {
            const Json* custom = record.values.find(custom_column);
            cells.add(custom ? custom->dump() : "{}");
        }
        arrays.add("custom", "jsonb", std::move(cells));
        columns += ", custom";
        values += ", x.custom";
    }
    arrays.params.push_back(ctx.who.user.is_nil() ? db::Param() : db::Param(ctx.who.user));
    arrays.params.push_back(format_time(ctx.now));
    const std::size_t author = arrays.params.size() - 1, moment = author + 1;
    // bulk: the rows of an import, each with its own event below
    ctx.tx.queue("insert into " + std::string(kind.entity->table) + " (" + columns + ") select x.id, $" +
                     std::to_string(author) + "::uuid, $" + std::to_string(moment) + "::timestamptz, $" +
                     std::to_string(moment) + "::timestamptz" + values + arrays.from(),
                 std::move(arrays.params));
    BulkEvents events(kind, "created");
    for (const NewRecord& record : records) {
        events.add(record.id, 1, owner_in(kind, record.values), changes_of_new(kind, record.values));
    }
    std::move(events).queue(ctx);
}

namespace {

// A record with what of it really changes.
struct Difference {
    const Locked* before = nullptr;
    std::vector<std::size_t> columns;  // of the plan, without custom fields
    Json changes = Json::object();
    Json custom;                       // the whole column, when it changes
    const ChangedRecord* record = nullptr;
};

bool are_same(Type type, const Json& before, const Json& after) {
    if (type != Type::tags && type != Type::choices) {
        return before == after;
    }
    std::vector<std::string> one, other;
    for (const Json& item : before.items()) {
        one.push_back(folded(item.as_string()));
    }
    for (const Json& item : after.items()) {
        other.push_back(folded(item.as_string()));
    }
    std::sort(one.begin(), one.end());
    std::sort(other.begin(), other.end());
    return one == other;
}

Difference difference_of(const Plan& plan, const Locked& before, const ChangedRecord& record) {
    Difference out;
    out.before = &before;
    out.record = &record;
    Json custom = before.record["customFields"];
    for (const auto& [position, value] : record.values) {
        const Plan::Column& column = plan.columns()[position];
        if (column.target.custom) {
            const Json old = custom[column.name];
            if (!(old == value)) {
                out.changes.set(column.target.name, change_of(old, value));
                custom.set(column.name, value);
                out.custom = custom;
            }
            continue;
        }
        const Json to = shown(column.target.type, value);
        const Json& from = before.record[column.target.name];
        if (!column.target.field->is_immutable && !are_same(column.target.type, from, to)) {
            out.changes.set(column.target.name, change_of(from, to));
            out.columns.push_back(position);
        }
    }
    return out;
}

bool may_change(const Ctx& ctx, const Kind& kind, const Import& import, const Json& record) {
    if (import.update_reach == "all") {
        return true;
    }
    const std::string me = ctx.who.user.text();
    const auto owner = kind.entity->owner;
    return record["createdBy"].as_string() == me ||
           (!owner.empty() && record[camel_case(owner)].as_string() == me);
}

// One update over all columns that the file has; a row says by bits which of them it sets.
void queue_update(Ctx& ctx, const Plan& plan, const Titles& titles, const std::vector<Difference>& differences) {
    Arrays arrays;
    ArrayText ids;
    for (const Difference& one : differences) {
        ids.add(one.before->id.text());
    }
    arrays.add("id", "uuid", std::move(ids));
    std::string assignments;
    const auto assign = [&](std::string_view column, const std::string& name, std::string_view cast, ArrayText flags) {
        arrays.add("has_" + name, "boolean", std::move(flags));
        assignments.append(", ").append(column).append(" = case when x.has_").append(name);
        assignments.append(" then x.").append(name).append(cast).append(" else t.").append(column).append(" end");
    };
    for (std::size_t position = 0; position < plan.columns().size(); ++position) {
        const Field* field = plan.columns()[position].target.field;
        ArrayText cells, flags;
        bool is_used = false;
        for (const Difference& one : differences) {
            const bool has = field && std::find(one.columns.begin(), one.columns.end(), position) != one.columns.end();
            is_used = is_used || has;
            flags.add(has ? "t" : "f");
            cells.add_cell(has ? cell_of(*field, one.record->values.at(position), titles) : db::Param());
        }
        if (is_used) {
            const std::string name = "c" + std::to_string(position);
            arrays.add(name, element_type(field->type), std::move(cells));
            assign(field->name, name, cast_of(field->type), std::move(flags));
        }
    }
    ArrayText custom, has_custom;
    bool is_custom_used = false;
    for (const Difference& one : differences) {
        is_custom_used = is_custom_used || !one.custom.is_null();
        has_custom.add_cell(one.custom.is_null() ? "f" : "t");
        custom.add_cell(one.custom.is_null() ? db::Param() : db::Param(one.custom.dump()));
    }
    if (is_custom_used) {
        arrays.add("custom", "jsonb", std::move(custom));
        assign(custom_column, "custom", "", std::move(has_custom));
    }
    arrays.params.push_back(format_time(ctx.now));
    // bulk: the rows of an import, each with its own event below
    ctx.tx.queue("update " + std::string(plan.kind().entity->table) + " t set updated_at = $" +
                     std::to_string(arrays.params.size()) + "::timestamptz, version = t.version + 1" + assignments +
                     arrays.from() + " where t.tenant_id = current_tenant() and t.id = x.id",
                 std::move(arrays.params));
}

void queue_differences(Ctx& ctx, const Plan& plan, const Titles& titles, const std::vector<Difference>& differences) {
    if (differences.empty()) {
        return;
    }
    queue_update(ctx, plan, titles, differences);
    const Kind& kind = plan.kind();
    BulkEvents events(kind, "updated");
    for (const Difference& one : differences) {
        const std::string owner_name = camel_case(kind.entity->owner);
        const Json& moved = one.changes[owner_name]["to"];
        const Json& owner = moved.is_string() ? moved : one.before->record[owner_name];
        events.add(one.before->id, one.before->version + 1, Id::parse(owner.as_string()), one.changes);
    }
    std::move(events).queue(ctx);
}

}  // namespace

Task<> queue_changed(Ctx& ctx, const Plan& plan, const Titles& titles, const Import& import, Outcome& outcome) {
    if (outcome.changed.empty()) {
        co_return;
    }
    std::vector<Id> ids;
    for (const ChangedRecord& record : outcome.changed) {
        ids.push_back(record.id);
    }
    const std::vector<Locked> locked = co_await resources::lock_many(ctx, plan.kind(), ids);
    std::unordered_map<Id, const Locked*> by_id;
    for (const Locked& one : locked) {
        by_id.emplace(one.id, &one);
    }
    std::vector<Difference> differences;
    for (const ChangedRecord& record : outcome.changed) {
        const auto found = by_id.find(record.id);
        const auto rows = static_cast<std::int64_t>(record.rows.size());
        if (found == by_id.end() || found->second->is_deleted) {
            for (const std::size_t row : record.rows) {
                outcome.skip(row, "id", "not_found");
            }
        } else if (!may_change(ctx, plan.kind(), import, found->second->record)) {
            for (const std::size_t row : record.rows) {
                outcome.fail(row, {{"id", "not_allowed", Json::object(), {}}});
            }
        } else if (Difference one = difference_of(plan, *found->second, record); one.changes.members().empty()) {
            outcome.counters.skipped += rows;
        } else {
            outcome.counters.updated += rows;
            differences.push_back(std::move(one));
        }
    }
    queue_differences(ctx, plan, titles, differences);
}

Task<Matches> find_matches(Ctx& ctx, const Plan& plan, const std::vector<Row>& rows) {
    Matches matches;
    ArrayText kinds, keys;
    std::size_t count = 0;
    for (const Row& row : rows) {
        for (const MatchKey& key : row.keys) {
            kinds.add(key.kind);
            keys.add(key.key);
            ++count;
        }
    }
    const Entity& entity = *plan.kind().entity;
    if (count == 0 || entity.match_table.empty()) {
        co_return matches;
    }
    const std::string link = std::string(entity.name) + "_id", table(entity.match_table);
    const std::string alive = entity.can_be_deleted ? " and t.deleted_at is null" : "";
    db::Params params;
    params.push_back(std::move(kinds).param());
    params.push_back(std::move(keys).param());
    const db::Rows found = co_await ctx.tx.query(
        "select x.kind, x.match_key, f.id from unnest($1::text[], $2::text[]) as x(kind, match_key) "
        "cross join lateral (select t.id from " + table + " p join " + std::string(entity.table) +
            " t on t.tenant_id = p.tenant_id and t.id = p." + link + alive +
            " where p.tenant_id = current_tenant() and p.kind = x.kind and p.match_key = x.match_key limit " +
            std::to_string(Matches::crowd) + ") f",
        std::move(params));
    for (int i = 0; i < found.size(); ++i) {
        const MatchKey key{std::string(found.text(i, 0)), std::string(found.text(i, 1))};
        matches.add(key, Id::parse(found.text(i, 2)).value_or(Id{}));
    }
    co_return matches;
}

}  // namespace ponte::imports
