#include "kernel/imports/records.hpp"

#include <algorithm>

#include "kernel/imports/column_arrays.hpp"
#include "kernel/records/bulk_events.hpp"
#include "kernel/records/record.hpp"

namespace ponte::imports {
namespace {

using records::BulkEvents;
using records::Kind;
using records::shown;

constexpr std::string_view custom_column = "custom";

bool is_empty(const Json& value) {
    return value.is_null() || (value.is_array() && value.items().empty());
}

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
        const bool is_filled =
            std::any_of(records.begin(), records.end(), [&](const NewRecord& record) {
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

void queue_created(Ctx& ctx, const Plan& plan, const Titles& titles,
                   const std::vector<NewRecord>& records) {
    if (records.empty()) {
        return;
    }
    const Kind& kind = plan.kind();
    ColumnArrays arrays;
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
    ctx.tx.queue("insert into " + std::string(kind.entity->table) + " (" + columns +
                     ") select x.id, $" + std::to_string(author) + "::uuid, $" +
                     std::to_string(moment) + "::timestamptz, $" + std::to_string(moment) +
                     "::timestamptz" + values + arrays.from(),
                 std::move(arrays.params));
    BulkEvents events(kind, "created");
    for (const NewRecord& record : records) {
        events.add(record.id, 1, owner_in(kind, record.values),
                   changes_of_new(kind, record.values));
    }
    std::move(events).queue(ctx);
}

namespace {

// " t.name, t.phone, t.email": what tells the records behind a key apart.
std::string facts_of(const Entity& entity) {
    std::string columns = ", f." + std::string(entity.title);
    for (const auto name : records::split_options(entity.match_fields)) {
        columns += ", f." + std::string(name);
    }
    return columns;
}

Candidate candidate_in(const Kind& kind, const db::Rows& rows, int row) {
    constexpr int first_field = 3;  // after kind, key, id
    Candidate candidate{Id::parse(rows.text(row, 2)).value_or(Id{}), {}, {}};
    candidate.title = rows.text(row, first_field);
    int column = first_field + 1;
    for (const auto name : records::split_options(kind.entity->match_fields)) {
        const Field* field = kind.field(name);
        const auto value = rows.text(row, column++);
        if (field && !value.empty()) {
            candidate.keys.push_back({std::string(name), match_key(field->type, value)});
        }
    }
    return candidate;
}

}  // namespace

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
        "select x.kind, x.match_key, f.id" + facts_of(entity) +
            " from unnest($1::text[], $2::text[]) as x(kind, match_key) "
            "cross join lateral (select t.* from " +
            table + " p join " + std::string(entity.table) +
            " t on t.tenant_id = p.tenant_id and t.id = p." + link + alive +
            " where p.tenant_id = current_tenant() and p.kind = x.kind and p.match_key = "
            "x.match_key limit " +
            std::to_string(Matches::crowd) + ") f",
        std::move(params));
    for (int i = 0; i < found.size(); ++i) {
        Candidate candidate = candidate_in(plan.kind(), found, i);
        const MatchKey key{std::string(found.text(i, 0)), std::string(found.text(i, 1))};
        matches.add(key, candidate.id);
        matches.describe(std::move(candidate));
    }
    co_return matches;
}

Task<Policies> find_policies(Ctx& ctx, const Entity& entity) {
    Policies policies;
    if (entity.match_table.empty()) {
        co_return policies;
    }
    db::Params none;
    const db::Rows rows = co_await ctx.tx.query(
        "select kind, policy from " + std::string(entity.match_table) + "_policies()",
        std::move(none));
    for (int i = 0; i < rows.size(); ++i) {
        const auto policy = rows.text(i, 1);
        policies[std::string(rows.text(i, 0))] = policy == "block"   ? Sharing::block
                                                 : policy == "allow" ? Sharing::allow
                                                                     : Sharing::warn;
    }
    co_return policies;
}

}  // namespace ponte::imports
