// What a filter may name, and the values that it may compare with: checked by the rules of inputs.
#include <algorithm>

#include "kernel/lists/filter_builder.hpp"
#include "kernel/records/record.hpp"
#include "kernel/records/write.hpp"

namespace ponte::records {
namespace {

constexpr std::size_t max_values = 200;

}  // namespace

std::string cast_of(Type type) {
    const std::string sql(field_type(type).sql);
    return sql == "text" ? "" : "::" + sql;
}

namespace {

// Only what can be cast is: one odd value, written before a rule was, must not fail the whole list.
std::string custom_sql(Type type, const std::string& key) {
    const std::string json = "(t.custom->'" + key + "')", text = "(t.custom->>'" + key + "')";
    switch (field_type(type).compared) {
        case Compared::as_set:
            return "t.custom->'" + key + "'";
        case Compared::in_order:
            return "(case when jsonb_typeof" + json + " = 'number' then " + text + "::numeric end)";
        case Compared::in_time:
            return "(case when " + text + " ~ '^[1-9][0-9]{3}-[01][0-9]-[0-3][0-9]' then " + text +
                   cast_of(type) + " end)";
        case Compared::as_truth:
            return "(case when jsonb_typeof" + json + " = 'boolean' then " + text +
                   "::boolean end)";
        case Compared::as_text:
        case Compared::as_one:
        case Compared::by_presence:
        case Compared::not_at_all:
            break;
    }
    return text + cast_of(type);
}

}  // namespace

std::optional<Operand> FilterBuilder::operand(const std::string& name) {
    Operand on;
    on.name = name;
    if (name.starts_with("customFields.")) {
        const std::string key = name.substr(13);
        for (const CustomField& custom : facts.of(kind.entity->name)) {
            if (custom.key != key) {
                continue;
            }
            // The type as which it compares: money is kept in units there.
            const FieldType* other = field_type(custom.type).in_custom_fields;
            on.type = other ? other->type : custom.type;
            on.custom_key = key;
            on.custom = &custom;
            // The key is from our own table and matches [a-z0-9_]+: safe inside the text.
            on.sql = custom_sql(on.type, key);
            return on;
        }
        return {};
    }
    for (const Column& column : kind.columns) {
        if (column.json_name != name || is_structured(column.type)) {
            continue;
        }
        on.type = column.json_name == "id" ? Type::link : column.type;
        on.field = column.field;
        on.sql = column.field ? "t." + std::string(column.field->name) : column.sql;
        if (column.field && column.field->is_searchable) {
            on.search_key = "t.search";
        }
        return on;
    }
    return {};
}

std::optional<std::string> FilterBuilder::value(const Operand& on, const Json& input) {
    const FieldType& type = on.held();
    if (type.target == "user" && input.as_string() == "me") {
        return ctx.who.user.text();
    }
    if (type.compared == Compared::as_text || type.has_options) {
        if (!input.is_string() || input.as_string().empty() || input.as_string().size() > 500) {
            fail(on.name, "value");
            return {};
        }
        if (type.marks != Marks::kept) {
            const Canonical exact = canonical(on.type, input, locale_of(ctx));
            if (exact.ok() && !exact.value.is_null()) {
                return exact.value.as_string();
            }
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

namespace {

// An option however it is written; one that is no more may still stand in records.
std::string as_option(const Operand& on, std::string text) {
    if (on.custom && on.held().has_options) {
        const auto option = std::ranges::find(on.custom->options, folded(text), folded);
        return option == on.custom->options.end() ? text : *option;
    }
    return text;
}

}  // namespace

std::vector<std::string> FilterBuilder::values(const Operand& on, const Json& input) {
    std::vector<std::string> out;
    const Json::Array single{input};
    const Json::Array& list = input.is_array() ? input.items() : single;
    if (list.empty() || list.size() > max_values) {
        fail(on.name, "value");
        return out;
    }
    for (const Json& one : list) {
        if (on.held().is_set()) {
            if (!one.is_string()) {
                fail(on.name, "value");
                return {};
            }
            out.push_back(as_option(on, one.as_string()));
        } else if (auto text = value(on, one)) {
            out.push_back(as_option(on, *text));
        }
    }
    return out;
}

}  // namespace ponte::records
