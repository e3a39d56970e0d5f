#include "kernel/lists/list.hpp"

#include <algorithm>

#include "kernel/db/budgets.hpp"
#include "kernel/lists/cursor.hpp"
#include "kernel/lists/list_plan.hpp"
#include "kernel/records/record.hpp"
#include "kernel/services.hpp"

namespace ponte::records {
namespace {

void write_pagination(std::string& out, const ListQuery& query, std::int64_t total,
                      bool is_at_least, const std::string& next_cursor) {
    const std::int64_t pages = (total + query.limit - 1) / query.limit;
    out += "],\"pagination\":{\"page\":" + std::to_string(query.page) +
           ",\"limit\":" + std::to_string(query.limit) + ",\"total\":" + std::to_string(total) +
           ",\"totalRelation\":\"" + (is_at_least ? "gte" : "eq") +
           "\",\"totalPages\":" + std::to_string(pages) + ",\"nextCursor\":";
    if (next_cursor.empty()) {
        out += "null";
    } else {
        append_json_string(out, next_cursor);
    }
    out += "}}";
}

struct Counted {
    std::int64_t total = 0;
    bool is_at_least = false;
};

Counted count_of(const Plan& plan, const ListQuery& query, const std::vector<db::Rows>& answers,
                 int found) {
    Counted counted;
    const bool is_second = answers.size() > 1;
    const int column = is_second ? 0 : answers[0].columns() - 1;
    db::read_cell(answers[is_second ? 1 : 0].text(0, column), counted.total);
    if (plan.total == Total::at_least) {
        // What stands on the page is there, too.
        const std::int64_t before =
            query.cursor ? 0 : static_cast<std::int64_t>(query.page - 1) * query.limit;
        counted.total = std::max(counted.total, before + found);
        counted.is_at_least = true;
    }
    if (plan.total != Total::exact && counted.total > count_cap) {
        counted.total = count_cap;
        counted.is_at_least = true;
    }
    return counted;
}

// ?fields=name,phone: id is always there.
std::string only_fields(const std::string& record, std::string_view fields) {
    const Json full = Json::parse(record);
    Json out = Json::object();
    out.set("id", full["id"]);
    while (!fields.empty()) {
        const auto comma = fields.find(',');
        const auto name = fields.substr(0, comma);
        if (const Json* value = full.find(name)) {
            out.set(name, *value);
        }
        fields = comma == std::string_view::npos ? std::string_view{} : fields.substr(comma + 1);
    }
    return out.dump();
}

}  // namespace

Task<http::Response> list(Ctx& ctx, const Kind& kind, const http::Request& request) {
    ListQuery query = co_await read_list_query(ctx, kind, request);
    const ListPlanner planner(ctx, kind, query);
    const db::Scope scope{db::Role::reader, ctx.who.tenant};
    std::optional<Sample> sample;
    if (planner.wants_sample()) {
        std::vector<db::Statement> asked{planner.sample()};
        const auto seen = co_await ctx.services.database().run(ctx.loop, scope, std::move(asked),
                                                               db::for_reading);
        sample = planner.read_sample(seen[0]);
    }
    Plan plan = planner.plan(sample);
    db::Options options = db::for_reading;
    options.slow = plan.total == Total::exact && plan.unit.size() > 1 && query.counts_exactly;
    const auto answers =
        co_await ctx.services.database().run(ctx.loop, scope, std::move(plan.unit), options);

    const db::Rows& rows = answers[0];
    const int found = plan.has_total_in_page && rows.is_null(0, kind.id_column) ? 0 : rows.size();
    const int shown_rows = std::min(found, query.limit);
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
    const int last = shown_rows - 1, order_column = kind.shown_columns();
    if (last >= 0 && rows.text(last, order_column + 1) == "t") {
        next_cursor = encode_cursor(query.order, rows.text(last, order_column),
                                    rows.text(last, kind.id_column));
    }
    const Counted counted = count_of(plan, query, answers, found);
    write_pagination(out, query, counted.total, counted.is_at_least, next_cursor);
    co_return response;
}

}  // namespace ponte::records
