// Two nodes on one database: what one of them changes counts on the other one, too.
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::testing {
namespace {

struct NodesTest : ::testing::Test {
    Server first{Server::settings_of_a_node()};
    Server second{first, Server::settings_of_a_node()};
    Company company{first.url()};
    Api& here = company.api();

    // The same person, asking the other node with the same token.
    Api there(const Person& who) { return Api(who.api.token(), second.url()); }
};

TEST_F(NodesTest, a_record_and_a_field_are_there_at_once_and_soon) {
    Api other = there(company.admin());
    ASSERT_EQ(other.get("/api/v1/contacts").data().items().size(), 0u);

    const Saved made =
        save(here, "/api/v1/contacts", Json::object({{"name", "Ana"}, {"phone", unique_phone()}}));
    EXPECT_EQ(other.get("/api/v1/contacts").data().items().size(), 1u);
    EXPECT_EQ(other.get(made.path)["name"].as_string(), "Ana");

    save(here, "/api/v1/custom-fields",
         Json::object({{"entity", "contact"}, {"type", "text"}, {"name", "Plano"}}));
    EXPECT_TRUE(comes_true([&] {
        const Json gold = Json::object({{"plano", "Ouro"}});
        return other.patch(made.path, {{"customFields", gold}}).status == 200;
    })) << "the other node does not know the field";
    EXPECT_EQ(here.get(made.path)["customFields"]["plano"].as_string(), "Ouro");
}

TEST_F(NodesTest, a_decision_of_the_company_counts_soon) {
    Api other = there(company.admin());
    ASSERT_EQ(other.get("/api/v1/contacts/stats")["newDays"], Json(30));

    ASSERT_EQ(here.patch("/api/v1/settings/customers", {{"newContactDays", 7}}).status, 200);

    EXPECT_TRUE(comes_true([&] {
        return other.get("/api/v1/contacts/stats")["newDays"] == Json(7);
    })) << "the other node still decides as before";
}

TEST_F(NodesTest, who_signs_out_or_may_no_longer_is_refused_everywhere) {
    Person& colleague = company.user("sales");
    Api other = there(colleague);
    ASSERT_EQ(other.get("/api/v1/contacts").status, 200);

    ASSERT_EQ(here.patch("/api/v1/users/" + colleague.id, {{"role", "readonly"}}).status, 200);
    EXPECT_TRUE(comes_true([&] {
        return other.post("/api/v1/contacts", {{"name", "Ana"}, {"phone", unique_phone()}})
                   .status == 403;
    })) << "the other node still grants what is no longer granted";

    ASSERT_EQ(colleague.api.post("/api/v1/auth/logout").status, 204);
    EXPECT_TRUE(comes_true([&] { return other.get("/api/v1/contacts").status == 401; }))
        << "the other node still takes the session";
}

}  // namespace
}  // namespace ponte::testing
