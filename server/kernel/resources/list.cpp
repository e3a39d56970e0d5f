#include "kernel/resources/list.hpp"

#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/resources/cursor.hpp"
#include "kernel/resources/record.hpp"

namespace ponte::resources {
namespace {

// A total is exact up to here; beyond, it says "at least" (design §5).
constexpr int count_cap = 10'000;
// A search with more hits than this walks the sort's index instead of sorting the hits.
constexpr int candidate_cap = 1'000;

std::string like_escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') {
            out.push_back('\\');
        }
        out.push_back(c);
    }
    return out;
}

// "(11) 98765-4321" is looked up as the digits that it holds.
std::string digits_of_number(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            digits.push_back(c);
        } else if (std::string_view(" ()-+./").find(c) == std::string_view::npos) {
            return {};
        }
    }
    return digits.size() >= 4 ? digits : std::string{};
}

bool has_search_column(const Kind& kind) {
    return std::any_of(kind.entity->fields.begin(), kind.entity->fields.end(),
                       [](const Field& f) { return f.is_searchable; });
}

struct Plan {
    std::string page, count;
    db::Params page_params, count_params;
    bool counts_by_tally = false;
};

Plan plan_list(const Kind& kind, ListQuery& query) {
    const std::string table = std::string(kind.entity->table) + " t";
    const std::string way = query.order.is_descending ? " desc" : "";
    const std::string order = " order by " + query.order.sql + way + ", t.id" + way;
    const std::string& list = query.expand.empty() ? kind.select_list : kind.expanded_list;
    const std::string columns = list + ", " + query.order.sql + "::text";
    std::string where = query.where;
    std::string searching;
    if (!query.search.empty()) {
        searching = search_sql(kind, query.search, query.sql);
    }
    Plan plan;
    const std::string counted =
        "select count(*) from (select 1 from " + table + " where " + where +
        (searching.empty() ? "" : " and " + searching) +
        (query.counts_exactly ? "" : " limit " + std::to_string(count_cap + 1)) + ") x";
    plan.count_params = query.sql.params;
    const bool is_tallied = !kind.entity->counted_by.empty() && query.search.empty() &&
                            (query.is_unfiltered || !query.only_value_of.empty());
    plan.counts_by_tally = is_tallied;
    if (is_tallied) {
        plan.count =
            "select coalesce(sum(delta), 0) from tallies where tenant_id = $1 and entity = $2";
        plan.count_params = {query.sql.params.front(), kind.entity->table};
        if (!query.only_value_of.empty()) {
            plan.count += " and value = any (string_to_array($3, ','))";
            plan.count_params.push_back(query.only_value_of);
        }
    } else {
        plan.count = counted;
    }
    if (query.cursor) {
        const Cursor cursor = decode_cursor(*query.cursor, query.order);
        where += " and (" + query.order.sql + ", t.id) " + (query.order.is_descending ? "<" : ">") +
                 " (" + query.sql.add(cursor.value) + "::" + query.order.cast + ", " +
                 query.sql.add(cursor.id) + "::uuid)";
    }
    const std::int64_t offset =
        query.cursor ? 0 : static_cast<std::int64_t>(query.page - 1) * query.limit;
    // One more than the page tells whether a next one exists.
    const std::string window = " limit " + std::to_string(query.limit + 1) + " offset " +
                               query.sql.add(offset) + "::bigint";
    if (searching.empty()) {
        plan.page = "select " + columns + " from " + table + " where " + where + order + window;
    } else {
        // Few hits: sort them. Many: walk the order's index, hits are met soon. One of the two
        // branches is switched off by its one-time condition.
        const std::string few = "(select count(*) from hits) <= " + std::to_string(candidate_cap);
        plan.page = "with hits as materialized (select t.id from " + table + " where " + where +
                    " and " + searching + " limit " + std::to_string(candidate_cap + 1) +
                    ") "
                    "(select " +
                    columns + " from " + table +
                    " where t.tenant_id = $1 and t.id in (select id from hits) and " + few + order +
                    window + ") union all (select " + columns + " from " + table + " where " +
                    where + " and " + searching + " and not (" + few + ")" + order + window + ")";
    }
    plan.page_params = query.sql.params;
    return plan;
}

