// The contract of a few declared routes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kernel/lists/list.hpp"
#include "kernel/openapi/naming.hpp"
#include "kernel/openapi/openapi.hpp"

namespace ponte::openapi {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr Field boat_fields[] = {
    text("name").required().length(2, 80).searchable().sorted_as_name(),
    phone("phone").expected(),
    choice("state", "afloat | ashore").starts_as("ashore"),
    money("price").between(0, 1'000'000),
    date("built_on"),
    text("registry").immutable(),
    integer("journeys").starts_as("0").read_only(),
    json("plan"),
};
constexpr Entity boat{.name = "boat",
                      .table = "boats",
                      .aliases = "vessels",
                      .fields = boat_fields,
                      .has_custom_fields = true};
static_assert(valid(boat));

constexpr Field sign_in_fields[] = {text("email").required(), text("password").required()};

class DocumentTest : public ::testing::Test {
protected:
    DocumentTest() { entities.add(boat); }

    Route& route(std::string method, std::string pattern) {
        auto made = std::make_unique<Route>();
        made->method = std::move(method);
        made->pattern = std::move(pattern);
        routes.push_back(std::move(made));
        return *routes.back();
    }
    Route& boat_route(std::string method, std::string pattern, std::string_view answer) {
        Route& made = route(std::move(method), std::move(pattern));
        made.entity = &boat;
        made.tag = "boats";
        return made.gives(200, answer);
    }
    Json made(Language language = Language::en) {
        return document(Declared{routes, entities}, language);
    }
    std::string name_of(const Route& one) {
        return operation_name(Declared{routes, entities}, one);
    }
    std::vector<std::string> parameter_names(const Json& document, const Json& operation) {
        std::vector<std::string> names;
        for (const Json& given : operation["parameters"].items()) {
            const std::string pointer = given["$ref"].as_string();
            const Json& parameters = document["components"]["parameters"];
            names.push_back(pointer.empty() ? given["name"].as_string()
                                            : parameters[pointer.substr(24)]["name"].as_string());
        }
        return names;
    }

