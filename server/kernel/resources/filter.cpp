// Filter trees to SQL. Values are checked by the same rules as inputs; a wrong field, operator or
// value is named, never ignored.
#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/resources/list.hpp"
#include "kernel/resources/record.hpp"
#include "kernel/resources/write.hpp"

namespace ponte::resources {
namespace {

constexpr int max_depth = 5, max_leafs = 50;
constexpr std::size_t max_values = 200;

// What a leaf compares: a column or a custom field.
struct Operand {
    Type type = Type::text;
    std::string sql;         // typed expression over t
    std::string search_key;  // set when t.search narrows a `contains`
    const Field* field = nullptr;
    std::string custom_key;
    std::string name;
    bool is_folded = false;
};

struct Builder {
    Ctx& ctx;
    const Kind& kind;
    const TenantFacts& facts;
    Sql& sql;
    std::vector<FieldProblem>& problems;
    int leafs = 0;

    std::string fail(std::string field, std::string code) {
        problems.push_back({"filter", std::move(code), Json::object({{"field", std::move(field)}}), {}});
        return "false";
    }
    std::optional<Operand> operand(const std::string& name);
    std::string node(const Json& tree, int depth);
    std::string leaf(const Json& tree);
    std::string compare(const Operand& on, const std::string& op, const Json& value);
    std::string compare_text(const Operand& on, const std::string& op, const Json& value);
    std::string compare_order(const Operand& on, const std::string& op, const Json& value);
    std::string compare_time(const Operand& on, const std::string& op, const Json& value);
    std::string compare_set(const Operand& on, const std::string& op, const Json& value);
    std::string compare_one(const Operand& on, const std::string& op, const Json& value);
    std::optional<std::string> value(const Operand& on, const Json& input);
    std::vector<std::string> values(const Operand& on, const Json& input);
    std::string day(const Operand& on, const std::string& iso_date, int add_days);
};

bool is_text_like(Type type) {
    switch (type) {
        case Type::text: case Type::long_text: case Type::email: case Type::phone: case Type::url:
        case Type::cpf: case Type::cnpj: case Type::document:
            return true;
        default:
            return false;
    }
}

std::string cast_of(Type type) {
    switch (type) {
        case Type::integer: case Type::money: return "::bigint";
        case Type::number: return "::numeric";
        case Type::date: return "::date";
        case Type::datetime: return "::timestamptz";
        case Type::boolean: return "::boolean";
        case Type::link: case Type::user: return "::uuid";
        default: return "";
    }
}

std::string like_escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') out.push_back('\\');
        out.push_back(c);
    }
    return out;
}

std::optional<Operand> Builder::operand(const std::string& name) {
    Operand on;
    on.name = name;
    if (name.starts_with("customFields.")) {
        const std::string key = name.substr(13);
        for (const CustomField& custom : facts.of(kind.entity->name)) {
            if (custom.key != key) continue;
            on.type = custom.type;
            on.custom_key = key;
            // The key is from our own table and matches [a-z0-9_]+: safe inside the text.
            // Custom money is kept in units, so it compares as a number.
            if (on.type == Type::money) on.type = Type::number;
            on.sql = on.type == Type::choices ? "t.custom->'" + key + "'" : "(t.custom->>'" + key + "')" + cast_of(on.type);
            return on;
        }
        return {};
    }
    for (const Column& column : kind.columns) {
        if (column.json_name != name || column.type == Type::json) continue;
        on.type = column.json_name == "id" ? Type::link : column.type;
        on.field = column.field;
        on.sql = column.field ? "t." + std::string(column.field->name) : column.sql;
        on.is_folded = is_text_like(on.type);
        if (column.field && column.field->is_searchable) on.search_key = "t.search";
        return on;
    }
    return {};
}

std::optional<std::string> Builder::value(const Operand& on, const Json& input) {
    if (on.type == Type::user && input.as_string() == "me") {
        return ctx.who.user.text();
    }
    if (is_text_like(on.type) || on.type == Type::choice) {
        if (!input.is_string() || input.as_string().empty() || input.as_string().size() > 500) {
            fail(on.name, "value");
            return {};
        }
        if (on.type == Type::phone || on.type == Type::document) {
            const Canonical exact = canonical(on.type, input, locale_of(ctx));
            if (exact.ok() && !exact.value.is_null()) return exact.value.as_string();
        }
        return input.as_string();
    }
    const Canonical result = canonical(on.type, input, locale_of(ctx));
    if (!result.ok() || result.value.is_null()) {
        fail(on.name, "value");
        return {};
    }
    return param_of(on.type, result.value).text;
}

