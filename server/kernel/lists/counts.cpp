#include "kernel/lists/counts.hpp"

#include <algorithm>
#include <map>

#include "kernel/db/budgets.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/record.hpp"
#include "kernel/services.hpp"

namespace ponte::records {
namespace {

constexpr std::size_t longest_filter = 16'384;

constexpr Field query_fields[] = {
    text("by").up_to(100),
    text("sum").up_to(200),
    text("filter").up_to(longest_filter),
    text("search").up_to(200),
};

bool is_counted(const Field& field) {
    return field.type == Type::choice || field_type(field.type).points == Points::to_one;
}

bool is_choice(const Field& field) { return field.type == Type::choice; }

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

// What is added up beside: "total,weighted".
std::vector<const Field*> sums_asked(const Kind& kind, std::string_view names) {
    std::vector<const Field*> fields;
    while (!names.empty()) {
        const auto comma = names.find(',');
        const Field* field = kind.field_by_json(names.substr(0, comma));
        if (!field || !(is_number(field->type) || field->type == Type::duration)) {
            throw bad_parameter("sum", "not_an_option");
        }
        fields.push_back(field);
        names = comma == names.npos ? std::string_view{} : names.substr(comma + 1);
    }
    return fields;
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
db::Statement statement(const Kind& kind, const Field& by, const std::vector<const Field*>& sums,
                        ListQuery query, bool is_whole) {
    const std::string table(kind.entity->table);
    if (is_whole && sums.empty() && query.is_unfiltered && by.name == kind.entity->counted_by) {
        db::Params params{query.sql.params.front(), table};
        return {
            "select value, sum(delta) from tallies where tenant_id = $1 and entity = $2 "
            "group by value",
            std::move(params)};
    }
    const std::string column = "t." + std::string(by.name);
    std::string told = "select " + column + ", count(*)";
    for (const Field* field : sums) {
        told += ", coalesce(sum(t." + std::string(field->name) + "), 0)";
    }
    return {told + " from " + table + " t where " + query.where + " group by " + column,
            std::move(query.sql.params)};
}

struct Counted {
    std::int64_t count = 0;
    std::vector<double> sums;  // as they are kept
};

Json counted_json(Json value, const Counted& counted, const std::vector<const Field*>& sums) {
    Json out = Json::object({{"value", std::move(value)}, {"count", counted.count}});
    if (sums.empty()) {
        return out;
    }
    Json added = Json::object();
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const double sum = i < counted.sums.size() ? counted.sums[i] : 0;
        const bool is_whole = field_type(sums[i]->type).sent != Sent::number;
        const Json kept = is_whole ? Json(static_cast<std::int64_t>(sum)) : Json(sum);
        added.set(camel_case(sums[i]->name), shown(sums[i]->type, kept));
    }
    out.set("sums", std::move(added));
    return out;
}

Counted counted_in(const db::Rows& rows, int row, std::size_t sums) {
    Counted counted;
    db::read_cell(rows.text(row, 1), counted.count);
    for (std::size_t i = 0; i < sums; ++i) {
        db::read_cell(rows.text(row, 2 + static_cast<int>(i)), counted.sums.emplace_back());
    }
    return counted;
}

// Every option of a choice, in its order; of a link those that some record points to.
Json counts_json(const Field& by, const std::vector<const Field*>& sums, const db::Rows& rows) {
    std::map<std::string, Counted, std::less<>> counted;
    std::int64_t total = 0;
    for (int i = 0; i < rows.size(); ++i) {
        Counted one = counted_in(rows, i, sums.size());
        total += one.count;
        counted[std::string(rows.text(i, 0))] = std::move(one);
    }
    Json data = Json::array();
    for (const auto option : split_options(by.options)) {
        data.push(counted_json(option, counted[std::string(option)], sums));
    }
    for (const auto& [value, one] : counted) {
        if (!is_choice(by)) {
            data.push(counted_json(value.empty() ? Json{} : Json(value), one, sums));
        }
    }
    return Json::object({{"by", camel_case(by.name)}, {"data", std::move(data)}, {"total", total}});
}

}  // namespace

const std::span<const Field> counts_query = query_fields;

bool has_counts(const Entity& entity) { return std::ranges::any_of(entity.fields, is_choice); }

Task<http::Response> counts(Ctx& ctx, const Kind& kind) {
    const Field& by = field_asked(kind, ctx.asked.text("by").value_or(""));
    const auto sums = sums_asked(kind, ctx.asked.text("sum").value_or(""));
    const Json selection = selection_asked(ctx.asked);
    ListQuery query = co_await read_selection(ctx, kind, selection);
    std::vector<db::Statement> unit;
    unit.push_back(statement(kind, by, sums, std::move(query), selection.members().empty()));
    const db::Scope scope{db::Role::reader, ctx.who.tenant};
    const auto answers =
        co_await ctx.services.database().run(ctx.loop, scope, std::move(unit), db::for_reading);
    co_return reply(200, counts_json(by, sums, answers.front()));
}

}  // namespace ponte::records
