#include "tests/fuzzer.hpp"

#include "kernel/testing/given.hpp"

namespace ponte::testing {
namespace {

const std::vector<std::string>& odd_texts() {
    static const std::vector<std::string> all{"",
                                              " ",
                                              "a",
                                              "null",
                                              "0",
                                              "-1",
                                              "true",
                                              "{}",
                                              "[]",
                                              "../../etc/passwd",
                                              "' or 1=1 --",
                                              "%",
                                              "\\",
                                              std::string("a\0b", 3),
                                              "\xef\xbf\xbd",
                                              "\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd",
                                              "\xe2\x80\xae"
                                              "abc",
                                              "Íris Çağlar",
                                              std::string(300, 'x'),
                                              std::string(70'000, 'y'),
                                              "2026-02-30",
                                              "9999-12-31",
                                              "0000-00-00",
                                              "2026-03-04T25:61:61Z",
                                              "1e400",
                                              "99999999999999999999",
                                              "NaN",
                                              "00000000-0000-0000-0000-000000000000",
                                              "ffffffff-ffff-ffff-ffff-ffffffffffff",
                                              "{\"field\":\"name\"}",
                                              "+5511999990000",
                                              "a@b",
                                              "http://",
                                              "javascript:alert(1)",
                                              "\r\nX: y",
                                              "$1",
                                              "${x}",
                                              "name",
                                              "-name",
                                              "name,-name",
                                              "contact",
                                              "update",
                                              "delete",
                                              "restore",
                                              "\u0001\u001f",
                                              "İ",
                                              "ß",
                                              "ﬀ"};
    return all;
}

constexpr std::string_view field_names[] = {
    "name",           "id",      "createdAt",         "tags",    "status", "assignedTo", "phone",
    "customFields.x", "version", "totalInteractions", "nothing", ""};
constexpr std::string_view operator_names[] = {
    "is",        "is_not", "contains",  "between", "any_of", "has_any", "gt",
    "last_days", "today",  "this_week", "empty",   "before", "nothing"};

// A header with a line break would be two; the parser's own tests have those.
std::string printable(std::string text) {
    std::erase_if(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    return text;
}

}  // namespace

std::size_t Fuzzer::below(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
}

std::string Fuzzer::odd_text(std::size_t longest) { return pick(odd_texts()).substr(0, longest); }

Json Fuzzer::odd_value(int depth) {
    switch (below(depth > 3 ? 8 : 11)) {
        case 0:
            return nullptr;
        case 1:
            return true;
        case 2:
            return static_cast<std::int64_t>(random_());
        case 3:
            return -1;
        case 4:
            return 1e300;
        case 5:
            return 0.1;
        case 6:
        case 7:
            return pick(odd_texts());
        case 8: {
            Json list = Json::array();
            for (std::size_t i = below(4); i > 0; --i) {
                list.push(odd_value(depth + 1));
            }
            return list;
        }
        case 9: {
            Json object = Json::object();
            for (std::size_t i = below(4); i > 0; --i) {
                object.set(odd_text(40), odd_value(depth + 1));
            }
            return object;
        }
        default:
            return Json::array({pick(ids_), pick(odd_texts())});
    }
}

Json Fuzzer::object_of(const JsonSchema& schemas, const Json& schema, int depth) {
    Json object = Json::object();
    for (const auto& [name, member] : schema["properties"].members()) {
        if (!chance(4)) {
            object.set(name, value_of(schemas, member, depth + 1));
        }
    }
    if (chance(6)) {
        object.set(odd_text(50), odd_value());
    }
    return object;
}

Json Fuzzer::array_of(const JsonSchema& schemas, const Json& schema, int depth) {
    Json list = Json::array();
    for (std::size_t i = below(3); i > 0; --i) {
        list.push(value_of(schemas, schema["items"], depth + 1));
    }
    return list;
}

Json Fuzzer::value_of(const JsonSchema& schemas, const Json& given, int depth) {
    const Json& schema = schemas.resolved(given);
    if (chance(8) || depth > 6 || !schema.is_object()) {
        return odd_value();
    }
    if (!schema["enum"].items().empty()) {
        return pick(schema["enum"].items());
    }
    for (const char* word : {"oneOf", "anyOf"}) {
        if (!schema[word].items().empty()) {
            return value_of(schemas, pick(schema[word].items()), depth + 1);
        }
    }
    const std::string type = schema["type"].is_array() ? pick(schema["type"].items()).as_string()
                                                       : schema["type"].as_string();
    if (type == "object") {
        return object_of(schemas, schema, depth);
    }
    if (type == "array") {
        return array_of(schemas, schema, depth);
    }
    if (type == "integer" || type == "number") {
        return chance(2) ? Json(static_cast<std::int64_t>(below(100))) : Json(odd_value());
    }
    if (type == "boolean") {
        return chance(2);
    }
    return schema["format"] == Json("uuid") ? Json(pick(ids_)) : fine_text();
}

Json Fuzzer::fine_text() {
    switch (below(5)) {
        case 0:
            return unique_email();
        case 1:
            return unique_phone();
        case 2:
            return "Ana " + std::to_string(below(1000));
        case 3:
            return "2026-03-0" + std::to_string(1 + below(9));
        default:
            return pick(odd_texts());
    }
}

std::string Fuzzer::target_of(const Operation& operation) {
    std::string path = operation.path;
    for (std::size_t brace = path.find('{'); brace != std::string::npos; brace = path.find('{')) {
        const std::string id = chance(2) ? pick(ids_) : http::url_encode(odd_text(5'000));
        path = path.substr(0, brace) + id + path.substr(path.find('}', brace) + 1);
    }
    std::string query;
    for (const Json& parameter : (*operation.description)["parameters"].items()) {
        if (parameter["in"] == Json("query") && chance(3)) {
            query += (query.empty() ? "?" : "&") + parameter["name"].as_string() + "=" +
                     http::url_encode(odd_parameter(parameter["name"].as_string()));
        }
    }
    if (chance(10)) {
        query += (query.empty() ? "?" : "&") + http::url_encode(odd_text(60)) + "=%zz";
    }
    return path + query;
}

http::Headers Fuzzer::odd_headers() {
    http::Headers headers;
    for (const char* name : {"If-Match", "Idempotency-Key", "Accept-Language", "X-Request-Id",
                             "If-None-Match", "Range", "Accept-Encoding", "X-Forwarded-For"}) {
        if (chance(20)) {
            headers.emplace_back(name, printable(odd_text(300)));
        }
    }
    if (chance(12)) {
        headers.emplace_back("If-Match", "\"" + std::to_string(below(5)) + "\"");
    }
    if (chance(60)) {
        headers.emplace_back("X-Long", std::string(20'000, 'h'));
    }
    return headers;
}

Body Fuzzer::body_of(const JsonSchema& schemas, const Operation& operation) {
    if (operation.body().is_null() && !chance(5)) {
        return {};
    }
    switch (below(24)) {
        case 0:
            return {};
        case 1:
            return {"{", "application/json"};
        case 2:
            return {std::string(5'000, '[') + std::string(5'000, ']'), "application/json"};
        case 3:
            return {std::string("{\"name\":\"\xff\xfe\"}"), "application/json"};
        case 4:
            return {"name=a&b=c", "application/x-www-form-urlencoded"};
        case 5:
            return {"{}", "text/plain"};
        case 6:
            return {"--x\r\nContent-Disposition: form-data\r\n\r\n",
                    "multipart/form-data; boundary=x"};
        case 7:
            return {"{}", "multipart/form-data"};
        case 8:
            return {"[1,2", "application/json; charset=utf-16"};
        case 9:
            return Body(odd_value());
        default:
            return Body(value_of(schemas, operation.body()));
    }
}

FormFields Fuzzer::odd_form() {
    FormFields fields;
    for (const char* name : {"entity", "mode", "dryRun", "mapping", "uploadId"}) {
        if (!chance(4)) {
            fields.emplace_back(name, printable(odd_text(3'000)));
        }
    }
    fields.emplace_back("entity", "contact");
    return fields;
}

std::string Fuzzer::odd_file() {
    constexpr std::string_view pieces[] = {"nome",    "email",        ";",    ",",        "\t",
                                           "\n",      "\r\n",         "\"",   "\"\"",     "Ana",
                                           "a@b.com", "\xef\xbb\xbf", "\xe7", "\xff\xfe", " "};
    std::string out = chance(2) ? "nome;email;telefone\n" : "";
    for (std::size_t i = below(400); i > 0; --i) {
        out += chance(12) ? odd_text(2'000) : std::string(pick(pieces));
    }
    return out;
}

std::string Fuzzer::odd_filter() {
    const Json leaf = Json::object(
        {{"field", pick(field_names)}, {"op", pick(operator_names)}, {"value", odd_value()}});
    Json tree = leaf;
    for (std::size_t i = below(8); i > 0; --i) {
        tree = Json::object({{chance(2) ? "and" : "or", Json::array({tree, leaf})}});
    }
    return tree.dump();
}

std::string Fuzzer::odd_parameter(const std::string& name) {
    if (name == "filter" && chance(2)) {
        return odd_filter();
    }
    return chance(3) ? std::to_string(below(30)) : odd_text(6'000);
}

}  // namespace ponte::testing
