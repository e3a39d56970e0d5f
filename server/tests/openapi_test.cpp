// The published description against the server that it describes: what it names exists, what it
// shows as an example is taken, what comes back has the shape that it says.
#include <algorithm>
#include <set>

#include "kernel/entities/catalogue.hpp"
#include "kernel/http/route_table.hpp"
#include "tests/contract.hpp"
#include "tests/json_schema.hpp"
#include "tests/samples.hpp"

namespace ponte::testing {
namespace {

struct Described {
    Company company;
    Samples samples{company, "descrita"};
    Described() { samples.make_everything(); }
};

Described& described() {
    static Described one;
    return one;
}

void expect_shape(const Operation& operation, const Reply& reply) {
    const std::string name = operation.method + " " + operation.path;
    EXPECT_TRUE(operation.declares(reply.status))
        << name << " does not say that it answers " << reply.status << ": " << reply.shown();
    const Json& schema = operation.answer(reply.status);
    if (!schema.is_null()) {
        EXPECT_EQ(JsonSchema(contract()).fault(schema, reply.body), "")
            << name << ": " << reply.shown();
    }
}

// What the program made itself (an export) is no file that is asked for by its id.
constexpr const char* uploaded = " and created_by is not null";

std::string link_to_a_file() {
    const std::string id = server().value(
        std::string("select id from files where tenant_id = $1") + uploaded + " limit 1",
        {described().company.id()});
    return described().company.api().get("/api/v1/files/" + id + "/link")["url"].as_string();
}

// A record that exists, in the place of each parameter of the path.
std::string filled(const std::string& pattern) {
    std::string path = with_names(pattern);
    for (std::size_t brace = path.find('{'); brace != std::string::npos; brace = path.find('{')) {
        const std::size_t start = path.rfind('/', brace - 2) + 1;
        const std::string word = path.substr(start, brace - 1 - start);
        if (word == "file-links") {
            return link_to_a_file();
        }
        const std::string table = table_of(word);
        const std::string id =
            server().value("select id from " + table + " where tenant_id = $1" +
                               (table == "files" ? uploaded : "") + " order by id desc limit 1",
                           {described().company.id()});
        path = path.substr(0, brace) + id + path.substr(path.find('}', brace) + 1);
    }
    return path;
}

const Operation* operation_at(const std::vector<Operation>& all, const std::string& method,
                              const std::string& path) {
    const auto found = std::ranges::find_if(
        all, [&](const Operation& one) { return one.method == method && one.path == path; });
    return found == all.end() ? nullptr : &*found;
}

TEST(OpenapiTest, every_reference_points_somewhere) {
    EXPECT_FALSE(contract()["paths"].members().empty());
    EXPECT_EQ(JsonSchema(contract()).broken_references(), "");
}

TEST(OpenapiTest, every_route_is_described_once) {
    const std::vector<Operation> all = operations();
    std::set<std::string> names;
    for (const auto& route : server().services().routes().all()) {
        EXPECT_NE(operation_at(all, route->method, "/api/v1" + route->pattern), nullptr)
            << route->method << " " << route->pattern;
    }
    for (const Operation& one : all) {
        const std::string name = (*one.description)["operationId"].as_string();
        EXPECT_FALSE(name.empty()) << one.path;
        EXPECT_TRUE(names.insert(name).second) << name << " stands twice";
        EXPECT_TRUE(one.declares(200) || one.declares(201) || one.declares(202) ||
                    one.declares(204))
            << one.method << " " << one.path;
    }
}

TEST(OpenapiTest, what_is_open_is_described_as_open) {
    for (const Operation& one : operations()) {
        const Route* route = route_of(one.method, one.path.substr(std::string("/api/v1").size()));
        if (route) {
            EXPECT_EQ(one.needs_token, !route->is_open) << one.method << " " << one.path;
        }
    }
}

TEST(OpenapiTest, what_is_read_has_the_described_shape) {
    for (const Operation& one : operations()) {
        if (one.method == "GET") {
            const std::string query = one.path.ends_with("/search") ? "?q=descrita" : "";
            const Reply reply = described().company.api().get(filled(one.path) + query);
            if (reply.status == 400 || reply.status == 422) {
                continue;  // asks for parameters; its module's tests give them
            }
            expect_shape(one, reply);
        }
    }
}

TEST(OpenapiTest, what_is_made_from_a_declaration_is_taken_and_has_the_described_shape) {
    const std::vector<Operation> all = operations();
    for (const auto& kind : server().services().entities().all()) {
        const Operation* create = operation_at(all, "POST", "/api/v1/" + kind->route);
        const Json body = described().samples.body_to_create(kind->route);
        if (!create || body.is_null()) {
            continue;
        }
        EXPECT_EQ(JsonSchema(contract()).fault(create->body(), body), "")
            << kind->route << " " << body.dump();
        const Reply reply = described().company.api().post(create->path, body);
        EXPECT_EQ(reply.status, 201) << create->path << " " << body.dump() << ": " << reply.shown();
        expect_shape(*create, reply);
        EXPECT_EQ(reply.header("location"), create->path + "/" + reply.id());
    }
}

// What a client has read and sends back as it is changes nothing: also not what is computed.
TEST(OpenapiTest, a_record_can_be_put_back_as_it_was_read) {
    const auto without_times = [](Json record) {
        record.erase("version");
        record.erase("updatedAt");
        return record;
    };
    Api& api = described().company.api();
    for (const auto& kind : server().services().entities().all()) {
        const std::string path =
            "/api/v1/" + kind->route + "/" + described().samples.id_of(kind->entity->name);
        const Reply before = api.get(path);
        ASSERT_EQ(before.status, 200) << path << before.shown();
        Json body = before.body;
        body.erase("users");  // how many have a role: counted for the list, no field of the record
        const Reply put = api.put(path, body);
        EXPECT_EQ(put.status, 200) << path << " " << before.text << ": " << put.shown();
        EXPECT_EQ(without_times(api.get(path).body), without_times(before.body)) << path;
    }
}

TEST(OpenapiTest, examples_can_be_sent_as_they_are) {
    for (const Operation& one : operations()) {
        const Json& content = (*one.description)["requestBody"]["content"]["application/json"];
        const Json& example = content["example"];
        const bool creates = one.method == "POST" && one.declares(201) && one.needs_token;
        if (creates && !example.is_null()) {
            EXPECT_EQ(JsonSchema(contract()).fault(one.body(), example), "") << one.path;
        }
    }
}

TEST(OpenapiTest, a_refusal_has_the_described_shape) {
    const Json& problem = contract()["components"]["schemas"]["Problem"];
    ASSERT_TRUE(problem.is_object());
    Api& api = described().company.api();
    for (const Reply& reply :
         {api.get("/api/v1/contacts/1"), api.post("/api/v1/contacts", {{"name", 7}}),
          Api().get("/api/v1/contacts"), api.get("/api/v1/nothing"),
          api.get("/api/v1/contacts?limit=x")}) {
        EXPECT_GE(reply.status, 400);
        EXPECT_EQ(reply.header("content-type"), "application/problem+json");
        const std::string fault = JsonSchema(contract()).fault(problem, reply.body);
        EXPECT_TRUE(fault.empty() || fault.find("undeclared") != fault.npos)
            << fault << reply.shown();
        EXPECT_FALSE(reply["requestId"].as_string().empty());
    }
}

TEST(OpenapiTest, the_committed_contract_is_the_published_one) {
    EXPECT_EQ(contract()["openapi"].as_string().substr(0, 3), "3.1");
}

}  // namespace
}  // namespace ponte::testing