std::vector<std::string> Builder::values(const Operand& on, const Json& input) {
    std::vector<std::string> out;
    const Json::Array single{input};
    const Json::Array& list = input.is_array() ? input.items() : single;
    if (list.empty() || list.size() > max_values) {
        fail(on.name, "value");
        return out;
    }
    for (const Json& one : list) {
        if (on.type == Type::tags || on.type == Type::choices) {
            if (!one.is_string()) {
                fail(on.name, "value");
                return {};
            }
            out.push_back(one.as_string());
        } else if (auto text = value(on, one)) {
            out.push_back(*text);
        }
    }
    return out;
}

std::string Builder::compare_text(const Operand& on, const std::string& op, const Json& input) {
    const auto text = value(on, input);
    if (!text) return "false";
    const std::string key = "sort_key(" + on.sql + ")";
    const std::string wanted = folded(*text);
    if (op == "is") return key + " = " + sql.add(wanted);
    if (op == "is_not") return "coalesce(" + key + ", '') <> " + sql.add(wanted);
    const std::string pattern = like_escaped(wanted);
    if (op == "contains" || op == "not_contains") {
        const std::string place = sql.add("%" + pattern + "%");
        if (op == "not_contains") return "coalesce(" + key + ", '') not like " + place;
        const std::string narrow = on.search_key.empty() ? "" : on.search_key + " like " + place + " and ";
        return "(" + narrow + key + " like " + place + ")";
    }
    if (op == "starts_with") return key + " like " + sql.add(pattern + "%");
    if (op == "ends_with") return key + " like " + sql.add("%" + pattern);
    return fail(on.name, "operator");
}

std::string Builder::compare_order(const Operand& on, const std::string& op, const Json& input) {
    if (op == "between") {
        if (!input.is_array() || input.items().size() != 2) return fail(on.name, "value");
        const auto low = value(on, input.items()[0]), high = value(on, input.items()[1]);
        if (!low || !high) return "false";
        const std::string cast = cast_of(on.type);
        return "(" + on.sql + " between " + sql.add(*low) + cast + " and " + sql.add(*high) + cast + ")";
    }
    static constexpr std::pair<std::string_view, std::string_view> signs[] = {
        {"is", "="}, {"is_not", "is distinct from"}, {"gt", ">"}, {"gte", ">="}, {"lt", "<"}, {"lte", "<="}};
    for (const auto& [name, sign] : signs) {
        if (name == op) {
            const auto text = value(on, input);
            if (!text) return "false";
            return on.sql + " " + std::string(sign) + " " + sql.add(*text) + cast_of(on.type);
        }
    }
    return fail(on.name, "operator");
}

// The first instant of a local date (datetime) or the date itself, some days later.
std::string Builder::day(const Operand& on, const std::string& iso_date, int add_days) {
    const std::string shifted = "(" + sql.add(iso_date) + "::date + " + std::to_string(add_days) + ")";
    if (on.type == Type::date) return shifted;
    return "(" + shifted + "::timestamp at time zone " + sql.add(ctx.who.timezone) + ")";
}

