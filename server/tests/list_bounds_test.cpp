// Every list in an input is bounded before it is looked at: a megabyte of names is refused for
// their number, whatever they are. Repetitions count, because comparing them is what costs.
#include "kernel/error.hpp"
#include "kernel/testing/given.hpp"

namespace ponte::testing {
namespace {

Json many(std::size_t count, const Json& one) {
    Json list = Json::array();
    for (std::size_t i = 0; i < count; ++i) {
        list.push(one);
    }
    return list;
}

Json many_members(std::size_t count) {
    Json object = Json::object();
    for (std::size_t i = 0; i < count; ++i) {
        object.set("nobody_" + std::to_string(i), Json::object());
    }
    return object;
}

struct ListBoundsTest : ApiTest {
    Reply contact(const char* field, Json value) {
        Json body = Json::object({{"name", "Ana Souza"}, {"phone", "+5511987654321"}});
        body.set(field, std::move(value));
        return api.post("/api/v1/contacts", body);
    }
};

TEST_F(ListBoundsTest, tags_of_a_record) {
    EXPECT_EQ(contact("tags", many(201, "vip")).problem("tags"), "too_many");
    EXPECT_EQ(contact("tags", many(200, "vip")).status, 201);
}

TEST_F(ListBoundsTest, own_fields_of_a_record) {
    const Reply refused = contact("customFields", many_members(1'001));

    EXPECT_EQ(refused.problem("customFields"), "too_many") << refused.shown();
    EXPECT_EQ(refused["errors"].items().size(), 1u);
}

TEST_F(ListBoundsTest, names_that_no_field_has) {
    const Reply refused = api.post("/api/v1/contacts", many_members(20'000));

    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused["errors"].items().size(), Problems::most_told);
    EXPECT_GT(refused["errorCount"].as_integer(), 19'999) << "name and phone are missing, too";
}

TEST_F(ListBoundsTest, values_of_a_body) {
    const std::string list = "[0" + [] {
        std::string more;
        for (std::size_t i = 0; i < most_values_in_a_body; ++i) {
            more += ",0";
        }
        return more;
    }() + "]";

    const Reply refused =
        api.post("/api/v1/contacts", Body("{\"tags\":" + list + "}", "application/json"));

    EXPECT_EQ(refused.status, 413) << refused.shown();
    EXPECT_EQ(refused.code(), "json_too_many_values");
}

TEST_F(ListBoundsTest, options_of_a_field) {
    const auto field = [&](std::size_t count) {
        return api.post("/api/v1/custom-fields", {{"entity", "contact"},
                                                  {"name", "Plano"},
                                                  {"type", "select"},
                                                  {"options", many(count, "Ouro")}});
    };

    EXPECT_EQ(field(201).problem("options"), "too_many");
    EXPECT_EQ(field(200).status, 201);
}

TEST_F(ListBoundsTest, permissions_of_a_role) {
    const auto role = [&](Json permissions) {
        return api.post(
            "/api/v1/roles",
            {{"name", "visita"}, {"label", "Visita"}, {"permissions", std::move(permissions)}});
    };

    const Reply resources = role(many_members(1'000));
    const Reply actions = role(Json::object({{"contact", many_members(1'000)}}));

    EXPECT_EQ(resources.problem("permissions"), "too_many") << resources.shown();
    EXPECT_EQ(actions.problem("permissions.contact"), "too_many") << actions.shown();
}

TEST_F(ListBoundsTest, ids_and_branches_of_a_bulk_change) {
    const auto bulk = [&](const char* name, Json value) {
        return api.post("/api/v1/contacts/bulk", {{"action", "delete"}, {name, std::move(value)}});
    };
    const Json nothing = Json::object({{"and", Json::array()}});

    EXPECT_EQ(bulk("ids", many(10'001, "none")).problem("ids"), "too_many");
    const Reply branches = bulk("filter", Json::object({{"and", many(51, nothing)}}));
    EXPECT_EQ(branches.status, 400);
    EXPECT_EQ(branches.problem("filter"), "too_many") << branches.shown();
}

}  // namespace
}  // namespace ponte::testing
