// Whatever anybody sends, the server answers as its description says: never a 5xx, always a problem
// with a code and the id of the request. The seed is printed; PONTE_FUZZ_SEED runs it again, and
// PONTE_FUZZ_SECONDS longer.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>

#include "tests/contract.hpp"
#include "tests/json_schema.hpp"
#include "tests/samples.hpp"

namespace ponte::testing {
namespace {

constexpr int usual_seconds = 15;

std::uint64_t number_from(const char* variable, std::uint64_t fallback) {
    const char* const text = std::getenv(variable);
    return text ? std::strtoull(text, nullptr, 10) : fallback;
}

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

class Fuzzer {
public:
    explicit Fuzzer(std::uint64_t seed) : random_(seed) {}

    std::size_t below(std::size_t end) {
        return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
    }
    bool chance(int in) { return below(static_cast<std::size_t>(in)) == 0; }
    template <class List>
    const auto& pick(const List& list) {
        return list[below(list.size())];
    }

    Json odd_value(int depth = 0) {
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
                    object.set(pick(odd_texts()).substr(0, 40), odd_value(depth + 1));
                }
                return object;
            }
            default:
                return Json::array({pick(ids_), pick(odd_texts())});
        }
    }

    // Mostly what the schema says, here and there something else.
    Json value_of(const JsonSchema& schemas, const Json& given, int depth = 0) {
        const Json& schema = schemas.resolved(given);
        if (chance(8) || depth > 6 || !schema.is_object()) {
            return odd_value();
        }
        if (schema["enum"].is_array() && !schema["enum"].items().empty()) {
            return pick(schema["enum"].items());
        }
        for (const char* word : {"oneOf", "anyOf"}) {
            if (!schema[word].items().empty()) {
                return value_of(schemas, pick(schema[word].items()), depth + 1);
            }
        }
        const std::string type = schema["type"].is_array()
                                     ? pick(schema["type"].items()).as_string()
                                     : schema["type"].as_string();
        if (type == "object") {
            Json object = Json::object();
            for (const auto& [name, member] : schema["properties"].members()) {
                if (!chance(4)) {
                    object.set(name, value_of(schemas, member, depth + 1));
                }
            }
            if (chance(6)) {
                object.set(pick(odd_texts()).substr(0, 50), odd_value());
            }
            return object;
        }
        if (type == "array") {
            Json list = Json::array();
            for (std::size_t i = below(3); i > 0; --i) {
                list.push(value_of(schemas, schema["items"], depth + 1));
            }
            return list;
        }
        if (type == "integer" || type == "number") {
            return chance(2) ? Json(static_cast<std::int64_t>(below(100))) : Json(odd_value());
        }
        if (type == "boolean") {
            return chance(2);
        }
        return schema["format"] == Json("uuid") ? Json(pick(ids_)) : fine_text();
    }

    Json fine_text() {
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

    std::string target_of(const Operation& operation) {
        std::string path = operation.path;
        for (std::size_t brace = path.find('{'); brace != std::string::npos;
             brace = path.find('{')) {
            const std::string id =
                chance(2) ? pick(ids_) : http::url_encode(pick(odd_texts()).substr(0, 5'000));
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
            query += (query.empty() ? "?" : "&") +
                     http::url_encode(pick(odd_texts()).substr(0, 60)) + "=%zz";
        }
        return path + query;
    }

    http::Headers odd_headers() {
        http::Headers headers;
        if (chance(12)) {
            headers.emplace_back("If-Match", "\"" + std::to_string(below(5)) + "\"");
        }
        if (chance(20)) {
            headers.emplace_back("If-Match", printable(pick(odd_texts())));
        }
        if (chance(15)) {
            headers.emplace_back("Idempotency-Key", printable(pick(odd_texts())));
        }
        if (chance(20)) {
            headers.emplace_back("Accept-Language", printable(pick(odd_texts())));
        }
        if (chance(20)) {
            headers.emplace_back("X-Request-Id", printable(pick(odd_texts())));
        }
        if (chance(20)) {
            headers.emplace_back("If-None-Match", printable(pick(odd_texts())));
        }
        if (chance(30)) {
            headers.emplace_back("Range", "bytes=5-1");
        }
        if (chance(30)) {
            headers.emplace_back("X-Long", std::string(20'000, 'h'));
        }
        return headers;
    }

    Body body_of(const JsonSchema& schemas, const Operation& operation) {
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

    void know(std::string id) { ids_.push_back(std::move(id)); }

private:
    std::string odd_parameter(const std::string& name) {
        if (name == "filter" && chance(2)) {
            const Json leaf = Json::object(
                {{"field", pick(names_)}, {"op", pick(operators_)}, {"value", odd_value()}});
            Json tree = leaf;
            for (std::size_t i = below(8); i > 0; --i) {
                tree = Json::object({{chance(2) ? "and" : "or", Json::array({tree, leaf})}});
            }
            return tree.dump();
        }
        return chance(3) ? std::to_string(below(30)) : pick(odd_texts()).substr(0, 6'000);
    }
    // A header with a line break would be two; the parser's own tests have those.
    static std::string printable(std::string text) {
        std::erase_if(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
        return text.substr(0, 300);
    }

    std::mt19937_64 random_;
    std::vector<std::string> ids_{Id::make().text(), "1", "cust_" + Id::make().text(), "stats",
                                  "null"};
    const std::vector<std::string> names_{
        "name",       "id",    "createdAt",      "tags",    "status",
        "assignedTo", "phone", "customFields.x", "version", "totalInteractions",
        "nothing",    ""};
    const std::vector<std::string> operators_{
        "is",        "is_not", "contains",  "between", "any_of", "has_any", "gt",
        "last_days", "today",  "this_week", "empty",   "before", "nothing"};
};

// What a fuzzer must not do to itself.
bool is_left_out(const Operation& operation) {
    const bool signs_out = operation.path.find("/auth/") != std::string::npos &&
                           operation.path.find("/auth/me") == std::string::npos &&
                           operation.method != "GET";
    return signs_out && operation.needs_token;
}

std::string fault_of(const Reply& reply) {
    if (reply.status >= 500) {
        return "a server's fault";
    }
    if (reply.status < 400) {
        return {};
    }
    if (reply.header("content-type") != "application/problem+json") {
        return "a refusal that is no problem+json";
    }
    const bool is_whole = reply["code"].is_string() && !reply["requestId"].as_string().empty() &&
                          reply["status"] == Json(reply.status) &&
                          !reply["title"].as_string().empty();
    return is_whole ? "" : "a problem that lacks code, title, status or requestId";
}

struct FuzzTest : ::testing::Test {
    Company company;
    Samples samples{company, "teste"};
    JsonSchema schemas{contract()};
    std::uint64_t seed = number_from("PONTE_FUZZ_SEED", std::random_device{}());
    Fuzzer fuzzer{seed};
    std::vector<std::string> faults;
    std::map<int, int> answers;  // by status: a fuzzer that is always refused finds nothing

    void try_one(const Operation& operation) {
        const std::string target = fuzzer.target_of(operation);
        const Body body = operation.method == "GET" ? Body() : fuzzer.body_of(schemas, operation);
        const http::Headers headers = fuzzer.odd_headers();
        const std::string sent = operation.method + " " + target.substr(0, 400) + " " +
                                 body.content_type + " " + body.bytes.substr(0, 600);
        try {
            const Reply reply = company.api().send(operation.method, target, body, headers);
            ++answers[reply.status];
            const std::string fault = fault_of(reply);
            if (!fault.empty()) {
                faults.push_back(fault + "\n    " + sent + "\n    " + reply.shown().substr(0, 400));
            }
            const std::string id = reply.id();
            if (reply.status == 201 && !id.empty()) {
                fuzzer.know(id);
            }
        } catch (const std::exception& problem) {
            company.api().close();
            faults.push_back(std::string(problem.what()) + "\n    " + sent);
        }
    }
};

TEST_F(FuzzTest, nothing_that_anybody_sends_is_the_servers_fault) {
    std::printf("[ seed     ] PONTE_FUZZ_SEED=%llu\n", static_cast<unsigned long long>(seed));
    samples.make_everything();
    for (const auto& kind : {"contact", "tag", "note", "team", "role", "custom_field"}) {
        fuzzer.know(samples.id_of(kind));
    }
    const std::vector<Operation> all = operations();
    const auto end = std::chrono::steady_clock::now() +
                     std::chrono::seconds(number_from("PONTE_FUZZ_SECONDS", usual_seconds));
    int tried = 0;

    for (std::size_t i = 0; std::chrono::steady_clock::now() < end && faults.size() < 10; ++i) {
        const Operation& operation = all[i % all.size()];
        // Passwords cost time on purpose; they have their turn now and then.
        const bool is_slow =
            !operation.needs_token && operation.method == "POST" && fuzzer.below(10) != 0;
        if (!is_left_out(operation) && !is_slow) {
            try_one(operation);
            ++tried;
        }
    }

    std::printf("[ tried    ] %d requests;", tried);
    for (const auto& [status, count] : answers) {
        std::printf(" %d: %d", status, count);
    }
    std::printf("\n");
    std::string message;
    for (const std::string& fault : faults) {
        message += "  " + fault + "\n";
    }
    EXPECT_TRUE(faults.empty()) << "seed " << seed << "\n" << message;
    EXPECT_GT(tried, 500);
    EXPECT_GT(answers[200] + answers[201], tried / 20);
    EXPECT_EQ(company.api().get("/api/v1/health").status, 200);
}

}  // namespace
}  // namespace ponte::testing
