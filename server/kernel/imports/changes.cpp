// Changing known records: lock, compare, one update over all of them.
#include <algorithm>

#include "kernel/imports/column_arrays.hpp"
#include "kernel/imports/records.hpp"
#include "kernel/records/bulk_events.hpp"
#include "kernel/records/record.hpp"

namespace ponte::imports {
namespace {

using records::BulkEvents;
using records::Kind;
using records::Locked;
using records::same_value;
using records::shown;

// A record with what of it really changes.
struct Difference {
    const Locked* before = nullptr;
    std::vector<std::size_t> columns;  // of the plan, without custom fields
    Json changes = Json::object();
    Json custom;  // what of them changes; values of deleted fields stay
    const ChangedRecord* record = nullptr;
};

Difference difference_of(const Plan& plan, const Locked& before, const ChangedRecord& record) {
    Difference out;
    out.before = &before;
    out.record = &record;
    const Json& custom = before.record["customFields"];
    for (const auto& [position, value] : record.values) {
        const Plan::Column& column = plan.columns()[position];
        if (column.target.custom) {
            const Json old = custom[column.name];
            if (!(old == value)) {
                out.changes.set(column.target.name, change_of(old, value));
                if (out.custom.is_null()) {
                    out.custom = Json::object();
                }
                out.custom.set(column.name, value);
            }
            continue;
        }
        const Json to = shown(column.target.type, value);
        const Json& from = before.record[column.target.name];
        if (!column.target.field->is_immutable && !same_value(column.target.type, from, to)) {
            out.changes.set(column.target.name, change_of(from, to));
            out.columns.push_back(position);
        }
    }
    return out;
}

// One update over all columns that the file has; a row says by bits which of them it sets.
void queue_update(Ctx& ctx, const Plan& plan, const Titles& titles,
                  const std::vector<Difference>& differences) {
    ColumnArrays arrays;
    ArrayText ids;
    for (const Difference& one : differences) {
        ids.add(one.before->id.text());
    }
    arrays.add("id", "uuid", std::move(ids));
    std::string assignments;
    const auto assign = [&](std::string_view column, const std::string& name, std::string_view cast,
                            ArrayText flags) {
        arrays.add("has_" + name, "boolean", std::move(flags));
        assignments.append(", ").append(column).append(" = case when x.has_").append(name);
        assignments.append(" then x.")
            .append(name)
            .append(cast)
            .append(" else t.")
            .append(column)
            .append(" end");
    };
    for (std::size_t position = 0; position < plan.columns().size(); ++position) {
        const Field* field = plan.columns()[position].target.field;
        ArrayText cells, flags;
        bool is_used = false;
        for (const Difference& one : differences) {
            const bool has = field && std::find(one.columns.begin(), one.columns.end(), position) !=
                                          one.columns.end();
            is_used = is_used || has;
            flags.add(has ? "t" : "f");
            cells.add_cell(has ? cell_of(*field, one.record->values.at(position), titles)
                               : db::Param());
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
        arrays.add("has_custom", "boolean", std::move(has_custom));
        assignments +=
            ", custom = case when x.has_custom then jsonb_strip_nulls(t.custom || x.custom) "
            "else t.custom end";
    }
    arrays.params.push_back(format_time(ctx.now));
    // bulk: the rows of an import, each with its own event below
    ctx.tx.queue("update " + std::string(plan.kind().entity->table) + " t set updated_at = $" +
                     std::to_string(arrays.params.size()) +
                     "::timestamptz, version = t.version + 1" + assignments + arrays.from() +
                     " where t.tenant_id = current_tenant() and t.id = x.id",
                 std::move(arrays.params));
}

void queue_differences(Ctx& ctx, const Plan& plan, const Titles& titles,
                       const std::vector<Difference>& differences) {
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
        events.add(one.before->id, one.before->version + 1, Id::parse(owner.as_string()),
                   one.changes);
    }
    std::move(events).queue(ctx);
}

}  // namespace

Task<> queue_changed(Ctx& ctx, const Plan& plan, const Titles& titles, Outcome& outcome) {
    if (outcome.changed.empty()) {
        co_return;
    }
    std::vector<Id> ids;
    for (const ChangedRecord& record : outcome.changed) {
        ids.push_back(record.id);
    }
    const std::vector<Locked> locked =
        co_await records::lock_many(ctx, plan.kind(), std::move(ids), "update");
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
        } else if (!found->second->is_permitted) {
            for (const std::size_t row : record.rows) {
                outcome.fail(row, {{"id", "not_allowed", Json::object(), {}}});
            }
        } else if (Difference one = difference_of(plan, *found->second, record);
                   one.changes.members().empty()) {
            outcome.counters.skipped += rows;
        } else {
            outcome.counters.updated += rows;
            differences.push_back(std::move(one));
        }
    }
    queue_differences(ctx, plan, titles, differences);
}

}  // namespace ponte::imports
