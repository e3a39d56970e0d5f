#include "kernel/records/statements.hpp"

#include <algorithm>

#include "kernel/entities/expected_table.hpp"
#include "kernel/events/subjects.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/records/column_arrays.hpp"
#include "kernel/records/record.hpp"
#include "kernel/records/subjects.hpp"

namespace ponte::records {
namespace {

constexpr const char* ours = " where t.tenant_id = current_tenant() and t.id ";

db::Param cell_of(const Field& field, const Json* value, const TitleIds& titles) {
    static const Json none;
    const Json& canonical = value ? *value : none;
    return field_type(field.type).points == Points::to_titles
               ? db::Param(titles.literal(field, canonical))
               : param_of(field.type, canonical);
}

std::string typed(std::string place, Type type) {
    return std::move(place) + "::" + std::string(field_type(type).sql);
}

db::Param custom_of(const Values& values) {
    const Json* custom = values.find(custom_column);
    return db::Param(custom ? *custom : Json::object());
}

db::Statement insert_one(const Changes& changes, const TitleIds& titles) {
    const Entity& entity = *changes.kind->entity;
    const Change& change = changes.records.front();
    ColumnArrays sent;
    std::string places = sent.add(change.id) + ", " + sent.add(change.author);
    const std::string moment = sent.add(format_time(changes.at));
    places += ", " + moment + ", " + moment;
    std::string columns = "id, created_by, created_at, updated_at";
    for (const Field& field : entity.fields) {
        if (!has_column(field) || (field.is_read_only && !change.values.find(field.name))) {
            continue;  // what is computed begins as the table says
        }
        columns += ", " + std::string(field.name);
        places += ", " + typed(sent.add(cell_of(field, change.values.find(field.name), titles)),
                               field.type);
    }
    if (entity.has_custom_fields) {
        columns += ", custom";
        places += ", " + sent.add(custom_of(change.values)) + "::jsonb";
    }
    return {
        "insert into " + std::string(entity.table) + " (" + columns + ") values (" + places + ")",
        std::move(sent.params)};
}

bool is_empty(const Json* value) {
    return !value || value->is_null() || (value->is_array() && value->items().empty());
}

db::Statement insert_many(const Changes& changes, const TitleIds& titles) {
    const Entity& entity = *changes.kind->entity;
    ColumnArrays arrays;
    ArrayText ids, authors;
    for (const Change& change : changes.records) {
        ids.add(change.id.text());
        authors.add_cell(change.author);
    }
    arrays.add("id", "uuid", std::move(ids));
    arrays.add("author", "uuid", std::move(authors));
    std::string columns = "id, created_by, created_at, updated_at", values;
    for (const Field& field : entity.fields) {
        const bool is_filled =
            has_column(field) && std::ranges::any_of(changes.records, [&](const Change& change) {
                return !is_empty(change.values.find(field.name));
            });
        if (!is_filled) {
            continue;
        }
        ArrayText cells;
        for (const Change& change : changes.records) {
            cells.add_cell(cell_of(field, change.values.find(field.name), titles));
        }
        const std::string name = "c" + std::to_string(arrays.params.size());
        arrays.add(name, element_type(field.type), std::move(cells));
        columns += ", " + std::string(field.name);
        values += ", x." + name + list_cast(field.type);
    }
    if (entity.has_custom_fields) {
        ArrayText cells;
        for (const Change& change : changes.records) {
            cells.add_cell(custom_of(change.values));
        }
        arrays.add("custom", "jsonb", std::move(cells));
        columns += ", custom";
        values += ", x.custom";
    }
    const std::string moment = arrays.add(format_time(changes.at)) + "::timestamptz";
    return {"insert into " + std::string(entity.table) + " (" + columns +
                ") select x.id, x.author, " + moment + ", " + moment + values + arrays.from(),
            std::move(arrays.params)};
}

db::Statement update_one(const Changes& changes, const TitleIds& titles) {
    const Entity& entity = *changes.kind->entity;
    const Change& change = changes.records.front();
    ColumnArrays sent;
    const std::string id = sent.add(change.id);
    std::string sets = "updated_at = " + sent.add(format_time(changes.at));
    for (const Field& field : entity.fields) {
        const Json* value = has_column(field) ? change.values.find(field.name) : nullptr;
        if (value) {
            sets += ", " + std::string(field.name) + " = " +
                    typed(sent.add(cell_of(field, value, titles)), field.type);
        }
    }
    if (change.values.find(custom_column)) {
        sets += ", custom = jsonb_strip_nulls(t.custom || " + sent.add(custom_of(change.values)) +
                "::jsonb)";
    }
    return {"update " + std::string(entity.table) + " t set version = t.version + 1, " + sets +
                ours + "= " + id,
            std::move(sent.params)};
}

// One column of an update of many, for those records that set it.
class SetColumn {
public:
    SetColumn(ColumnArrays& arrays, std::string_view column)
        : arrays_(arrays), column_(column), name_("c" + std::to_string(arrays.params.size())) {}

