#include "kernel/openapi/schemas.hpp"

#include <algorithm>

#include "kernel/openapi/naming.hpp"
#include "kernel/records/record.hpp"

namespace ponte::openapi {
namespace {

Json options_of(const Field& field) {
    Json options = Json::array();
    for (const auto option : records::split_options(field.options)) {
        options.push(option);
    }
    return options;
}

Json of_type(std::string_view type, bool may_be_null) {
    return Json::object({{"type", may_be_null ? Json::array({type, "null"}) : Json(type)}});
}

void add_bounds(Json& schema, const Field& field) {
    const Bounded bounded = field_type(field.type).bounded;
    if (bounded == Bounded::not_at_all) {
        return;
    }
    const bool is_length = bounded == Bounded::by_length;
    if (field.min != INT64_MIN) {
        schema.set(is_length ? "minLength" : "minimum", records::shown(field.type, field.min));
    }
    if (field.max != INT64_MAX) {
        schema.set(is_length ? "maxLength" : "maximum", records::shown(field.type, field.max));
    }
}

Json plain_schema(const Field& field, bool may_be_null) {
    const FieldType& type = field_type(field.type);
    if (type.schema.empty()) {
        return Json::object();
    }
    if (!type.is_list) {
        return of_type(type.schema, may_be_null);
    }
    Json item = of_type("string", false);
    if (type.has_options) {
        item.set("enum", options_of(field));
    }
    return Json::object({{"type", type.schema}, {"items", std::move(item)}});
}

Json initial_value(const Field& field) {
    const Canonical value = canonical_from_text(field.type, field.initial, Locale{});
    return value.ok() ? records::shown(field.type, value.value) : Json{};
}

bool may_be_null(const Field& field, Side side) {
    const bool is_needed = field.is_required || (side != Side::shown && field.is_expected);
    return !is_needed && field.initial.empty();
}

bool is_asked(const Field& field) {
    return (field.is_required || field.is_expected) && field.initial.empty();
}

Json object_of(Json properties, Json required) {
    Json schema = Json::object({{"type", "object"}, {"properties", std::move(properties)}});
    if (!required.items().empty()) {
        schema.set("required", std::move(required));
    }
    return schema;
}

Json any_object() {
    return Json::object({{"type", "object"}, {"additionalProperties", Json::object()}});
}

// What a link points to, beside its id.
Json link_schema(const records::Link& link) {
    const char* const component = link.is_file ? "File" : "Linked";
    if (link.field && link.field->is_required) {
        return reference(component);
    }
    return Json::object(
        {{"oneOf", Json::array({reference(component), Json::object({{"type", "null"}})})}});
}

// Each part whole; of a change, those that stay by their ids.
Json parts_schema(const Field& field, Side side) {
    const std::string component = pascal_case(field.target);
    Json part = reference(side == Side::shown     ? component
                          : side == Side::created ? component + "Input"
                                                  : component + "Patch");
    if (side == Side::changed) {
        const Json id = Json::object({{"type", "string"}, {"format", "uuid"}});
        const Json known =
            Json::object({{"type", "object"}, {"properties", Json::object({{"id", id}})}});
        part = Json::object({{"allOf", Json::array({std::move(part), known})}});
    }
    Json schema = Json::object({{"type", "array"}, {"items", std::move(part)}});
    if (field.min > 0) {
        schema.set("minItems", field.min);
    }
    schema.set("maxItems", field.max);
    return schema;
}

void add_title(Json& schema, const Field& field, const Speaker& speaker) {
    const auto word = field_word(speaker.entity, field.name, speaker.language);
    if (!word.empty()) {
        schema.set("title", word);
    }
}

// Answers say that there is one, and nothing else.
Json sealed_schema(const Field& field, const Speaker& speaker) {
    const Json set = Json::object({{"type", "boolean"}});
    Json schema = Json::object({{"type", Json::array({"object", "null"})},
                                {"properties", Json::object({{"set", set}})},
                                {"required", Json::array({"set"})}});
    add_title(schema, field, speaker);
    return schema;
}

}  // namespace

Json field_schema(const Field& field, Side side, const Speaker& speaker) {
    const FieldType& type = field_type(field.type);
    if (type.points == Points::to_parts) {
        Json schema = parts_schema(field, side);
        add_title(schema, field, speaker);
        return schema;
    }
    if (type.is_sealed && side == Side::shown) {
        return sealed_schema(field, speaker);
    }
    const bool is_nullable = may_be_null(field, side);
    Json schema = plain_schema(field, is_nullable);
    if (!type.format.empty()) {
        schema.set("format", type.format);
    }
    if (type.is_sealed) {
        schema.set("writeOnly", true);
    }
    if (type.has_options && !type.is_list) {
        Json options = options_of(field);
        if (is_nullable) {
            options.push(nullptr);
        }
        schema.set("enum", std::move(options));
    }
    add_bounds(schema, field);
    if (side == Side::created && !field.initial.empty()) {
        schema.set("default", initial_value(field));
    }
    if (side == Side::shown && field.is_read_only) {
        schema.set("readOnly", true);
    }
    add_title(schema, field, speaker);
    return schema;
}

Json record_schema(const records::Kind& kind, Language language) {
    const Speaker speaker{kind.entity->name, language};
    Json properties = Json::object(), required = Json::array();
    for (const records::Column& column : kind.columns) {
        const bool is_deletion = column.json_name == "deletedAt";
        Json schema;
        if (column.field) {
            schema = field_schema(*column.field, Side::shown, speaker);
        } else if (field_type(column.type).schema.empty()) {
            schema = any_object();
        } else {
            Field fixed = field(column.json_name, column.type);
            fixed.is_required = column.json_name != "createdBy";
            fixed.is_read_only = true;
            const std::string snake = snake_case(column.json_name);
            fixed.name = snake;
            schema = field_schema(fixed, Side::shown, speaker);
            if (column.json_name == "id") {
                schema.set("format", "uuid");
            }
        }
        // Only records in the recycle bin are deleted, and lists leave parts out.
        const bool is_for_some =
            column.field && (!column.field->seen_with.empty() ||
                             field_type(column.type).points == Points::to_parts);
        if (!is_deletion && !is_for_some) {
            required.push(column.json_name);
        }
        properties.set(column.json_name, std::move(schema));
        const auto link =
            std::find_if(kind.links.begin(), kind.links.end(),
                         [&](const records::Link& one) { return one.id_name == column.json_name; });
        if (link != kind.links.end()) {
            required.push(link->json_name);
            properties.set(link->json_name, link_schema(*link));
        }
    }
    return object_of(std::move(properties), std::move(required));
}

Json input_schema(const records::Kind& kind, Side side, Language language) {
    const Speaker speaker{kind.entity->name, language};
    std::vector<Field> taken;
    for (const Field& one : kind.entity->fields) {
        if (side == Side::created || !one.is_immutable) {
            taken.push_back(one);
        }
    }
    Json schema = body_schema(taken, side, speaker);
    if (kind.entity->has_custom_fields) {
        Json properties = schema["properties"];
        properties.set("customFields", any_object());
        schema.set("properties", std::move(properties));
    }
    return schema;
}

Json body_schema(std::span<const Field> fields, Side side, const Speaker& speaker) {
    Json properties = Json::object(), required = Json::array();
    for (const Field& one : fields) {
        if (one.is_read_only) {
            continue;
        }
        properties.set(camel_case(one.name), field_schema(one, side, speaker));
        if (side == Side::created && is_asked(one)) {
            required.push(camel_case(one.name));
        }
    }
    return object_of(std::move(properties), std::move(required));
}

Json reference(std::string_view component) {
    return Json::object({{"$ref", "#/components/schemas/" + std::string(component)}});
}

}  // namespace ponte::openapi