std::string Builder::compare_time(const Operand& on, const std::string& op, const Json& input) {
    const auto from_to = [&](const std::string& from, const std::string& to) {
        return "(" + on.sql + " >= " + from + " and " + on.sql + " < " + to + ")";
    };
    const auto relative = [&](int from_days, int to_days) {
        const auto local = [&](int days) {
            const std::string start = format_time(start_of_day(ctx.now, ctx.who.timezone, days));
            return on.type == Type::datetime ? sql.add(start) + "::timestamptz"
                       : "((" + sql.add(start) + "::timestamptz) at time zone " + sql.add(ctx.who.timezone) + ")::date";
        };
        const std::string from = local(from_days), to = local(to_days);
        return from_to(from, to);
    };
    if (op == "today") return relative(0, 1);
    if (op == "last_days" || op == "next_days") {
        const std::int64_t days = input.as_integer(-1);
        if (days < 1 || days > 3660) return fail(on.name, "value");
        return op == "last_days" ? relative(1 - static_cast<int>(days), 1)
                                 : relative(0, static_cast<int>(days) + 1);
    }
    if (op == "this_week" || op == "this_month") {
        const std::string unit = op == "this_week" ? "week" : "month";
        const std::string zone = sql.add(ctx.who.timezone);
        const std::string shift = unit == "week" ? " + interval '1 day'" : "";  // weeks start on Sunday
        const std::string back = unit == "week" ? " - interval '1 day'" : "";
        const std::string start = "(date_trunc('" + unit + "', (" + sql.add(format_time(ctx.now)) +
                                  "::timestamptz at time zone " + zone + ")" + shift + ")" + back + ")";
        const std::string cast = on.type == Type::date ? "::date" : "";
        const std::string zoned = on.type == Type::date ? "" : " at time zone " + zone;
        return from_to("(" + start + zoned + ")" + cast,
                       "((" + start + " + interval '1 " + unit + "')" + zoned + ")" + cast);
    }
    const auto date_of = [&](const Json& one) -> std::optional<std::string> {
        const Canonical date = canonical(Type::date, one, locale_of(ctx));
        if (date.ok() && !date.value.is_null()) return date.value.as_string();
        fail(on.name, "value");
        return {};
    };
    if (op == "between") {
        if (!input.is_array() || input.items().size() != 2) return fail(on.name, "value");
        const auto low = date_of(input.items()[0]), high = date_of(input.items()[1]);
        return low && high ? from_to(day(on, *low, 0), day(on, *high, 1)) : "false";
    }
    if (op != "is" && op != "before" && op != "after") return fail(on.name, "operator");
    const auto date = date_of(input);
    if (!date) return "false";
    if (op == "before") return on.sql + " < " + day(on, *date, 0);
    if (op == "after") return on.sql + " >= " + day(on, *date, 1);
    return from_to(day(on, *date, 0), day(on, *date, 1));
}

std::string Builder::compare_set(const Operand& on, const std::string& op, const Json& input) {
    if (op != "has_any" && op != "has_all" && op != "has_none") return fail(on.name, "operator");
    const auto wanted = values(on, input);
    if (wanted.empty()) return "false";
    if (!on.custom_key.empty()) {
        const std::string sign = op == "has_all" ? " ?& " : " ?| ";
        const std::string test = "coalesce(" + on.sql + ", '[]')" + sign + sql.add(wanted) + "::text[]";
        return op == "has_none" ? "not (" + test + ")" : "(" + test + ")";
    }
    std::string list = sql.add(wanted) + "::text[]";
    if (on.type == Type::tags) {
        const Kind& target = ctx.app.entities().get(on.field->target);
        const std::string title(target.entity->title), table(target.entity->table);
        const std::string found = "(select coalesce(array_agg(g.id), '{}') from " + table +
            " g where g.tenant_id = $1 and g.deleted_at is null and lower(g." + title +
            ") = any (select lower(x) from unnest(" + list + ") x))";
        if (op == "has_all") {
            return "(" + on.sql + " @> " + found + " and cardinality(" + found + ") = " + std::to_string(wanted.size()) + ")";
        }
        return op == "has_any" ? on.sql + " && " + found : "not (" + on.sql + " && " + found + ")";
    }
    if (op == "has_all") return on.sql + " @> " + list;
    return op == "has_any" ? on.sql + " && " + list : "not (" + on.sql + " && " + list + ")";
}

std::string Builder::compare_one(const Operand& on, const std::string& op, const Json& input) {
    const bool is_negative = op == "is_not" || op == "none_of";
    if (!is_negative && op != "is" && op != "any_of") return fail(on.name, "operator");
    const auto wanted = values(on, input);
    if (wanted.empty()) return "false";
    if (on.type == Type::choice && on.field) {
        const auto options = split_options(on.field->options);
        for (const auto& one : wanted) {
            if (std::find(options.begin(), options.end(), one) == options.end()) return fail(on.name, "value");
        }
    }
    const std::string cast = on.type == Type::choice ? "::text[]" : "::uuid[]";
    const std::string test = wanted.size() == 1
        ? on.sql + " = " + sql.add(wanted.front()) + cast_of(on.type)
        : on.sql + " = any (" + sql.add(wanted) + cast + ")";
    return is_negative ? "(" + test + ") is not true" : test;
}