    void add(bool has, const db::Param& cell) {
        flags_.add(has ? "t" : "f");
        cells_.add_cell(cell);
        is_used_ = is_used_ || has;
        is_of_all_ = is_of_all_ && has;
    }
    // ", status = x.c2", or for some of them only: ", status = case when x.has_c2 then … end".
    std::string sql(std::string_view element, const std::string& value) && {
        if (!is_used_) {
            return {};
        }
        arrays_.add(name_, element, std::move(cells_));
        const std::string start = ", " + column_ + " = ";
        if (is_of_all_) {
            return start + value;
        }
        arrays_.add("has_" + name_, "boolean", std::move(flags_));
        return start + "case when x.has_" + name_ + " then " + value + " else t." + column_ +
               " end";
    }
    const std::string& name() const { return name_; }

private:
    ColumnArrays& arrays_;
    const std::string column_, name_;
    ArrayText cells_, flags_;
    bool is_used_ = false, is_of_all_ = true;
};

db::Statement update_many(const Changes& changes, const TitleIds& titles) {
    const Entity& entity = *changes.kind->entity;
    ColumnArrays arrays;
    ArrayText ids;
    for (const Change& change : changes.records) {
        ids.add(change.id.text());
    }
    arrays.add("id", "uuid", std::move(ids));
    std::string sets;
    for (const Field& field : entity.fields) {
        if (!has_column(field)) {
            continue;
        }
        SetColumn column(arrays, field.name);
        for (const Change& change : changes.records) {
            const Json* value = change.values.find(field.name);
            column.add(value, value ? cell_of(field, value, titles) : db::Param());
        }
        const std::string value = "x." + column.name() + list_cast(field.type);
        sets += std::move(column).sql(element_type(field.type), value);
    }
    SetColumn custom(arrays, custom_column);
    for (const Change& change : changes.records) {
        const bool has = change.values.find(custom_column);
        custom.add(has, has ? custom_of(change.values) : db::Param());
    }
    const std::string merged = "jsonb_strip_nulls(t.custom || x." + custom.name() + ")";
    sets += std::move(custom).sql("jsonb", merged);
    const std::string moment = arrays.add(format_time(changes.at)) + "::timestamptz";
    return {"update " + std::string(entity.table) + " t set updated_at = " + moment +
                ", version = t.version + 1" + sets + arrays.from() + ours + "= x.id",
            std::move(arrays.params)};
}

Event event_of(const Ctx& ctx, const Changes& changes, const Change& change) {
    Event event;
    event.tenant = ctx.who.tenant;
    event.name = std::string(changes.kind->entity->name) + "." + std::string(past_of(changes.verb));
    event.entity = changes.kind->entity->name;
    event.entity_id = change.id;
    event.version = change.version + 1;
    event.at = changes.at;
    event.actor = changes.actor;
    event.key = changes.key;
    event.origin = ctx.origin;
    event.owner = change.owner;
    event.author = change.author;
    event.operation = ctx.operation;
    event.about = subjects_of(changes, change);
    if (changes.kind->entity->history == History::full) {
        event.changes = change.difference;
    }
    event.request_id = ctx.request_id;
    return event;
}

// What each event is about; false when none of them is about anything.
bool add_subjects(ColumnArrays& arrays, const Changes& changes) {
    if (!has_subjects(*changes.kind)) {
        return false;
    }
    ArrayText about;
    for (const Change& change : changes.records) {
        const std::vector<Id> subjects = subjects_of(changes, change);
        about.add_cell(subjects.empty() ? db::Param() : db::Param(subjects));
    }
    arrays.add("about", "text", std::move(about));
    return true;
}

db::Statement many_events(const Ctx& ctx, const Changes& changes) {
    const History history = changes.kind->entity->history;
    const bool keeps_values = history == History::full, is_passing = history == History::none;
    ColumnArrays arrays;
    ArrayText ids, versions, owners, authors, differences;
    for (const Change& change : changes.records) {
        ids.add(change.id.text());
        versions.add(std::to_string(change.version + 1));
        owners.add_cell(change.owner);
        authors.add_cell(change.author);
        differences.add(keeps_values ? change.difference.dump() : "{}");
    }
    arrays.add("id", "uuid", std::move(ids));
    arrays.add("version", "bigint", std::move(versions));
    arrays.add("owner", "uuid", std::move(owners));
    arrays.add("author", "uuid", std::move(authors));
    arrays.add("changes", "jsonb", std::move(differences));
    const bool is_about = add_subjects(arrays, changes);
    const std::string entity(changes.kind->entity->name);
    const db::Param request = ctx.request_id.empty() ? db::Param() : db::Param(ctx.request_id);
    std::string of_all = arrays.add(entity + "." + std::string(past_of(changes.verb)));
    of_all += ", " + arrays.add(entity);
    of_all += ", " + arrays.add(format_time(changes.at)) + "::timestamptz";
    of_all += ", " + arrays.add(changes.actor) + "::uuid";
    of_all += ", " + arrays.add(changes.key) + "::uuid";
    of_all += ", " + arrays.add(ctx.origin) + "::bigint";
    of_all += ", " + arrays.add(ctx.operation) + "::uuid";
    of_all += ", " + arrays.add(request);
    of_all += ", " + arrays.add(changes.is_quiet) + "::boolean";
    of_all += is_passing ? ", true" : ", false";
    db::Statement statement{
        "insert into events (name, entity, at, actor_id, key_id, origin, operation_id, "
        "request_id, is_quiet, is_passing, tenant_id, entity_id, version, owner_id, author_id, "
        "changes, about) select " +
            of_all + ", current_tenant(), x.id, x.version, x.owner, x.author, x.changes, " +
            (is_about ? "x.about::uuid[]" : "null::uuid[]") + arrays.from(),
        std::move(arrays.params)};
    const bool is_found = is_about && !is_passing;
    return is_found ? events::found_from_subjects(std::move(statement)) : statement;
}

bool is_one(const Changes& changes) { return changes.records.size() == 1; }

}  // namespace

db::Statement insert_statement(const Changes& changes, const TitleIds& titles) {
    db::Statement statement =
        is_one(changes) ? insert_one(changes, titles) : insert_many(changes, titles);
    if (changes.skips_taken) {
        statement.sql += " on conflict do nothing returning id";
    }
    return statement;
}

db::Statement update_statement(const Changes& changes, const TitleIds& titles) {
    return is_one(changes) ? update_one(changes, titles) : update_many(changes, titles);
}

db::Statement bin_statement(const Changes& changes) {
    const std::string moment = format_time(changes.at);
    std::vector<Id> ids;
    for (const Change& change : changes.records) {
        ids.push_back(change.id);
    }
    const bool deletes = changes.verb == Verb::remove;
    return {"update " + std::string(changes.kind->entity->table) +
                " t set deleted_at = $1::timestamptz, updated_at = $2::timestamptz, "
                "version = t.version + 1" +
                ours + (is_one(changes) ? "= $3::uuid" : "= any ($3::uuid[])"),
            {deletes ? db::Param(moment) : db::Param(), moment,
             is_one(changes) ? db::Param(ids.front()) : db::Param(ids)}};
}

db::Statement told_statement(const Ctx& ctx, const Kind& kind, const Event& event) {
    const Entity& entity = *kind.entity;
    const bool is_passing = entity.history == History::none;
    std::string owner = entity.owner.empty() ? "null" : "t." + std::string(entity.owner);
    if (!entity.part_of.empty()) {
        const Entity& whole = *whole_of(ctx, kind).entity;
        owner = "(select w." + std::string(whole.owner.empty() ? "created_by" : whole.owner) +
                " from " + std::string(whole.table) +
                " w where w.tenant_id = t.tenant_id and w.id = t." + std::string(entity.part_of) +
                ")";
    }
    const Json changes = event.changes.is_null() ? Json::object() : event.changes;
    db::Statement statement{
        "insert into events (tenant_id, entity_id, name, entity, at, actor_id, operation_id, "
        "changes, request_id, key_id, origin, version, owner_id, author_id, about, is_passing) "
        "select $1::uuid, $2::uuid, $3, $4, $5::timestamptz, $6::uuid, $7::uuid, $8::jsonb, $9, "
        "$10::uuid, $11::bigint, coalesce(t.version, 0), " +
            owner + ", t.created_by, " +
            (has_subjects(kind) ? subjects_sql(kind) : "null::uuid[]") +
            (is_passing ? ", true" : ", false") + " from (select 1) told left join " +
            std::string(entity.table) + " t on t.tenant_id = $1::uuid and t.id = $2::uuid",
        {event.tenant, event.entity_id.value_or(Id{}), event.name, event.entity,
         format_time(event.at), event.actor, event.operation, db::Param(changes),
         event.request_id.empty() ? db::Param() : db::Param(event.request_id), event.key,
         event.origin}};
    const bool is_found = has_subjects(kind) && !is_passing;
    return is_found ? events::found_from_subjects(std::move(statement)) : statement;
}

db::Statement events_statement(const Ctx& ctx, const Changes& changes) {
    if (is_one(changes)) {
        const bool is_passing = changes.kind->entity->history == History::none;
        return event_statement(event_of(ctx, changes, changes.records.front()),
                               {changes.is_quiet, is_passing});
    }
    return many_events(ctx, changes);
}

}  // namespace ponte::records
