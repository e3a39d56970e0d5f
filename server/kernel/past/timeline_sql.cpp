#include "kernel/past/timeline_sql.hpp"

#include <algorithm>

#include "kernel/db/by_bytes.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/people.hpp"
#include "kernel/records/shown.hpp"
#include "kernel/records/subjects.hpp"
#include "kernel/services.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

constexpr const char* is_imported =
    "exists (select from imports i where i.tenant_id = $1::uuid and i.id = e.operation_id)";

// The column of what a record says: the long text by which it is called; "" where there is none.
std::string text_of(const Kind& kind, const std::string& alias) {
    const Field* field = kind.field(kind.entity->title);
    const bool says_something = field && field_type(field->type).is_large;
    return says_something ? alias + "." + std::string(field->name) : "";
}

std::string happened(const Kind& kind, std::string_view past) {
    return "e.name = '" + std::string(kind.entity->name) + "." + std::string(past) + "'";
}

// Of which events of the record itself: " and (…)", "" of all.
std::string own_types(const Kind& kind, const TimelineTypes& types) {
    if (types.is_everything || types.has_all_own) {
        return "";
    }
    std::string any;
    for (const std::string& past : types.pasts) {
        any += any.empty() ? " and (" : " or ";
        if (past == "imported") {
            any += "(" + happened(kind, "created") + " and " + is_imported + ")";
        } else if (past == "created") {
            any += "(" + happened(kind, past) + " and not " + is_imported + ")";
        } else {
            any += happened(kind, past);
        }
    }
    return any + ")";
}

// $1 to $4: tenant, record, the sequence before which it goes on, how many.
std::string own_places(const Kind& kind, const TimelineTypes& types) {
    return "(select e.sequence, e.entity, e.entity_id, 0 as text_bytes from events e "
           "where e.tenant_id = $1::uuid and e.entity = '" +
           std::string(kind.entity->name) +
           "' and e.entity_id = $2::uuid and e.sequence < log_place($3::bigint)" +
           own_types(kind, types) + " order by e.sequence desc limit $4::integer)";
}

// What lies in the bin is not told of. A part of the record itself is told with it, wherever that
// lies. Each row is looked up by its key: joined, the whole table would be read for one page.
std::string places_about(const Ctx& ctx, const Kind& kind, const Kind& teller, Sql& sql) {
    const Entity& entity = *teller.entity;
    const bool is_part = !entity.part_of.empty() && &whole_of(ctx, teller) == kind.declared;
    const std::string reach =
        reach_sql(ctx, teller, "read", sql, "t", is_part ? Bin::included : Bin::hidden);
    const std::string text = text_of(teller, "t");
    return "(select s.sequence, s.entity, s.entity_id, r.text_bytes from event_subjects s "
           "cross join lateral (select " +
           (text.empty() ? "0" : db::bytes_sql(text)) + " as text_bytes from " +
           std::string(entity.table) + " t where t.tenant_id = $1::uuid and t.id = s.entity_id" +
           (entity.can_be_deleted ? " and t.deleted_at is null" : "") +
           (reach.empty() ? "" : " and " + reach) +
           " limit 1) r where s.tenant_id = $1::uuid and s.subject_id = $2::uuid "
           "and s.entity = '" +
           std::string(entity.name) +
           "' and s.sequence < log_place($3::bigint) order by s.sequence desc limit $4::integer)";
}

bool is_wanted(const TimelineTypes& types, const Kind& teller) {
    return types.is_everything ||
           std::ranges::find(types.entities, teller.entity->name) != types.entities.end();
}

}  // namespace

db::Statement places_statement(const Ctx& ctx, const Kind& kind, const TimelineQuestion& question) {
    const TimelineTypes& types = question.types;
    Sql sql;
    sql.add(ctx.who.tenant);
    sql.add(question.id);
    sql.add(question.page.before);
    sql.add(question.page.limit + 1);
    std::string all;
    const bool asks_for_own = types.is_everything || types.has_all_own || !types.pasts.empty();
    if (asks_for_own && kind.entity->history != History::none) {
        all = own_places(kind, types);
    }
    for (const Kind* teller : tellers_of(ctx, kind)) {
        if (is_wanted(types, *teller)) {
            all += (all.empty() ? "" : " union all ") + places_about(ctx, kind, *teller, sql);
        }
    }
    if (all.empty()) {  // of what was asked for, nothing is for this reader
        return {"select where false", {}};
    }
    const std::string rows =
        "select p.sequence, p.entity, p.entity_id, p.text_bytes + e.bytes as bytes from "
        "(select * from (" +
        all +
        ") a order by a.sequence desc limit $4::integer) p "
        "cross join lateral (select case when v.name like '%.updated' then " +
        db::bytes_sql("v.changes") +
        " else 0 end as bytes from events v where v.tenant_id = $1::uuid and v.entity = p.entity "
        "and v.entity_id = p.entity_id and v.sequence = p.sequence limit 1) e";
    return {"select t.sequence, t.entity, t.entity_id, t.has_next" +
                db::from_until_full(rows, "t.bytes", "t.sequence desc"),
            std::move(sql.params)};
}

db::Statement entries_statement(const Ctx& ctx, const Kind& kind,
                                const std::vector<TimelinePlace>& places) {
    std::vector<std::string> records, sequences;
    for (const TimelinePlace& place : places) {
        records.push_back(place.record);
        sequences.push_back(place.sequence);
    }
    Sql sql;
    sql.add(ctx.who.tenant);
    const std::string from = " from unnest(" + sql.add(records) + "::uuid[], " +
                             sql.add(sequences) + "::bigint[]) k(record, place)";
    // Of a new record everything is new; what else is told by hand says itself what it is.
    const std::string changes =
        "case when " + happened(kind, "updated") + " then " +
        linked_changes(ctx, kind, "(" + shown_changes("e.changes", kind) + ")", sql) + " end";
    const std::string entity(kind.entity->name), table(kind.entity->table);
    const std::string name = "case when " + happened(kind, "created") + " and " + is_imported +
                             " then '" + entity + ".imported' else e.name end";
    const std::string text = text_of(kind, "g");
    const std::string body = text.empty() ? "null"
                                          : "case when " + happened(kind, "created") +
                                                " then (select " + text + " from " + table +
                                                " g where g.tenant_id = $1::uuid "
                                                "and g.id = e.entity_id) end";
    const EntrySql entry{"e", name, changes};
    // The newest stands first.
    const std::string between = " and v.sequence between log_place(" +
                                sql.add(places.back().sequence) + "::bigint) and log_place(" +
                                sql.add(places.front().sequence) + "::bigint)";
    return {"select " + entry.columns(ctx.services.people()) + ", e.entity_id, " +
                linked_sql(kind, "$1::uuid", "e.entity_id", "") + ", " + body + from +
                " cross join lateral (select v.* from events v where v.tenant_id = $1::uuid "
                "and v.entity = '" +
                entity + "' and v.entity_id = k.record and v.sequence = k.place" + between +
                " limit 1) e",
            std::move(sql.params)};
}

}  // namespace ponte::records
