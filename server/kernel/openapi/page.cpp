#include "kernel/openapi/page.hpp"

#include <algorithm>

#include "kernel/embedded.hpp"
#include "kernel/lists/list.hpp"
#include "kernel/values/html.hpp"

namespace ponte::openapi {
namespace {

struct Text {
    Language language;
    std::string operator()(std::string_view key) const {
        return escaped_html(Words::all().text(language, key));
    }
};

std::string_view guide_file(Language language) {
    const std::string name =
        language == Language::en ? "apidocs/guide.en.html" : "apidocs/guide.pt.html";
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.path == name) {
            return file.bytes;
        }
    }
    return {};
}

constexpr Type filterable_types[] = {Type::text,   Type::number,  Type::date, Type::boolean,
                                     Type::choice, Type::choices, Type::user, Type::tags};

// Which operators a type has, with their words: from the code that understands them.
std::string operators_table(Language language) {
    const Text text{language};
    std::string rows;
    for (const Type type : filterable_types) {
        std::string operators;
        for (const auto op : records::operators_of(type)) {
            operators += (operators.empty() ? "<code>" : ", <code>") + escaped_html(op) +
                         "</code> " + text("op." + std::string(op));
        }
        rows += "<tr><th scope=\"row\">" + text("type." + std::string(type_name(type))) +
                "</th><td>" + operators + "</td></tr>";
    }
    return "<div class=\"wide\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">" +
           text("apidocs.kind") + "</th><th scope=\"col\">" + text("apidocs.operator") +
           "</th></tr></thead><tbody>" + rows + "</tbody></table></div>";
}

constexpr std::string_view field_codes[] = {
    "required",  "format",    "type",      "range",        "check_digit", "area_code",
    "too_long",  "too_short", "too_small", "too_large",    "taken",       "unknown",
    "not_found", "read_only", "immutable", "not_an_option"};

std::string codes_table(Language language) {
    const Text text{language};
    std::string rows;
    for (const auto code : field_codes) {
        rows += "<tr><th scope=\"row\"><code>" + std::string(code) + "</code></th><td>" +
                text("error." + std::string(code)) + "</td></tr>";
    }
    return "<div class=\"wide\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">" +
           text("apidocs.code") + "</th><th scope=\"col\">" + text("apidocs.meaning") +
           "</th></tr></thead><tbody>" + rows + "</tbody></table></div>";
}

void put_in_place_of(std::string& html, std::string_view mark, const std::string& content) {
    const auto place = html.find(mark);
    if (place != std::string::npos) {
        html.replace(place, mark.size(), content);
    }
}

// The headings of the guide, for the contents: <h3 id="auth">…</h3>
std::string guide_links(std::string_view guide) {
    constexpr std::string_view opening = "<h3 id=\"";
    std::string out;
    for (auto place = guide.find(opening); place != guide.npos; place = guide.find(opening)) {
        guide.remove_prefix(place + opening.size());
        const auto id = guide.substr(0, guide.find('"'));
        const auto begin = guide.find('>') + 1;
        const auto title = guide.substr(begin, guide.find("</h3>") - begin);
        out += "<li><a href=\"#" + std::string(id) + "\">" + std::string(title) + "</a></li>";
    }
    return out;
}

std::string group_links(const Json& document) {
    std::string out;
    for (const Json& tag : document["tags"].items()) {
        out += "<li><a href=\"#group-" + escaped_html(tag["name"].as_string()) + "\">" +
               escaped_html(tag["x-displayName"].as_string()) + "</a></li>";
    }
    return out;
}

std::string head(Language language) {
    const Text text{language};
    return "<!doctype html><html lang=\"" + std::string(language_code(language)) +
           "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
           "content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" "
           "content=\"light dark\"><title>" +
           text("apidocs.title") +
           "</title><link rel=\"icon\" href=\"/apidocs/icon.svg\" type=\"image/svg+xml\">"
           "<link rel=\"stylesheet\" href=\"/apidocs/style.css\">"
           "<script src=\"/apidocs/app.js\" defer></script></head>";
}

