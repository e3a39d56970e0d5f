#include "kernel/records/shown.hpp"

#include "kernel/app.hpp"
#include "kernel/db/budgets.hpp"

namespace ponte::records {
namespace {

// The title of what `id` points to. Also of what lies in the bin, which the same readers may read.
std::string title_sql(const Ctx& ctx, const Link& link, const std::string& id, Sql& sql) {
    if (!link.target || ctx.reach(link.target->resource, "read") == Reach::none) {
        return "null";
    }
    const std::string reach = reads_all(ctx, *link.target)
                                  ? ""
                                  : reach_sql(ctx, *link.target, "read", sql, "g", Bin::included);
    return linked_sql(*link.target, "$1::uuid", id, reach);
}

// {"id", "title"} of the id that the text `id` is; anything else was written by hand and is left.
std::string linked_json(const Ctx& ctx, const Link& link, const std::string& id, Sql& sql) {
    const std::string told = title_sql(ctx, link, "(" + id + ")::uuid", sql);
    return "case when " + id +
           " ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ('{\"id\":\"' || " + id +
           " || '\",\"title\":' || coalesce(" + told + ", 'null') || '}')::jsonb end";
}

}  // namespace

std::string shown_list(const Ctx& ctx, const Kind& kind, Tags tags, Inside inside, Sql& sql) {
    std::string list = tags == Tags::as_objects ? kind.expanded_list : kind.select_list;
    for (const Parts& parts : kind.parts) {
        const auto title_of = [&](const Link& link) { return title_sql(ctx, link, link.sql, sql); };
        const std::string& plain = kind.columns[static_cast<std::size_t>(parts.column)].sql;
        const std::string told = inside == Inside::told ? parts_sql(*parts.kind, title_of) : "null";
        list.replace(list.find(plain), plain.size(), told);
    }
    for (const Link& link : kind.links) {
        list += ", " + title_sql(ctx, link, link.sql, sql);
    }
    return list;
}

db::Statement shown_statement(const Ctx& ctx, const Kind& kind, const Id& id) {
    Sql sql;
    sql.add(ctx.who.tenant);
    const std::string wanted = sql.add(id);
    const std::string list = shown_list(ctx, kind, Tags::as_titles, Inside::told, sql);
    return {"select " + list + " from " + std::string(kind.entity->table) +
                " t where t.tenant_id = $1::uuid and t.id = " + wanted + "::uuid",
            std::move(sql.params)};
}

std::string linked_changes(const Ctx& ctx, const Kind& kind, const std::string& changes, Sql& sql) {
    std::string told = changes;
    for (const Link& link : kind.links) {
        if (!link.field) {
            continue;
        }
        const std::string change = changes + "->'" + link.id_name + "'";
        const auto side = [&](const std::string& name) {
            return "'" + name + "', " +
                   linked_json(ctx, link, "(" + change + "->>'" + name + "')", sql);
        };
        told += " || case when jsonb_typeof(" + change + ") = 'object' then jsonb_build_object('" +
                link.json_name + "', jsonb_build_object(" + side("from") + ", " + side("to") +
                ")) else '{}' end";
    }
    return told;
}

Task<> tell_links(Ctx& ctx, const Kind& kind, Json& record) {
    std::vector<db::Statement> unit;
    std::vector<const Link*> asked;
    for (const Link& link : kind.links) {
        const auto id = Id::parse(record[link.id_name].as_string());
        if (!id) {
            record.set(link.json_name, nullptr);
            continue;
        }
        Sql sql;
        sql.add(ctx.who.tenant);
        const std::string wanted = sql.add(*id) + "::uuid";
        const std::string title = title_sql(ctx, link, wanted, sql);
        asked.push_back(&link);
        unit.push_back(
            {"select " + title + " where $1::uuid is not null and " + wanted + " is not null",
             std::move(sql.params)});
    }
    if (unit.empty()) {
        co_return;
    }
    const db::Scope scope{db::Role::app, ctx.who.tenant};
    const auto answers =
        co_await ctx.app.database().run(ctx.loop, scope, std::move(unit), db::for_reading);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        std::string text;
        append_linked(text, record[asked[i]->id_name].as_string(), answers[i].text(0, 0));
        record.set(asked[i]->json_name, Json::parse(text));
    }
}

}  // namespace ponte::records
