// The reference part of the page: groups, endpoints, and the schemas that they share.
#include <algorithm>

#include "kernel/openapi/openapi.hpp"
#include "kernel/openapi/page.hpp"
#include "kernel/values/html.hpp"

namespace ponte::openapi {
namespace {

struct Reference {
    const Json& document;
    Language language;

    std::string word(std::string_view key) const {
        return escaped_html(Words::all().text(language, key));
    }
    const Json& resolved(const Json& schema) const;
    std::string table(const std::string& rows) const;
    std::string property_rows(const Json& schema) const;
    std::string parameters(const Json& operation) const;
    std::string body(const Json& operation) const;
    std::string answer(const Json& operation) const;
    std::string curl(const std::string& method, const std::string& path,
                     const Json& operation) const;
    std::string facts(const Json& operation) const;
    std::string operation(const std::string& method, const std::string& path,
                          const Json& operation) const;
    std::string group(const Json& tag) const;
};

std::string upper(std::string text) {
    for (char& c : text) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    }
    return text;
}

bool contains(const Json& list, const std::string& text) {
    const auto& items = list.items();
    return std::any_of(items.begin(), items.end(),
                       [&](const Json& item) { return item.as_string() == text; });
}

std::string code_block(const std::string& text) {
    return "<div class=\"code\"><pre tabindex=\"0\"><code>" + escaped_html(text) +
           "</code></pre></div>";
}

std::string row(const std::string& name, const std::string& kind, const std::string& about) {
    return "<tr><th scope=\"row\">" + name + "</th><td>" + kind + "</td><td>" + about +
           "</td></tr>";
}

const Json& Reference::resolved(const Json& schema) const {
    const std::string& pointer = schema["$ref"].as_string();
    if (pointer.empty()) {
        return schema;
    }
    const auto slash = pointer.rfind('/');
    const std::string_view group = std::string_view(pointer).substr(13, slash - 13);
    return document["components"][group][pointer.substr(slash + 1)];
}

std::string Reference::table(const std::string& rows) const {
    return "<div class=\"wide\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">" +
           word("apidocs.name") + "</th><th scope=\"col\">" + word("apidocs.kind") +
           "</th><th scope=\"col\">" + word("apidocs.about") + "</th></tr></thead><tbody>" + rows +
           "</tbody></table></div>";
}

std::string Reference::property_rows(const Json& schema) const {
    std::string rows;
    for (const auto& [name, property] : schema["properties"].members()) {
        std::string shown = "<code>" + escaped_html(name) + "</code>";
        if (contains(schema["required"], name)) {
            shown += " <span class=\"must\">" + word("apidocs.required") + "</span>";
        }
        rows += row(shown, kind_html(property, language), remarks_html(property, language));
    }
    return rows;
}

std::string Reference::parameters(const Json& operation) const {
    std::string rows;
    for (const Json& given : operation["parameters"].items()) {
        const Json& parameter = resolved(given);
        const std::string where = "apidocs.in." + parameter["in"].as_string();
        std::string name = "<code>" + escaped_html(parameter["name"].as_string()) +
                           "</code> <span class=\"where\">" + word(where) + "</span>";
        if (parameter["required"].as_bool()) {
            name += " <span class=\"must\">" + word("apidocs.required") + "</span>";
        }
        std::string about = with_code(parameter["description"].as_string());
        const std::string remarks = remarks_html(parameter["schema"], language);
        about += (about.empty() || remarks.empty() ? "" : "<br>") + remarks;
        rows += "<tr data-in=\"" + parameter["in"].as_string() + "\" data-name=\"" +
                escaped_html(parameter["name"].as_string()) + "\">" +
                row(name, kind_html(parameter["schema"], language), about).substr(4);
    }
    return rows.empty() ? "" : "<h4>" + word("apidocs.parameters") + "</h4>" + table(rows);
}

std::string Reference::body(const Json& operation) const {
    std::string out;
    for (const auto& [type, content] : operation["requestBody"]["content"].members()) {
        out += "<h4>" + word("apidocs.body") + " <code>" + escaped_html(type) + "</code> " +
               kind_html(content["schema"], language) + "</h4>" +
               table(property_rows(resolved(content["schema"])));
    }
    return out;
}

std::string Reference::answer(const Json& operation) const {
    std::string out = "<h4>" + word("apidocs.answer") + "</h4>";
    for (const auto& [status, given] : operation["responses"].members()) {
        if (status == "default") {
            continue;
        }
        out += "<p><strong>" + status + "</strong> " + with_code(given["description"].as_string());
        for (const auto& [type, content] : given["content"].members()) {
            out += ": " + kind_html(content["schema"], language) + "</p>";
            const bool is_json = type == "application/json";
            out += is_json ? code_block(pretty(example_of(document, content["schema"])))
                           : "<p><code>" + escaped_html(type) + "</code></p>";
        }
        out += given["content"].members().empty() ? "</p>" : "";
    }
    return out;
}

bool is_open(const Json& operation) {
    const Json* security = operation.find("security");
    return security && security->items().empty();
}

std::string Reference::curl(const std::string& method, const std::string& path,
                            const Json& operation) const {
    std::string out = "curl ";
    if (method != "get") {
        out += "-X " + upper(method) + " ";
    }
    std::string address = path;
    const auto id = address.find("{id}");
    if (id != std::string::npos) {
        address.replace(id, 4, "$ID");
    }
    out += "\"$PONTE" + address + "\"";
    if (!is_open(operation)) {
        out += " \\\n  -H \"Authorization: Bearer $TOKEN\"";
    }
    const Json& contents = operation["requestBody"]["content"];
    if (contents.find("multipart/form-data")) {
        return out + " \\\n  -F file=@clientes.csv -F entity=contact";
    }
    if (const Json* json = contents.find("application/json")) {
        const Json example = example_of(document, (*json)["schema"], Sent::yes);
        out += " \\\n  -H \"Content-Type: application/json\" \\\n  -d '" + pretty(example) + "'";
    }
    return out;
}

std::string Reference::facts(const Json& operation) const {
    std::string out;
    if (is_open(operation)) {
        out += "<p class=\"fact\">" + word("apidocs.open") + "</p>";
    }
    if (const Json* permission = operation.find("x-permission")) {
        const Json params = Json::object({{"permission", "`" + permission->as_string() + "`"}});
        out += "<p class=\"fact\">" +
               with_code(Words::all().format(language, "apidocs.needs", params)) + "</p>";
    }
    if (const Json* text = operation.find("description")) {
        out += "<p>" + with_code(text->as_string()) + "</p>";
    }
    return out;
}

std::string Reference::operation(const std::string& method, const std::string& path,
                                 const Json& operation) const {
    const std::string id = escaped_html(operation["operationId"].as_string());
    const std::string verb = upper(method);
    std::string out = "<details class=\"op\" id=\"" + id + "\" data-method=\"" + verb +
                      "\" data-path=\"" + escaped_html(path) + "\"><summary><span class=\"verb " +
                      method + "\">" + verb + "</span> <code class=\"path\">" + escaped_html(path) +
                      "</code> <span class=\"says\">" +
                      escaped_html(operation["summary"].as_string()) + "</span></summary>";
    out += "<div class=\"inside\"><div>" + facts(operation) + parameters(operation) +
           body(operation) + "</div><div class=\"aside\"><h4>" + word("apidocs.example") + "</h4>" +
           code_block(curl(method, path, operation)) + answer(operation) + "</div></div></details>";
    return out;
}

std::string Reference::group(const Json& tag) const {
    const std::string name = tag["name"].as_string();
    std::string out = "<section class=\"group\" aria-labelledby=\"group-" + escaped_html(name) +
                      "\"><h3 id=\"group-" + escaped_html(name) + "\">" +
                      escaped_html(tag["x-displayName"].as_string()) + "</h3>";
    if (const Json* text = tag.find("description")) {
        out += "<p>" + with_code(text->as_string()) + "</p>";
    }
    for (const auto& [path, operations] : document["paths"].members()) {
        for (const auto& [method, one] : operations.members()) {
            if (contains(one["tags"], name)) {
                out += operation(method, path, one);
            }
        }
    }
    return out + "</section>";
}

}  // namespace

std::string operations_html(const Json& document, Language language) {
    const Reference reference{document, language};
    std::string out;
    for (const Json& tag : document["tags"].items()) {
        out += reference.group(tag);
    }
    return out;
}

std::string schemas_html(const Json& document, Language language) {
    const Reference reference{document, language};
    std::string out;
    for (const auto& [name, schema] : document["components"]["schemas"].members()) {
        const std::string rows = reference.property_rows(schema);
        out +=
            "<details class=\"op\" id=\"schema-" + escaped_html(name) +
            "\"><summary><code class=\"path\">" + escaped_html(name) +
            "</code></summary><div class=\"inside\"><div>" +
            (rows.empty() ? "<p>" + kind_html(schema, language) + "</p>" : reference.table(rows)) +
            "</div></div></details>";
    }
    return out;
}

}  // namespace ponte::openapi
