#include "kernel/openapi/parameters.hpp"

#include <algorithm>

#include "kernel/openapi/schemas.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::openapi {
namespace {

// name, where, component; the schemas below, in the same order.
struct Shared {
    std::string_view component, name, in, schema;
};
constexpr Shared shared[] = {
    {"Page", "page", "query", R"({"type":"integer","minimum":1,"default":1})"},
    {"Limit", "limit", "query", R"({"type":"integer","minimum":1,"maximum":100,"default":20})"},
    {"Search", "search", "query", R"({"type":"string","maxLength":200})"},
    {"SortBy", "sortBy", "query", R"({"type":"string"})"},
    {"SortOrder", "sortOrder", "query", R"({"type":"string","enum":["asc","desc"]})"},
    {"Filter", "filter", "query", R"({"type":"string","maxLength":16384})"},
    {"Cursor", "cursor", "query", R"({"type":"string"})"},
    {"Count", "count", "query", R"({"type":"string","enum":["exact","capped"]})"},
    {"Fields", "fields", "query", R"({"type":"string"})"},
    {"Deleted", "deleted", "query", R"({"type":"boolean","default":false})"},
    {"Expand", "expand", "query", R"({"type":"string","enum":["tags"]})"},
    {"AsOf", "asOf", "query", R"({"type":"string","format":"date-time"})"},
    {"IfMatch", "If-Match", "header", R"({"type":"string"})"},
    {"IdempotencyKey", "Idempotency-Key", "header", R"({"type":"string","maxLength":200})"},
};

Json reference_to(std::string_view component) {
    return Json::object({{"$ref", "#/components/parameters/" + std::string(component)}});
}

bool has_tags(const Entity& entity) {
    return std::any_of(entity.fields.begin(), entity.fields.end(), [](const Field& field) {
        return field_type(field.type).points == Points::to_titles;
    });
}

void add_path_parameters(Json& out, const Route& route) {
    std::string_view rest = route.pattern;
    while (true) {
        const auto open = rest.find('{');
        const auto close = rest.find('}', open == rest.npos ? 0 : open);
        if (open == rest.npos || close == rest.npos) {
            return;
        }
        const auto name = rest.substr(open + 1, close - open - 1);
        Json schema = Json::object({{"type", "string"}});
        if (name == "id") {
            schema.set("format", "uuid");
        }
        out.push(Json::object(
            {{"name", name}, {"in", "path"}, {"required", true}, {"schema", std::move(schema)}}));
        rest = rest.substr(close + 1);
    }
}

// ?status=active,prospect
Json shorthand(const Field& field, std::string_view entity, Language language) {
    std::string text(field_word(entity, field.name, language));
    if (!field.options.empty()) {
        for (const auto option : records::split_options(field.options)) {
            text += (text.find(':') == text.npos ? ": " : ", ") + std::string(option);
        }
    }
    Json parameter = Json::object({{"name", camel_case(field.name)}, {"in", "query"}});
    if (!text.empty()) {
        parameter.set("description", text);
    }
    parameter.set("schema", Json::object({{"type", "string"}}));
    return parameter;
}

bool is_short(const Field& field) {
    return !is_structured(field.type) && !is_file(field.type) && !field_type(field.type).is_large;
}

void add_list_parameters(Json& out, const records::Kind& kind, Language language) {
    const Entity& entity = *kind.entity;
    for (const auto component : {"Page", "Limit", "Cursor", "Count"}) {
        out.push(reference_to(component));
    }
    if (is_searchable(entity)) {
        out.push(reference_to("Search"));
    }
    for (const auto component : {"SortBy", "SortOrder", "Filter", "Fields"}) {
        out.push(reference_to(component));
    }
    if (entity.can_be_deleted) {
        out.push(reference_to("Deleted"));
    }
    if (has_tags(entity)) {
        out.push(reference_to("Expand"));
    }
    for (const Field& field : entity.fields) {
        if (is_short(field)) {
            out.push(shorthand(field, entity.name, language));
        }
    }
}

Json query_parameter(const Field& field, const Shape& shape, Language language) {
    Field given = field;
    given.is_required = true;  // it may be left out, but it is never null
    const std::string_view entity = shape.kind ? shape.kind->entity->name : std::string_view{};
    Json schema = field_schema(given, Side::created, Speaker{entity, language});
    Json parameter = Json::object({{"name", camel_case(field.name)}, {"in", "query"}});
    if (field.is_required) {
        parameter.set("required", true);
    }
    if (const Json* title = schema.find("title")) {
        parameter.set("description", *title);
        schema.erase("title");
    }
    parameter.set("schema", std::move(schema));
    return parameter;
}

// What every route that has it means in the same way.
std::string_view shared_like(const Field& field) {
    return field.name == "as_of"    ? "AsOf"
           : field.name == "expand" ? "Expand"
           : field.name == "cursor" ? "Cursor"
                                    : "";
}

bool changes_a_record(const Route& route, const Shape& shape) {
    const bool is_change =
        route.method == "PUT" || route.method == "PATCH" || route.method == "DELETE";
    return route.is_versioned ||
           (is_change && shape.kind && shape.is_of_record && shape.rest.empty());
}

}  // namespace

Json shared_parameters(Language language) {
    const Words& words = Words::all();
    Json out = Json::object();
    for (const Shared& one : shared) {
        const std::string key = "parameter." + std::string(one.component);
        out.set(one.component, Json::object({{"name", one.name},
                                             {"in", one.in},
                                             {"description", words.text(language, key)},
                                             {"schema", Json::parse(one.schema)}}));
    }
    return out;
}

bool is_entity_list(const Route& route, const Shape& shape) {
    return route.entity && shape.kind && route.method == "GET" && !shape.is_of_record &&
           shape.rest.empty();
}

bool is_searchable(const Entity& entity) {
    return std::any_of(entity.fields.begin(), entity.fields.end(),
                       [](const Field& field) { return field.is_searchable; });
}

std::vector<std::string> sortable_names(const records::Kind& kind) {
    std::vector<std::string> names;
    for (const records::Column& column : kind.columns) {
        const bool is_time = column.json_name == "createdAt" || column.json_name == "updatedAt";
        if (column.field ? column.field->is_sortable : is_time) {
            names.push_back(column.json_name);
        }
    }
    return names;
}

std::vector<std::string> filterable_names(const records::Kind& kind) {
    std::vector<std::string> names;
    for (const records::Column& column : kind.columns) {
        if (!is_structured(column.type)) {
            names.push_back(column.json_name);
        }
    }
    return names;
}

Json parameters_of(const Declared& declared, const Route& route, Language language) {
    const Shape shape = shape_of(declared, route);
    Json out = Json::array();
    add_path_parameters(out, route);
    if (is_entity_list(route, shape)) {
        add_list_parameters(out, *shape.kind, language);
    }
    for (const Field& field : route.query) {
        const bool has_no_use = field.name == "expand" && route.entity && !has_tags(*route.entity);
        if (!has_no_use) {
            const auto component = shared_like(field);
            out.push(component.empty() ? query_parameter(field, shape, language)
                                       : reference_to(component));
        }
    }
    if (changes_a_record(route, shape)) {
        out.push(reference_to("IfMatch"));
    }
    if (route.method == "POST" && !route.is_open) {
        out.push(reference_to("IdempotencyKey"));
    }
    return out;
}

}  // namespace ponte::openapi