void write_pagination(std::string& out, const ListQuery& query, std::int64_t total, bool is_capped,
                      const std::string& next_cursor) {
    const std::int64_t pages = (total + query.limit - 1) / query.limit;
    out += "],\"pagination\":{\"page\":" + std::to_string(query.page) +
           ",\"limit\":" + std::to_string(query.limit) + ",\"total\":" + std::to_string(total) +
           ",\"totalRelation\":\"" + (is_capped ? "gte" : "eq") +
           "\",\"totalPages\":" + std::to_string(pages) + ",\"nextCursor\":";
    if (next_cursor.empty()) {
        out += "null";
    } else {
        append_json_string(out, next_cursor);
    }
    out += "}}";
}

// ?fields=name,phone: id is always there.
std::string only_fields(const std::string& record, std::string_view fields) {
    const Json full = Json::parse(record);
    Json out = Json::object();
    out.set("id", full["id"]);
    for (const auto name : split_options(std::string(fields))) {
        std::string_view rest = name;
        while (!rest.empty()) {
            const auto comma = rest.find(',');
            if (const Json* value = full.find(rest.substr(0, comma))) {
                out.set(rest.substr(0, comma), *value);
            }
            rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        }
    }
    return out.dump();
}

}  // namespace

std::string search_sql(const Kind& kind, std::string_view text, Sql& sql) {
    if (!has_search_column(kind)) {
        throw bad_parameter("search", "not_searchable");
    }
    const std::string digits = digits_of_number(text);
    if (!digits.empty()) {
        return "t.search like " + sql.add("%" + digits + "%");
    }
    std::string out = "(";
    int words = 0;
    while (!text.empty() && words < 8) {
        const auto blank = text.find(' ');
        const auto word = text.substr(0, blank);
        text = blank == std::string_view::npos ? std::string_view{} : text.substr(blank + 1);
        if (word.empty()) {
            continue;
        }
        if (words++) {
            out += " and ";
        }
        if (utf8_length(word) < 3 && words == 1 && text.empty()) {
            // Under three characters no trigram exists: beginnings of titles, by btree.
            out += "sort_key(t." + std::string(kind.entity->title) + ") like " +
                   sql.add(like_escaped(word) + "%");
        } else {
            out += "t.search like " + sql.add("%" + like_escaped(word) + "%");
        }
    }
    return words ? out + ")" : "true";
}

Task<http::Response> list(Ctx& ctx, const Kind& kind, const http::Request& request) {
    ListQuery query = co_await read_list_query(ctx, kind, request);
    Plan plan = plan_list(kind, query);
    std::vector<db::Statement> unit;
    unit.push_back({std::move(plan.page), std::move(plan.page_params)});
    unit.push_back({std::move(plan.count), std::move(plan.count_params)});
    const db::Scope scope{db::Role::reader, ctx.who.tenant};
    db::Options options;
    options.slow = query.counts_exactly && !plan.counts_by_tally;
    const auto answers = co_await ctx.app.database().run(ctx.loop, scope, std::move(unit), options);

    const db::Rows& rows = answers[0];
    const int shown_rows = std::min(rows.size(), query.limit);
    http::Response response;
    std::string& out = response.body;
    out.reserve(static_cast<std::size_t>(shown_rows) * 400 + 256);
    out += "{\"data\":[";
    for (int i = 0; i < shown_rows; ++i) {
        if (i) {
            out.push_back(',');
        }
        if (query.fields.empty()) {
            write_record(out, kind, rows, i);
        } else {
            std::string record;
            write_record(record, kind, rows, i);
            out += only_fields(record, query.fields);
        }
    }
    std::string next_cursor;
    if (rows.size() > query.limit) {
        const int last = shown_rows - 1;
        next_cursor =
            encode_cursor(query.order, rows.text(last, static_cast<int>(kind.columns.size())),
                          rows.text(last, kind.id_column));
    }
    std::int64_t total = 0;
    db::read_cell(answers[1].text(0, 0), total);
    const bool is_capped = !query.counts_exactly && !plan.counts_by_tally && total > count_cap;
    write_pagination(out, query, is_capped ? count_cap : total, is_capped, next_cursor);
    co_return response;
}

}  // namespace ponte::resources
