// Filter trees to SQL. Values are checked by the same rules as inputs; a wrong field, operator or
// value is named, never ignored.
#include <algorithm>

#include "kernel/entities/catalogue.hpp"
#include "kernel/lists/filter_builder.hpp"
#include "kernel/services.hpp"

namespace ponte::records {
namespace {

constexpr int max_depth = 5, max_leafs = 50;

}  // namespace

std::string FilterBuilder::fail(std::string field, std::string code) {
    problems.push_back(
        {"filter", std::move(code), Json::object({{"field", link + std::move(field)}}), {}});
    return "false";
}

std::string FilterBuilder::compare(const Operand& on, const std::string& op, const Json& input) {
    if (op == "empty" || op == "not_empty") {
        std::string test = on.sql + " is null";
        if (!on.custom_key.empty()) {
            // A multiple choice that was cleared is kept as [].
            test = "coalesce(t.custom->'" + on.custom_key + "', '[]') = '[]'";
        } else if (on.held().is_set()) {
            test = on.sql + " = '{}'";
        }
        return op == "empty" ? "(" + test + ")" : "not (" + test + ")";
    }
    switch (on.held().compared) {
        case Compared::as_text:
            return compare_text(on, op, input);
        case Compared::in_order:
            return compare_order(on, op, input);
        case Compared::in_time:
            return compare_time(on, op, input);
        case Compared::as_truth:
            return compare_boolean(on, op, input);
        case Compared::as_set:
            return compare_set(on, op, input);
        case Compared::as_one:
            return compare_one(on, op, input);
        case Compared::by_presence:
            return fail(on.name, "operator");
        case Compared::not_at_all:
            break;
    }
    return fail(on.name, "field");
}

std::string FilterBuilder::leaf(const Json& tree) {
    if (++leafs > max_leafs) {
        return fail("", "too_many");
    }
    const std::string name = tree["field"].as_string();
    if (name.find('.') != name.npos && !name.starts_with("customFields.")) {
        return across(name, tree);
    }
    const auto on = operand(name);
    if (!on) {
        return fail(name, "field");
    }
    if (!tree["op"].is_string()) {
        return fail(name, "operator");
    }
    return compare(*on, tree["op"].as_string(), tree["value"]);
}

namespace {

// What is denied of a value holds where there is none, so across a link the opposite is asked for.
struct Asked {
    std::string op;
    Json value;
    bool is_denied = false;
};

Asked affirmed(const Json& tree) {
    static constexpr std::pair<std::string_view, std::string_view> opposites[] = {
        {"is_not", "is"},
        {"not_contains", "contains"},
        {"none_of", "any_of"},
        {"has_none", "has_any"},
        {"empty", "not_empty"}};
    Asked asked{tree["op"].as_string(), tree["value"], false};
    for (const auto& [denial, opposite] : opposites) {
        if (asked.op == denial) {
            asked.op = opposite;
            asked.is_denied = true;
            return asked;
        }
    }
    if (asked.op == "is" && asked.value.is_bool() && !asked.value.as_bool()) {
        asked.value = true;
        asked.is_denied = true;
    }
    return asked;
}

}  // namespace

// "contact.city": of what the link points to, as far as the reader may read that. What is out of
// reach, or in the bin, counts as if there were no value.
std::string FilterBuilder::across(const std::string& name, const Json& tree) {
    const auto dot = name.find('.');
    const std::string rest = name.substr(dot + 1);
    const Link* over = kind.link_by_json(name.substr(0, dot));
    if (!over || !over->target || ctx.reach(over->target->resource, "read") == Reach::none) {
        return fail(name, "field");
    }
    const Kind& target = ctx.services.entities().seen(*over->target, ctx.who);
    if (!link.empty() || target.link_by_json(rest.substr(0, rest.find('.')))) {
        return fail(name, "too_far");
    }
    const Asked asked = affirmed(tree);
    FilterBuilder there{ctx, target, facts, sql, problems, leafs - 1, name.substr(0, dot + 1)};
    const std::string condition =
        there.leaf(Json::object({{"field", rest},
                                 {"op", tree["op"].is_string() ? Json(asked.op) : Json{}},
                                 {"value", asked.value}}));
    const std::string reach = reach_sql(ctx, target, "read", sql);
    const std::string found = over->sql + " in (select t.id from " +
                              std::string(target.entity->table) + " t where t.tenant_id = $1" +
                              (target.entity->can_be_deleted ? " and t.deleted_at is null" : "") +
                              (reach.empty() ? "" : " and " + reach) + " and " + condition + ")";
    return asked.is_denied ? "(" + found + ") is not true" : found;
}

std::string FilterBuilder::node(const Json& tree, int depth) {
    if (depth > max_depth) {
        return fail("", "too_deep");
    }
    if (!tree.is_object()) {
        return fail("", "format");
    }
    for (const std::string_view word : {"and", "or"}) {
        const Json* list = tree.find(word);
        if (!list) {
            continue;
        }
        if (!list->is_array()) {
            return fail("", "format");
        }
        if (list->items().size() > max_leafs) {
            return fail("", "too_many");
        }
        if (list->items().empty()) {
            return word == "and" ? "true" : fail("", "format");
        }
        std::string out = "(";
        for (const Json& item : list->items()) {
            if (out.size() > 1) {
                out.append(" ").append(word).append(" ");
            }
            out += node(item, depth + 1);
        }
        return out + ")";
    }
    return leaf(tree);
}

std::string filter_sql(Ctx& ctx, const Kind& kind, const TenantFacts& facts, const Json& tree,
                       Sql& sql, Problems& problems) {
    FilterBuilder builder{ctx, kind, facts, sql, problems};
    return builder.node(tree, 1);
}

namespace {

// What ?field=… asks for: one of the values where there may be several, else the first.
std::pair<std::string, Json> short_question(const Field& field, const Json& list) {
    const Json first = list.items().empty() ? Json{} : list.items().front();
    switch (field_type(field.type).compared) {
        case Compared::as_set:
            return {"has_any", list};
        case Compared::as_one:
            return {"any_of", list};
        case Compared::as_truth: {
            const std::string& word = first.as_string();
            return {"is", word == "true" ? Json(true) : word == "false" ? Json(false) : Json(word)};
        }
        case Compared::in_order: {
            // Where JSON says a number, a parameter says its text.
            const bool is_read = canonical(field.type, first, Locale{}).ok();
            const Canonical number = canonical_from_text(field.type, first.as_string(), Locale{});
            return {"is", !is_read && number.ok() ? number.value : first};
        }
        case Compared::as_text:
        case Compared::in_time:
        case Compared::by_presence:
        case Compared::not_at_all:
            break;
    }
    return {"is", first};
}

}  // namespace

std::string shorthand_sql(Ctx& ctx, const Kind& kind, const Field& field, std::string_view values,
                          Sql& sql, Problems& problems) {
    Json list = Json::array();
    while (!values.empty()) {
        const auto comma = values.find(',');
        auto part = values.substr(0, comma);
        while (part.starts_with(' ')) {
            part.remove_prefix(1);
        }
        while (part.ends_with(' ')) {
            part.remove_suffix(1);
        }
        if (!part.empty()) {
            list.push(part);
        }
        values = comma == std::string_view::npos ? std::string_view{} : values.substr(comma + 1);
    }
    const auto [op, value] = short_question(field, list);
    const TenantFacts none;
    Problems found;
    FilterBuilder builder{ctx, kind, none, sql, found};
    const std::string name = camel_case(field.name);
    std::string out = builder.leaf(Json::object({{"field", name}, {"op", op}, {"value", value}}));
    for (FieldProblem& problem : found) {
        problem.field = name;
        problems.push_back(std::move(problem));
    }
    return out;
}

std::vector<std::string_view> operators_of(Type type) {
    switch (field_type(type).compared) {
        case Compared::as_text:
            return {"is",          "is_not",    "contains", "not_contains",
                    "starts_with", "ends_with", "empty",    "not_empty"};
        case Compared::in_order:
            return {"is", "is_not", "gt", "gte", "lt", "lte", "between", "empty", "not_empty"};
        case Compared::in_time:
            return {"is",    "before",    "after",      "between", "last_days", "next_days",
                    "today", "this_week", "this_month", "empty",   "not_empty"};
        case Compared::as_truth:
            return {"is"};
        case Compared::as_one:
            return {"is", "is_not", "any_of", "none_of", "empty", "not_empty"};
        case Compared::as_set:
            return {"has_any", "has_all", "has_none", "empty", "not_empty"};
        case Compared::by_presence:
            return {"empty", "not_empty"};
        case Compared::not_at_all:
            break;
    }
    return {};
}

}  // namespace ponte::records