    records::Catalogue entities;
    std::vector<std::unique_ptr<Route>> routes;
};

TEST_F(DocumentTest, operations_are_named_after_what_they_do) {
    EXPECT_EQ(name_of(boat_route("GET", "/boats", "BoatPage")), "listBoats");
    EXPECT_EQ(name_of(boat_route("POST", "/boats", "Boat")), "createBoat");
    EXPECT_EQ(name_of(boat_route("GET", "/boats/{id}", "Boat")), "getBoat");
    EXPECT_EQ(name_of(boat_route("PATCH", "/boats/{id}", "Boat")), "updateBoat");
    EXPECT_EQ(name_of(boat_route("POST", "/boats/{id}/restore", "Boat")), "restoreBoat");
    EXPECT_EQ(name_of(boat_route("POST", "/boats/bulk", "Operation")), "bulkBoats");
    EXPECT_EQ(name_of(boat_route("GET", "/boats/{id}/history", "HistoryEntryPage")),
              "getBoatHistory");
    EXPECT_EQ(name_of(route("GET", "/imports/{id}/errors").gives(200, "ImportErrorPage")),
              "listImportErrors");
    EXPECT_EQ(name_of(route("POST", "/auth/login").called("login")), "login");
}

TEST_F(DocumentTest, a_record_tells_types_limits_and_what_may_be_empty) {
    boat_route("GET", "/boats/{id}", "Boat");

    const Json document = made();
    const Json& schema = document["components"]["schemas"]["Boat"];

    const Json& properties = schema["properties"];
    EXPECT_EQ(properties["name"]["type"], Json("string"));
    EXPECT_EQ(properties["name"]["maxLength"], Json(80));
    EXPECT_EQ(properties["phone"]["type"], Json::array({"string", "null"}));
    EXPECT_EQ(properties["state"]["enum"], Json::array({"afloat", "ashore"}));
    EXPECT_EQ(properties["price"]["maximum"], Json(10'000)) << "money is told in units";
    EXPECT_EQ(properties["builtOn"]["format"], Json("date"));
    EXPECT_EQ(properties["journeys"]["readOnly"], Json(true));
    EXPECT_THAT(schema["required"].items(), Contains(Json("version")));
    EXPECT_THAT(schema["required"].items(), Not(Contains(Json("deletedAt"))));
}

TEST_F(DocumentTest, a_new_record_and_a_change_take_what_can_be_given) {
    boat_route("POST", "/boats", "Boat");
    boat_route("PATCH", "/boats/{id}", "Boat");

    const Json document = made();
    const Json& schemas = document["components"]["schemas"];

    const Json& input = schemas["BoatInput"];
    EXPECT_THAT(input["required"].items(), ElementsAre(Json("name"), Json("phone")));
    EXPECT_EQ(input["properties"]["state"]["default"], Json("ashore"));
    EXPECT_EQ(input["properties"].find("journeys"), nullptr);
    EXPECT_NE(input["properties"].find("customFields"), nullptr);
    EXPECT_EQ(schemas["BoatPatch"].find("required"), nullptr);
    EXPECT_EQ(schemas["BoatPatch"]["properties"].find("registry"), nullptr);
}

TEST_F(DocumentTest, a_list_tells_everything_that_can_be_asked_of_it) {
    boat_route("GET", "/boats", "BoatPage");

    const Json document = made();
    const Json& operation = document["paths"]["/api/v1/boats"]["get"];

    const auto names = parameter_names(document, operation);
    for (const auto name : {"page", "limit", "cursor", "count", "search", "sortBy", "sortOrder",
                            "filter", "fields", "deleted", "state", "phone"}) {
        EXPECT_THAT(names, Contains(name));
    }
    EXPECT_THAT(names, Not(Contains("plan"))) << "structured data cannot be compared";
    EXPECT_THAT(names, Not(Contains("expand"))) << "there are no tags to expand";
    EXPECT_THAT(operation["description"].as_string(), HasSubstr("`createdAt`"));
}

TEST_F(DocumentTest, bodies_of_other_routes_become_components) {
    Route& sign_in = route("POST", "/auth/login").open().called("login").takes(sign_in_fields);
    sign_in.gives(204, "none");

    const Json document = made();
    const Json& operation = document["paths"]["/api/v1/auth/login"]["post"];

    EXPECT_EQ(operation["requestBody"]["content"]["application/json"]["schema"]["$ref"],
              Json("#/components/schemas/LoginInput"));
    EXPECT_EQ(operation["security"], Json::array());
    EXPECT_EQ(operation["responses"]["204"].find("content"), nullptr);
    EXPECT_EQ(operation.find("parameters"), nullptr) << "no idempotency before sign-in";
}

TEST_F(DocumentTest, changes_take_a_version_and_creation_a_key) {
    boat_route("POST", "/boats", "Boat");
    boat_route("DELETE", "/boats/{id}", "none");

    const Json document = made();
    const Json& paths = document["paths"];

    EXPECT_THAT(parameter_names(document, paths["/api/v1/boats"]["post"]),
                ElementsAre("Idempotency-Key"));
    EXPECT_THAT(parameter_names(document, paths["/api/v1/boats/{id}"]["delete"]),
                ElementsAre("id", "If-Match"));
}

TEST_F(DocumentTest, an_alias_is_told_once_with_its_group) {
    boat_route("GET", "/boats", "BoatPage");

    const Json document = made();

    EXPECT_EQ(document["paths"].members().size(), 1u);
    EXPECT_THAT(document["tags"].items()[0]["description"].as_string(),
                HasSubstr("/api/v1/vessels"));
}

TEST_F(DocumentTest, nothing_points_nowhere_and_the_same_is_written_twice) {
    boat_route("GET", "/boats", "BoatPage");
    boat_route("POST", "/boats/bulk", "Operation");

    const Json document = made();

    EXPECT_THAT(dangling_references(document), IsEmpty());
    EXPECT_EQ(pretty(document), pretty(made()));
}

TEST_F(DocumentTest, an_answer_that_nobody_describes_is_found) {
    route("GET", "/riddle").gives(200, "Riddle");

    EXPECT_THAT(dangling_references(made()), ElementsAre("#/components/schemas/Riddle"));
}

TEST_F(DocumentTest, texts_come_in_the_language_that_is_asked_for) {
    boat_route("GET", "/boats", "BoatPage");

    const auto summary_in = [&](Language language) {
        const Json document = made(language);
        return document["paths"]["/api/v1/boats"]["get"]["summary"].as_string();
    };

    EXPECT_THAT(summary_in(Language::en), HasSubstr("List"));
    EXPECT_THAT(summary_in(Language::pt), HasSubstr("Listar"));
}

TEST(PrettyTest, short_lists_stay_on_their_line) {
    const Json json = Json::object({{"type", Json::array({"string", "null"})},
                                    {"empty", Json::object()},
                                    {"list", Json::array({Json::object({{"a", 1}})})}});

    EXPECT_EQ(pretty(json),
              "{\n  \"type\": [\"string\", \"null\"],\n  \"empty\": {},\n  \"list\": [\n    {\n"
              "      \"a\": 1\n    }\n  ]\n}");
}

}  // namespace
}  // namespace ponte::openapi
