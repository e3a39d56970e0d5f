// Schemas said in words.
#include "kernel/entities/catalogue.hpp"
#include "kernel/openapi/page.hpp"
#include "kernel/values/html.hpp"

namespace ponte::openapi {
namespace {

std::string_view component_of(const Json& schema) {
    const std::string_view pointer = schema["$ref"].as_string();
    const auto slash = pointer.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : pointer.substr(slash + 1);
}

std::string word(Language language, std::string_view key) {
    return std::string(Words::all().text(language, key));
}

std::string scalar_html(const Json& schema, const std::string& type) {
    const std::string& format = schema["format"].as_string();
    return "<code>" + escaped_html(format.empty() || format == "email" ? type : format) + "</code>";
}

// "up to 255 characters", of the bounds that there are.
std::string bounds(const Json& schema, Language language) {
    static constexpr std::pair<const char*, const char*> known[] = {
        {"minLength", "apidocs.at_least_characters"},
        {"maxLength", "apidocs.at_most_characters"},
        {"minimum", "apidocs.at_least"},
        {"maximum", "apidocs.at_most"},
    };
    std::string out;
    for (const auto& [name, key] : known) {
        if (const Json* limit = schema.find(name)) {
            const Json params = Json::object({{"limit", *limit}});
            out += (out.empty() ? "" : ", ") + Words::all().format(language, key, params);
        }
    }
    return out;
}

std::string options(const Json& schema) {
    const Json& choices = schema.find("enum") ? schema["enum"] : schema["items"]["enum"];
    std::string out;
    for (const Json& choice : choices.items()) {
        if (!choice.is_null()) {
            out += (out.empty() ? "`" : ", `") + choice.as_string() + "`";
        }
    }
    return out;
}

void add_sentence(std::string& out, const std::string& html) {
    if (!html.empty()) {
        out += (out.empty() ? "" : "<br>") + html;
    }
}

}  // namespace

std::string with_code(std::string_view text) {
    std::string out;
    bool is_code = false;
    while (true) {
        const auto mark = text.find('`');
        out += escaped_html(text.substr(0, mark));
        if (mark == std::string_view::npos) {
            break;
        }
        out += is_code ? "</code>" : "<code>";
        is_code = !is_code;
        text.remove_prefix(mark + 1);
    }
    return is_code ? out + "</code>" : out;
}

std::string kind_html(const Json& schema, Language language) {
    const std::string_view component = component_of(schema);
    if (!component.empty()) {
        const std::string name = escaped_html(component);
        return "<a href=\"#schema-" + name + "\">" + name + "</a>";
    }
    if (!schema["oneOf"].items().empty()) {
        return kind_html(schema["oneOf"].items()[0], language) + " " +
               escaped_html(word(language, "apidocs.or_null"));
    }
    const Json& type = schema["type"];
    if (type.is_array()) {
        return scalar_html(schema, type.items()[0].as_string()) + " " +
               escaped_html(word(language, "apidocs.or_null"));
    }
    if (type.as_string() == "array") {
        const std::string pattern = escaped_html(word(language, "apidocs.list_of"));
        const auto place = pattern.find("{kind}");
        return pattern.substr(0, place) + kind_html(schema["items"], language) +
               (place == std::string::npos ? "" : pattern.substr(place + 6));
    }
    const bool is_any = type.as_string().empty();
    return is_any ? escaped_html(word(language, "apidocs.any"))
                  : scalar_html(schema, type.as_string());
}

std::string remarks_html(const Json& schema, Language language) {
    const Words& words = Words::all();
    std::string out = with_code(schema["title"].as_string());
    add_sentence(out, with_code(schema["description"].as_string()));
    if (const std::string choices = options(schema); !choices.empty()) {
        const Json params = Json::object({{"options", choices}});
        add_sentence(out, with_code(words.format(language, "apidocs.one_of", params)));
    }
    add_sentence(out, escaped_html(bounds(schema, language)));
    if (const Json* initial = schema.find("default")) {
        const Json params = Json::object({{"value", "`" + initial->dump() + "`"}});
        add_sentence(out, with_code(words.format(language, "apidocs.initial", params)));
    }
    if (schema["readOnly"].as_bool()) {
        add_sentence(out, escaped_html(word(language, "apidocs.read_only")));
    }
    return out;
}

}  // namespace ponte::openapi
