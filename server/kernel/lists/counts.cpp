#include "kernel/lists/counts.hpp"

#include <algorithm>
#include <map>

#include "kernel/db/budgets.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"

namespace ponte::records {
namespace {

constexpr std::size_t longest_filter = 16'384;

constexpr Field query_fields[] = {
    text("by").up_to(100),
    text("filter").up_to(longest_filter),
    text("search").up_to(200),
};

bool is_counted(const Field& field) { return field.type == Type::choice; }

// By what is asked for, else by what the entity keeps tallies of.
const Field& field_asked(const Kind& kind, const std::string& by) {
    const Field* field = by.empty() ? kind.field(kind.entity->counted_by) : kind.field_by_json(by);
    if (!field || !is_counted(*field)) {
        Json allowed = Json::array();
        for (const Field& one : kind.entity->fields) {
            if (is_counted(one)) {
                allowed.push(camel_case(one.name));
            }
        }
        throw bad_parameter("by", by.empty() ? "required" : "not_an_option",
                            Json::object({{"allowed", std::move(allowed)}}));
    }
    return *field;
}

Json selection_asked(const Values& asked) {
    Json selection = Json::object();
    if (const auto filter = asked.text("filter"); filter && !filter->empty()) {
        try {
            selection.set("filter", Json::parse(*filter));
        } catch (const Error&) {
            throw bad_parameter("filter", "format");
        }
    }
    if (const auto search = asked.text("search")) {
        selection.set("search", *search);
    }
    return selection;
}

// Whoever reads all of them is told what the write path keeps.
db::Statement statement(const Kind& kind, const Field& by, ListQuery query, bool is_whole) {
    const std::string table(kind.entity->table);
    if (is_whole && query.is_unfiltered && by.name == kind.entity->counted_by) {
        db::Params params{query.sql.params.front(), table};
        return {
            "select value, sum(delta) from tallies where tenant_id = $1 and entity = $2 "
            "group by value",
            std::move(params)};
    }
    const std::string column = "t." + std::string(by.name);
    return {"select " + column + ", count(*) from " + table + " t where " + query.where +
                " group by " + column,
            std::move(query.sql.params)};
}

Json counts_json(const Field& by, const db::Rows& rows) {
    std::map<std::string, std::int64_t, std::less<>> counted;
    std::int64_t total = 0;
    for (int i = 0; i < rows.size(); ++i) {
        std::int64_t count = 0;
        db::read_cell(rows.text(i, 1), count);
        counted[std::string(rows.text(i, 0))] = count;
        total += count;
    }
    Json data = Json::array();
    for (const auto option : split_options(by.options)) {
        const auto found = counted.find(option);
        const std::int64_t count = found == counted.end() ? 0 : found->second;
        data.push(Json::object({{"value", option}, {"count", count}}));
    }
    return Json::object({{"by", camel_case(by.name)}, {"data", std::move(data)}, {"total", total}});
}

}  // namespace

const std::span<const Field> counts_query = query_fields;

bool has_counts(const Entity& entity) { return std::ranges::any_of(entity.fields, is_counted); }

Task<http::Response> counts(Ctx& ctx, const Kind& kind) {
    const Field& by = field_asked(kind, ctx.asked.text("by").value_or(""));
    const Json selection = selection_asked(ctx.asked);
    ListQuery query = co_await read_selection(ctx, kind, selection);
    std::vector<db::Statement> unit;
    unit.push_back(statement(kind, by, std::move(query), selection.members().empty()));
    const db::Scope scope{db::Role::reader, ctx.who.tenant};
    const auto answers =
        co_await ctx.services.database().run(ctx.loop, scope, std::move(unit), db::for_reading);
    co_return reply(200, counts_json(by, answers.front()));
}

}  // namespace ponte::records
