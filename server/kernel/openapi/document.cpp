// From the declared routes to the document.
#include <algorithm>

#include "kernel/http/route_table.hpp"
#include "kernel/openapi/naming.hpp"
#include "kernel/openapi/parameters.hpp"
#include "kernel/openapi/schemas.hpp"
#include "kernel/services.hpp"

namespace ponte::openapi {
namespace {

constexpr std::string_view root = "/api/v1";

struct Writer {
    const Declared& declared;
    Language language;
    Components components;

    Writer(const Declared& declared_, Language language_)
        : declared(declared_), language(language_), components(declared_.entities, language_) {}

    std::string word(std::string_view key) const {
        return std::string(Words::all().text(language, key));
    }
    Json body(const Route& route, const Shape& shape);
    Json success(const Route& route, const Shape& shape);
    Json operation(const Route& route);
    std::string description(const Route& route, const Shape& shape) const;
};

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) {
        out += (out.empty() ? "`" : ", `") + name + "`";
    }
    return out;
}

bool has_body(const Route& route) {
    return route.method == "POST" || route.method == "PUT" || route.method == "PATCH";
}

Json content_of(std::string_view type, Json schema) {
    return Json::object({{type == "" ? "application/json" : std::string(type),
                          Json::object({{"schema", std::move(schema)}})}});
}

// A file and the fields that come with it.
Json form_schema(const Route& route, const Speaker& speaker) {
    Json schema = body_schema(route.body, Side::created, speaker);
    Json properties = schema["properties"], required = schema["required"];
    properties.set("file", Json::object({{"type", "string"}, {"format", "binary"}}));
    required.push("file");
    schema.set("properties", std::move(properties));
    schema.set("required", std::move(required));
    return schema;
}

Json Writer::body(const Route& route, const Shape& shape) {
    const std::string name = body_name(declared, route);
    const std::string otherwise = pascal_case(shape.thing) + "Replacement";
    const Speaker speaker{shape.kind ? shape.kind->entity->name : std::string_view{}, language};
    const Side side = route.method == "PATCH" ? Side::changed : Side::created;
    if (route.body_rule.multipart_to_disk) {
        Json form = components.refer_body(name, name + "2", form_schema(route, speaker));
        return content_of("multipart/form-data", std::move(form));
    }
    const bool is_generic = route.entity && shape.kind && shape.rest.empty();
    if (is_generic) {
        Json schema = input_schema(*shape.kind, side, language);
        return content_of("", components.refer_body(name, otherwise, std::move(schema)));
    }
    if (!route.body.empty()) {
        Json schema = body_schema(route.body, side, speaker);
        return content_of("", components.refer_body(name, otherwise, std::move(schema)));
    }
    return components.is_written(name) ? content_of("", components.refer(name)) : Json{};
}

Json Writer::success(const Route& route, const Shape& shape) {
    Json response =
        Json::object({{"description", word("response." + std::to_string(route.answer_status))}});
    Json headers = Json::object();
    const auto header = [&](const char* name) {
        headers.set(name, Json::object({{"description", word("header." + std::string(name))},
                                        {"schema", Json::object({{"type", "string"}})}}));
    };
    const bool is_record = shape.kind && shape.rest.empty() && !gives_many(route);
    if (is_record && route.answers != "none") {
        header("ETag");
    }
    if (is_record && route.answer_status == 201) {
        header("Location");
    }
    if (!headers.members().empty()) {
        response.set("headers", std::move(headers));
    }
    if (route.answers == "none") {
        return response;
    }
    if (route.answers.find('/') != std::string::npos) {
        response.set("content", content_of(route.answers, Json::object({{"type", "string"}})));
    } else if (route.answers == "object") {
        response.set("content", content_of("", Json::object({{"type", "object"}})));
    } else {
        response.set("content", content_of("", components.refer(route.answers)));
    }
    return response;
}

std::string Writer::description(const Route& route, const Shape& shape) const {
    if (!is_entity_list(route, shape)) {
        return {};
    }
    const Json names = Json::object({{"sortable", joined(sortable_names(*shape.kind))},
                                     {"filterable", joined(filterable_names(*shape.kind))}});
    return Words::all().format(language, "openapi.list", names);
}