std::string header(Language language) {
    const Text text{language};
    const std::string other = language == Language::en ? "pt-BR" : "en";
    return "<header class=\"top\"><a class=\"skip\" href=\"#content\">" + text("apidocs.skip") +
           "</a><a class=\"brand\" href=\"#start\"><img src=\"/apidocs/icon.svg\" alt=\"\" "
           "width=\"24\" height=\"24\"> " +
           text("apidocs.title") +
           "</a><input id=\"find\" type=\"search\" hidden autocomplete=\"off\" aria-label=\"" +
           text("apidocs.find") + "\" placeholder=\"" + text("apidocs.find") +
           "\"><a class=\"tool\" lang=\"" + other + "\" href=\"?lang=" + other + "\">" +
           text("apidocs.other_language") + "</a><a class=\"tool\" href=\"/api/v1/openapi.json\">" +
           text("apidocs.download") +
           "</a><button class=\"tool\" id=\"theme\" type=\"button\" hidden aria-label=\"" +
           text("apidocs.theme") + "\">◐</button></header>";
}

std::string contents(const Json& document, std::string_view guide, Language language) {
    const Text text{language};
    return "<nav class=\"side\" aria-label=\"" + text("apidocs.menu") +
           "\"><details open><summary>" + text("apidocs.menu") + "</summary><h2>" +
           text("apidocs.guide") + "</h2><ul>" + guide_links(guide) + "</ul><h2>" +
           text("apidocs.reference") + "</h2><ul>" + group_links(document) +
           "<li><a href=\"#schemas\">" + text("apidocs.schemas") + "</a></li></ul></details></nav>";
}

// What the script shows, in the reader's language: it has no texts of its own.
std::string parts_for_the_script(Language language) {
    const Text text{language};
    const Json params = Json::object({{"login", "`POST /api/v1/auth/login`"}});
    const std::string hint = with_code(Words::all().format(language, "apidocs.token_hint", params));
    return "<template id=\"try\"><form class=\"try\"><h4>" + text("apidocs.try") +
           "</h4><div class=\"inputs\"></div><button type=\"submit\">" + text("apidocs.send") +
           "</button><div class=\"answer\" role=\"status\"></div></form></template>"
           "<template id=\"token-part\"><div class=\"token\"><label for=\"token\">" +
           text("apidocs.token") +
           "</label><input id=\"token\" type=\"password\" autocomplete=\"off\" "
           "spellcheck=\"false\"><p>" +
           hint + "</p></div></template>" + "<div id=\"texts\" hidden data-copy=\"" +
           text("apidocs.copy") + "\" data-copied=\"" + text("apidocs.copied") +
           "\" data-sending=\"" + text("apidocs.sending") + "\" data-unreachable=\"" +
           text("apidocs.unreachable") + "\" data-body=\"" + text("apidocs.body") + "\"></div>";
}

}  // namespace

std::string guide_html(Language language) {
    std::string guide(guide_file(language));
    put_in_place_of(guide, "<!-- operators -->", operators_table(language));
    put_in_place_of(guide, "<!-- codes -->", codes_table(language));
    return guide;
}

std::string page(const Json& document, Language language) {
    const Text text{language};
    const std::string guide = guide_html(language);
    return head(language) + "<body>" + header(language) + "<div class=\"frame\">" +
           contents(document, guide, language) + "<main id=\"content\" tabindex=\"-1\"><h1>" +
           text("apidocs.title") + "</h1><p id=\"nothing\" role=\"status\" data-text=\"" +
           text("apidocs.nothing") +
           "\"></p><section "
           "class=\"guide\" aria-labelledby=\"guide\"><h2 id=\"guide\">" +
           text("apidocs.guide") + "</h2>" + guide +
           "</section><section aria-labelledby=\"reference\"><h2 id=\"reference\">" +
           text("apidocs.reference") + "</h2>" + operations_html(document, language) +
           "</section><section class=\"group\" aria-labelledby=\"schemas\"><h2 id=\"schemas\">" +
           text("apidocs.schemas") + "</h2>" + schemas_html(document, language) +
           "</section></main></div>" + parts_for_the_script(language) + "</body></html>\n";
}

}  // namespace ponte::openapi