std::string Builder::compare(const Operand& on, const std::string& op, const Json& input) {
    if (op == "empty" || op == "not_empty") {
        std::string test = on.sql + " is null";
        if (!on.custom_key.empty()) test = "(t.custom->'" + on.custom_key + "') is null";
        else if (on.type == Type::tags || on.type == Type::choices) test = on.sql + " = '{}'";
        return op == "empty" ? "(" + test + ")" : "not (" + test + ")";
    }
    if (is_text_like(on.type)) return compare_text(on, op, input);
    switch (on.type) {
        case Type::integer: case Type::number: case Type::money:
            return compare_order(on, op, input);
        case Type::date: case Type::datetime:
            return compare_time(on, op, input);
        case Type::boolean: {
            if (op != "is") return fail(on.name, "operator");
            if (!input.is_bool()) return fail(on.name, "value");
            return "coalesce(" + on.sql + ", false) = " + sql.add(input.as_bool()) + "::boolean";
        }
        case Type::choices: case Type::tags:
            return compare_set(on, op, input);
        case Type::choice: case Type::link: case Type::user:
            return compare_one(on, op, input);
        default:
            return fail(on.name, "field");
    }
}

std::string Builder::leaf(const Json& tree) {
    if (++leafs > max_leafs) return fail("", "too_many");
    const std::string name = tree["field"].as_string();
    const auto on = operand(name);
    if (!on) return fail(name, "field");
    if (!tree["op"].is_string()) return fail(name, "operator");
    return compare(*on, tree["op"].as_string(), tree["value"]);
}

std::string Builder::node(const Json& tree, int depth) {
    if (depth > max_depth) return fail("", "too_deep");
    if (!tree.is_object()) return fail("", "format");
    for (const std::string_view word : {"and", "or"}) {
        const Json* list = tree.find(word);
        if (!list) continue;
        if (!list->is_array() || list->items().empty()) return fail("", "format");
        std::string out = "(";
        for (const Json& item : list->items()) {
            if (out.size() > 1) out.append(" ").append(word).append(" ");
            out += node(item, depth + 1);
        }
        return out + ")";
    }
    return leaf(tree);
}

}  // namespace

std::string filter_sql(Ctx& ctx, const Kind& kind, const TenantFacts& facts, const Json& tree,
                       Sql& sql, std::vector<FieldProblem>& problems) {
    Builder builder{ctx, kind, facts, sql, problems};
    return builder.node(tree, 1);
}

std::string shorthand_sql(Ctx& ctx, const Kind& kind, const Field& field, std::string_view values,
                          Sql& sql, std::vector<FieldProblem>& problems) {
    Json list = Json::array();
    while (!values.empty()) {
        const auto comma = values.find(',');
        auto part = values.substr(0, comma);
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ')) part.remove_suffix(1);
        if (!part.empty()) list.push(part);
        values = comma == std::string_view::npos ? std::string_view{} : values.substr(comma + 1);
    }
    const bool is_set = field.type == Type::tags || field.type == Type::choices;
    std::string op = is_set ? "has_any" : "any_of";
    Json value = list;
    if (field.type == Type::boolean) {
        op = "is";
        const std::string word = list.items().empty() ? "" : list.items().front().as_string();
        value = word == "true" ? Json(true) : word == "false" ? Json(false) : Json(word);
    } else if (field.type != Type::choice && field.type != Type::link && field.type != Type::user && !is_set) {
        op = "is";
        value = list.items().empty() ? Json{} : list.items().front();
    }
    const TenantFacts none;
    Builder builder{ctx, kind, none, sql, problems};
    const std::string name = camel_case(field.name);
    const auto before = problems.size();
    std::string out = builder.leaf(Json::object({{"field", name}, {"op", op}, {"value", std::move(value)}}));
    for (std::size_t i = before; i < problems.size(); ++i) problems[i].field = name;
    return out;
}

std::vector<std::string_view> operators_of(Type type) {
    if (is_text_like(type)) {
        return {"is", "is_not", "contains", "not_contains", "starts_with", "ends_with", "empty", "not_empty"};
    }
    switch (type) {
        case Type::integer: case Type::number: case Type::money:
            return {"is", "is_not", "gt", "gte", "lt", "lte", "between", "empty", "not_empty"};
        case Type::date: case Type::datetime:
            return {"is", "before", "after", "between", "last_days", "next_days", "today", "this_week", "this_month", "empty", "not_empty"};
        case Type::boolean:
            return {"is"};
        case Type::choice: case Type::link: case Type::user:
            return {"is", "is_not", "any_of", "none_of", "empty", "not_empty"};
        case Type::choices: case Type::tags:
            return {"has_any", "has_all", "has_none", "empty", "not_empty"};
        default:
            return {};
    }
}

}  // namespace ponte::resources