Json Writer::operation(const Route& route) {
    const Shape shape = shape_of(declared, route);
    Json out = Json::object({{"operationId", operation_name(declared, route)},
                             {"summary", summary(declared, route, language)}});
    if (std::string text = description(route, shape); !text.empty()) {
        out.set("description", std::move(text));
    }
    out.set("tags", Json::array({tag_of(route)}));
    if (route.is_open) {
        out.set("security", Json::array());
    } else if (route.keys == Route::Keys::never) {
        out.set("security", Json::array({Json::object({{"bearer", Json::array()}})}));
    }
    if (!route.permission.empty()) {
        out.set("x-permission", route.permission);
    }
    Json parameters = parameters_of(declared, route, language);
    if (!parameters.items().empty()) {
        out.set("parameters", std::move(parameters));
    }
    if (has_body(route)) {
        Json content = body(route, shape);
        if (!content.is_null()) {
            out.set("requestBody",
                    Json::object({{"required", true}, {"content", std::move(content)}}));
        }
    }
    Json responses = Json::object();
    responses.set(std::to_string(route.answer_status), success(route, shape));
    responses.set("default", Json::object({{"$ref", "#/components/responses/Problem"}}));
    out.set("responses", std::move(responses));
    return out;
}

std::string lower(std::string text) {
    for (char& c : text) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return text;
}

Json tags_of(const Writer& writer, const std::vector<std::string>& names) {
    Json out = Json::array();
    for (const std::string& name : names) {
        Json tag = Json::object({{"name", name}});
        const records::Kind* kind = writer.declared.entities.by_route(name);
        const std::string key = kind ? std::string(kind->entity->name) + ".plural" : "tag." + name;
        tag.set("x-displayName", writer.word(key));
        if (kind && !kind->aliases.empty()) {
            std::vector<std::string> paths;
            for (const std::string& alias : kind->aliases) {
                paths.push_back(std::string(root) + "/" + alias);
            }
            const Json names_of = Json::object({{"paths", joined(paths)}});
            tag.set("description",
                    Words::all().format(writer.language, "openapi.aliases", names_of));
        }
        out.push(std::move(tag));
    }
    return out;
}

Json problem_response(Writer& writer) {
    return Json::object(
        {{"Problem", Json::object({{"description", writer.word("response.problem")},
                                   {"content", content_of("application/problem+json",
                                                          writer.components.refer("Problem"))}})}});
}

Json security_schemes(const Writer& writer) {
    return Json::object({{"bearer", Json::object({{"type", "http"},
                                                  {"scheme", "bearer"},
                                                  {"description", writer.word("openapi.bearer")}})},
                         {"apiKey", Json::object({{"type", "apiKey"},
                                                  {"in", "header"},
                                                  {"name", "X-API-Key"},
                                                  {"description", writer.word("openapi.key")}})}});
}

}  // namespace

std::string tag_of(const Route& route) {
    if (!route.tag.empty()) {
        return route.tag;
    }
    const auto second = route.pattern.find('/', 1);
    return route.pattern.substr(1, second == std::string::npos ? second : second - 1);
}

Json document(const Declared& declared, Language language) {
    Writer writer(declared, language);
    Json paths = Json::object();
    std::vector<std::string> tags;
    for (const auto& route : declared.routes) {
        const std::string path = std::string(root) + route->pattern;
        Json operations = paths[path];
        operations.set(lower(route->method), writer.operation(*route));
        paths.set(path, std::move(operations));
        const std::string tag = tag_of(*route);
        if (std::find(tags.begin(), tags.end(), tag) == tags.end()) {
            tags.push_back(tag);
        }
    }
    std::sort(tags.begin(), tags.end());
    const Json schemes = security_schemes(writer);
    return Json::object(
        {{"openapi", "3.1.0"},
         {"info", Json::object({{"title", "Ponte CRM"},
                                {"version", "1"},
                                {"description", writer.word("openapi.description")}})},
         {"security", Json::array({Json::object({{"bearer", Json::array()}}),
                                   Json::object({{"apiKey", Json::array()}})})},
         {"tags", tags_of(writer, tags)},
         {"paths", std::move(paths)},
         {"components", Json::object({{"securitySchemes", schemes},
                                      {"parameters", shared_parameters(language)},
                                      {"responses", problem_response(writer)},
                                      {"schemas", writer.components.all()}})}});
}

}  // namespace ponte::openapi

namespace ponte {

std::string openapi_json(const Services& services) {
    const openapi::Declared declared{services.routes().all(), services.entities()};
    return openapi::pretty(openapi::document(declared, Language::en)) + "\n";
}

}  // namespace ponte
