#include "kernel/records/shown.hpp"

#include <functional>
#include <map>

#include "kernel/db/budgets.hpp"
#include "kernel/services.hpp"

namespace ponte::records {
namespace {

std::string title_sql(const Ctx& ctx, const Link& link, const std::string& id, Sql& sql) {
    if (link.is_file) {
        return filed_sql("$1::uuid", id);
    }
    return link.target ? records::title_sql(ctx, *link.target, id, sql) : "null";
}

// {"id", "title"} of the id that the text `id` is; anything else was written by hand and is left.
std::string linked_json(const Ctx& ctx, const Link& link, const std::string& id, Sql& sql) {
    const std::string told = title_sql(ctx, link, "(" + id + ")::uuid", sql);
    return "case when " + id +
           " ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ('{\"id\":\"' || " + id +
           " || '\",\"" + std::string(link.called()) + "\":' || coalesce(" + told +
           ", 'null') || '}')::jsonb end";
}

// One side of a change of parts, each with what its links point to.
std::string linked_parts(const Ctx& ctx, const Kind& piece, const std::string& list, Sql& sql) {
    std::string told;
    for (const Link& link : piece.links) {
        told += (told.empty() ? "'" : ", '") + link.json_name + "', " +
                linked_json(ctx, link, "(x.part->>'" + link.id_name + "')", sql);
    }
    return "case when jsonb_typeof(" + list +
           ") = 'array' then (select coalesce(jsonb_agg(x.part || jsonb_build_object(" + told +
           ") order by x.place), '[]') from jsonb_array_elements(" + list +
           ") with ordinality x(part, place)) end";
}

// `|| {"contact": {"from": …, "to": …}}` where the change has such a member.
std::string with_sides(const std::string& change, const std::string& name,
                       const std::function<std::string(const std::string&)>& side) {
    return " || case when jsonb_typeof(" + change + ") = 'object' then jsonb_build_object('" +
           name + "', jsonb_build_object('from', " + side("from") + ", 'to', " + side("to") +
           ")) else '{}' end";
}

}  // namespace

std::string title_sql(const Ctx& ctx, const Kind& kind, const std::string& id, Sql& sql) {
    if (ctx.reach(kind.resource, "read") == Reach::none) {
        return "null";
    }
    const std::string reach =
        reads_all(ctx, kind) ? "" : reach_sql(ctx, kind, "read", sql, "g", Bin::included);
    return linked_sql(kind, "$1::uuid", id, reach);
}

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
        told += with_sides(change, link.json_name, [&](const std::string& side) {
            return linked_json(ctx, link, "(" + change + "->>'" + side + "')", sql);
        });
    }
    for (const Parts& parts : kind.parts) {
        if (parts.kind->links.empty()) {
            continue;
        }
        const std::string change = changes + "->'" + parts.json_name + "'";
        told += with_sides(change, parts.json_name, [&](const std::string& side) {
            return linked_parts(ctx, *parts.kind, "(" + change + "->'" + side + "')", sql);
        });
    }
    return told;
}

namespace {

// Where a title belongs: the member beside an id, of the record or of one of its parts.
struct Untold {
    const Link* link;
    Json* holder;
};

// One statement a link: however many parts have it, they are asked for at once.
db::Statement titles_statement(const Ctx& ctx, const Link& link, std::vector<Id> ids) {
    Sql sql;
    sql.add(ctx.who.tenant);
    const std::string wanted = sql.add(std::move(ids)) + "::uuid[]";
    const std::string title = title_sql(ctx, link, "x.id", sql);
    return {"select x.id, " + title + " from unnest(" + wanted +
                ") x(id) where $1::uuid is not null and x.id is not null",
            std::move(sql.params)};
}

void tell(const Untold& one, const db::Rows& rows) {
    const Json& id = (*one.holder)[one.link->id_name];
    if (id.is_null()) {
        one.holder->set(one.link->json_name, nullptr);
        return;
    }
    for (int row = 0; row < rows.size(); ++row) {
        if (rows.text(row, 0) == id.as_string()) {
            std::string text;
            append_linked(text, one.link->called(), id.as_string(), rows.text(row, 1));
            one.holder->set(one.link->json_name, Json::parse(text));
            return;
        }
    }
}

}  // namespace

Task<> tell_links(Ctx& ctx, const Kind& kind, Json& record) {
    std::map<const Link*, std::vector<Untold>> by_link;
    const auto note = [&](const Kind& of, Json& holder) {
        for (const Link& link : of.links) {
            by_link[&link].push_back({&link, &holder});
        }
    };
    note(kind, record);
    std::vector<Json> lists(kind.parts.size());
    for (std::size_t i = 0; i < lists.size(); ++i) {
        lists[i] = record[kind.parts[i].json_name];
        for (Json& part : lists[i].items()) {
            note(*kind.parts[i].kind, part);
        }
    }
    std::vector<db::Statement> unit;
    for (const auto& [link, all] : by_link) {
        std::vector<Id> ids;
        for (const Untold& one : all) {
            if (const auto id = Id::parse((*one.holder)[link->id_name].as_string())) {
                ids.push_back(*id);
            }
        }
        unit.push_back(titles_statement(ctx, *link, std::move(ids)));
    }
    const db::Scope scope{db::Role::app, ctx.who.tenant};
    const auto answers =
        co_await ctx.services.database().run(ctx.loop, scope, std::move(unit), db::for_reading);
    std::size_t answer = 0;
    for (const auto& [link, all] : by_link) {
        for (const Untold& one : all) {
            tell(one, answers[answer]);
        }
        ++answer;
    }
    for (std::size_t i = 0; i < lists.size(); ++i) {
        record.set(kind.parts[i].json_name, std::move(lists[i]));
    }
}

}  // namespace ponte::records
