#include "kernel/lists/search.hpp"

#include <algorithm>

#include "kernel/db/budgets.hpp"
#include "kernel/lists/search_terms.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

constexpr std::int64_t most_of_a_kind = 20, longest_text = 200;
// Of so many hits the best are shown: a word that everybody has must not read the whole table.
constexpr int candidate_cap = 200;
constexpr std::string_view longest_title = "120";

// The first filled one of the searchable fields that are told there, beside the title.
std::string first_of(const Entity& entity, Told told) {
    std::string list;
    for (const Field& field : entity.fields) {
        if (field.is_searchable && field.name != entity.title &&
            field_type(field.type).told == told) {
            list += ", nullif(t." + std::string(field.name) + ", '')";
        }
    }
    return list;
}

// What it belongs to, where it is found by that, too.
std::string linked_titles(const Ctx& ctx, const Kind& kind, Sql& sql) {
    std::string list;
    for (const Link& link : kind.links) {
        if (!link.field || !link.field->is_searchable || !link.target) {
            continue;
        }
        const Entity& target = *link.target->entity;
        const std::string reach = reach_sql(ctx, *link.target, "read", sql, "g");
        list += ", (select g." + std::string(target.title) + " from " + std::string(target.table) +
                " g where g.tenant_id = $1 and g.id = " + link.sql +
                (reach.empty() ? "" : " and " + reach) + ")";
    }
    return list;
}

// What tells two records of one title apart: a company, an e-mail, whose it is; and at the side a
// phone or its number.
std::string subtitle_sql(const Ctx& ctx, const Kind& kind, Sql& sql) {
    return "coalesce(null" + first_of(*kind.entity, Told::below) +
           first_of(*kind.entity, Told::below_as_last) + linked_titles(ctx, kind, sql) + ")";
}

std::string detail_sql(const Entity& entity) {
    std::string number;
    for (const Field& field : entity.fields) {
        if (field.is_searchable && field.is_numbered) {
            number += ", '#' || t." + std::string(field.name);
        }
    }
    return "coalesce(null" + first_of(entity, Told::aside) + number + ")";
}

bool is_sorted_as_name(const Kind& kind) {
    const Field* title = kind.field(kind.entity->title);
    return title && title->is_folded_sort;
}

// Those in the menu first: a customer is looked for more often than a tag.
std::vector<const Kind*> searched_kinds(Ctx& ctx) {
    std::vector<const Kind*> kinds;
    for (const bool is_in_menu : {true, false}) {
        for (const auto& kind : ctx.services.entities().all()) {
            const bool may_read = ctx.reach(kind->resource, "read") != Reach::none;
            if (may_read && kind->entity->is_in_search && kind->entity->is_in_menu == is_in_menu) {
                kinds.push_back(kind.get());
            }
        }
    }
    return kinds;
}

Json text_or_null(const db::Rows& rows, int row, int column) {
    return rows.is_null(row, column) ? Json{} : Json(rows.text(row, column));
}

Json hits_json(const db::Rows& rows) {
    Json hits = Json::array();
    for (int row = 0; row < rows.size(); ++row) {
        hits.push(Json::object({{"id", rows.text(row, 0)},
                                {"title", rows.text(row, 1)},
                                {"subtitle", text_or_null(rows, row, 2)},
                                {"detail", text_or_null(rows, row, 3)}}));
    }
    return hits;
}

constexpr Field search_parameters[] = {
    text("q").required().up_to(longest_text),
    integer("limit").between(1, most_of_a_kind).starts_as("5"),
};

// All kinds in one round trip.
Task<http::Response> search(Ctx& ctx, const http::Request&) {
    const std::string text = folded(ctx.asked.text("q").value_or(""));
    const std::int64_t limit = *ctx.asked.integer("limit");
    const auto kinds = searched_kinds(ctx);
    Json groups = Json::array();
    if (text.empty() || kinds.empty()) {
        co_return reply(200, Json::object({{"groups", std::move(groups)}}));
    }
    std::vector<db::Statement> unit;
    for (const Kind* kind : kinds) {
        unit.push_back(best_matches(ctx, *kind, text, limit));
    }
    const db::Scope scope{db::Role::reader, ctx.who.tenant};
    const auto answers =
        co_await ctx.services.database().run(ctx.loop, scope, std::move(unit), db::for_reading);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (answers[i].empty()) {
            continue;
        }
        const std::string name(kinds[i]->entity->name);
        groups.push(Json::object({{"entity", name},
                                  {"label", ctx.word(name + ".plural")},
                                  {"data", hits_json(answers[i])}}));
    }
    co_return reply(200, Json::object({{"groups", std::move(groups)}}));
}

}  // namespace

db::Statement best_matches(const Ctx& ctx, const Kind& kind, const std::string& text,
                           std::int64_t limit) {
    Sql sql;
    sql.add(ctx.who.tenant);
    const Entity& entity = *kind.entity;
    const std::string table = std::string(entity.table) + " t";
    const std::string title = "t." + std::string(entity.title);
    const std::string starts = "sort_key(" + title + ") like " + sql.add(like_escaped(text) + "%");
    std::string visible = "t.tenant_id = $1";
    if (entity.can_be_deleted) {
        visible += " and t.deleted_at is null";
    }
    if (const std::string reach = reach_sql(ctx, kind, "read", sql); !reach.empty()) {
        visible += " and " + reach;
    }
    const std::string shown = sql.add(limit) + "::bigint";
    const auto candidates = [&](const std::string& condition) {
        return "(select t.id from " + table + " where " + visible + " and " + condition +
               " limit " + std::to_string(candidate_cap) + ")";
    };
    // Titles that begin so come first, by their index even when the word is a common one; when they
    // fill the answer, nothing else is looked for.
    const std::string anywhere = search_terms(ctx, kind, text, sql).condition;
    std::string hits = "hits as materialized ";
    if (is_sorted_as_name(kind)) {
        hits = "begun as materialized " + candidates(starts) + ", " + hits +
               "(select id from begun union all " +
               candidates(anywhere + " and (select count(*) from begun) < " + shown) + ")";
    } else {
        hits += candidates(anywhere);
    }
    const std::string subtitle = subtitle_sql(ctx, kind, sql);
    return {"with " + hits + " select t.id, left(" + title + ", " + std::string(longest_title) +
                "), " + subtitle + ", " + detail_sql(entity) + " from " + table + " where " +
                visible + " and t.id in (select id from hits) order by " + starts +
                " desc, sort_key(" + title + "), t.id limit " + shown,
            std::move(sql.params)};
}

void declare_search_routes(App& app) {
    app.route("GET", "/search", search)
        .within_rights()
        .in("search")
        .called("search")
        .asks(search_parameters)
        .gives(200, "SearchResult");
}

}  // namespace ponte::records
