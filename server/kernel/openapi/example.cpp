// Values that a schema would take: what an example of the documentation sends is taken as it is,
// except for the ids of records that it must name.
#include <array>
#include <utility>

#include "kernel/openapi/page.hpp"

namespace ponte::openapi {
namespace {

constexpr int deepest = 6;

// What a field of this name usually holds; the same people in every example.
constexpr std::pair<std::string_view, std::string_view> usual[] = {
    {"name", "Ana Souza"},
    {"email", "ana@padariasol.com.br"},
    {"phone", "+5511987654321"},
    {"company", "Padaria Sol"},
    {"document", "12345678000195"},
    {"jobTitle", "Gerente"},
    {"city", "São Paulo"},
    {"state", "SP"},
    {"source", "site"},
    {"body", "Prefere contato pela manhã."},
    {"password", "uma frase bem longa"},
    {"currentPassword", "uma frase bem longa"},
    {"newPassword", "outra frase bem longa"},
    {"accessToken", "eyJhbGciOiJIUzI1NiJ9…"},
    {"refreshToken", "qK3v…"},
    {"tokenType", "Bearer"},
    {"entity", "contact"},
    {"role", "agent"},
    {"timezone", "America/Sao_Paulo"},
    {"locale", "pt-BR"},
    {"currency", "BRL"},
    {"key", "plano"},
    {"label", "Clientes"},
    {"nextCursor", "5b22…"},
    {"totalRelation", "eq"},
};

std::string_view usual_text(std::string_view name) {
    for (const auto& [known, text] : usual) {
        if (known == name) {
            return text;
        }
    }
    return {};
}

struct Examples {
    const Json& document;
    bool is_sent = false;

    const Json& resolved(const Json& schema) const {
        const std::string& pointer = schema["$ref"].as_string();
        if (pointer.empty()) {
            return schema;
        }
        const auto slash = pointer.rfind('/');
        return document["components"]["schemas"][pointer.substr(slash + 1)];
    }
    Json of(const Json& schema, std::string_view name, int depth) const;
    Json of_object(const Json& schema, int depth) const;
    Json of_text(const Json& schema, std::string_view name) const;
};

std::string_view type_in(const Json& schema) {
    const Json& type = schema["type"];
    return type.is_array() && !type.items().empty() ? type.items()[0].as_string()
                                                    : std::string_view(type.as_string());
}

Json Examples::of_text(const Json& schema, std::string_view name) const {
    const std::string& format = schema["format"].as_string();
    if (format == "uuid") {
        return "01936b5e-8f00-7c3a-9d55-2f6f0c1b7e01";
    }
    if (format == "date-time") {
        return "2026-11-24T12:00:00.000Z";
    }
    if (format == "date") {
        return "2026-11-24";
    }
    const auto text = usual_text(name);
    if (!text.empty()) {
        return text;
    }
    return format == "email" ? Json("ana@padariasol.com.br")
           : format == "uri" ? Json("https://padariasol.com.br")
                             : Json("…");
}

Json Examples::of_object(const Json& schema, int depth) const {
    Json out = Json::object();
    for (const auto& [name, property] : schema["properties"].members()) {
        if (name != "deletedAt") {
            out.set(name, of(property, name, depth + 1));
        }
    }
    return out;
}

Json Examples::of(const Json& given, std::string_view name, int depth) const {
    const Json& schema = resolved(given);
    if (depth > deepest) {
        return {};
    }
    if (const Json* initial = schema.find("default")) {
        return *initial;
    }
    if (!schema["enum"].items().empty()) {
        return schema["enum"].items()[0];
    }
    if (!schema["oneOf"].items().empty()) {
        return of(schema["oneOf"].items()[0], name, depth + 1);
    }
    const bool is_unknown_link = schema["type"].is_array() && schema["format"] == Json("uuid");
    if (is_sent && is_unknown_link) {
        return {};
    }
    const auto type = type_in(schema);
    if (type == "object") {
        return of_object(schema, depth);
    }
    if (type == "array") {
        const bool is_tags = name == "tags";
        return Json::array({is_tags ? Json("vip") : of(schema["items"], name, depth + 1)});
    }
    if (type == "integer" || type == "number") {
        const Json* least = schema.find("minimum");
        return least && least->as_integer() > 1 ? *least : Json(1);
    }
    if (type == "boolean") {
        return true;
    }
    return type == "string" ? of_text(schema, name) : Json{};
}

}  // namespace

Json example_of(const Json& document, const Json& schema, Sent sent) {
    const Examples examples{document, sent == Sent::yes};
    return examples.of(schema, "", 0);
}

}  // namespace ponte::openapi
