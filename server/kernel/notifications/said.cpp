#include "kernel/notifications/said.hpp"

#include <map>

#include "kernel/entities/catalogue.hpp"
#include "kernel/people.hpp"
#include "kernel/records/shown.hpp"
#include "kernel/services.hpp"

namespace ponte::notifications {
namespace {

using Titles = std::map<std::pair<std::string, Id>, Json>;  // of an entity's record

Task<> read_titles(Ctx& ctx, const std::string& entity, std::vector<Id> ids, Titles& titles) {
    const records::Kind& kind =
        ctx.services.entities().seen(ctx.services.entities().get(entity), ctx.who);
    records::Sql sql;
    sql.add(ctx.who.tenant);
    const std::string title = records::title_sql(ctx, kind, "x.id", sql);
    const std::string wanted = sql.add(db::Param(std::move(ids)));
    const db::Rows rows = co_await ctx.tx.query(
        "select x.id, " + title + " from unnest(" + wanted + "::uuid[]) x(id)",
        std::move(sql.params));
    for (int row = 0; row < rows.size(); ++row) {
        if (!rows.is_null(row, 1)) {
            Id id;
            db::read_cell(rows.text(row, 0), id);
            std::string record;
            records::append_linked(record, "title", rows.text(row, 0), rows.text(row, 1));
            titles.emplace(std::pair{entity, id}, Json::parse(record));
        }
    }
}

Task<Titles> titles_of(Ctx& ctx, const std::vector<Row>& rows) {
    std::map<std::string, std::vector<Id>> wanted;
    for (const Row& row : rows) {
        if (row.record_id && ctx.services.entities().find(row.entity)) {
            wanted[row.entity].push_back(*row.record_id);
        }
    }
    Titles titles;
    for (auto& [entity, ids] : wanted) {
        co_await read_titles(ctx, entity, std::move(ids), titles);
    }
    co_return titles;
}

std::string text_of(const Ctx& ctx, const Row& row, const Json& record) {
    const std::string& title = record["title"].as_string();
    Json params = row.facts;
    params.set("actor", row.actor ? *row.actor : std::string(ctx.word("notification.system")));
    params.set("title", title.empty() ? std::string(ctx.word("notification.untitled")) : title);
    params.set("count", row.count);
    params.set("plural", ctx.word(row.entity + ".plural"));
    // What a declaration tells of may name an entity: what it is called.
    if (const Json* of = row.facts.find("of")) {
        params.set("plural", ctx.word(of->as_string() + ".plural"));
    }
    const std::string key = "notification." + row.kind;
    const bool is_many = row.count > 1 && Words::all().has(key + ".many");
    return Words::all().format(ctx.language, is_many ? key + ".many" : key, params);
}

}  // namespace

std::string row_columns(const Ctx& ctx) {
    return "n.id, n.kind, n.entity, n.record_id, n.actor_id, n.facts, n.count, (" +
           ctx.services.people().name("n.actor_id") +
           ") as actor, to_json(n.at at time zone 'UTC') #>> '{}' || 'Z' as at, "
           "to_json(n.read_at at time zone 'UTC') #>> '{}' || 'Z' as read_at";
}

Task<std::vector<Said>> said(Ctx& ctx, const std::vector<Row>& rows) {
    const Titles titles = co_await titles_of(ctx, rows);
    std::vector<Said> all;
    for (const Row& row : rows) {
        const auto found = row.record_id ? titles.find({row.entity, *row.record_id}) : titles.end();
        const Json record = found == titles.end() ? Json{} : found->second;
        all.push_back({text_of(ctx, row, record), record});
    }
    co_return all;
}

}  // namespace ponte::notifications
