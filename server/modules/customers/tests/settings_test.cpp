// What a company decides about its customers, as fields of a declaration.
#include <algorithm>

#include <gmock/gmock.h>

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::customers {
namespace {

using testing::Api;
using testing::Reply;

struct SettingsTest : testing::ApiTest {
    const std::string path = "/api/v1/settings/customers";
};

TEST_F(SettingsTest, nobody_has_decided_anything_yet) {
    const Reply reply = api.get(path);

    EXPECT_EQ(reply["newContactDays"], Json(30));
    EXPECT_EQ(reply["duplicatePhones"], Json("warn"));
    EXPECT_EQ(reply["version"], Json(1));
}

TEST_F(SettingsTest, a_decision_counts_for_the_next_request) {
    api.get("/api/v1/contacts/stats");

    const Reply changed = api.patch(path, {{"newContactDays", 7}});

    EXPECT_EQ(changed["newContactDays"], Json(7)) << changed.shown();
    EXPECT_EQ(changed["version"], Json(2));
    EXPECT_EQ(changed.header("etag"), "\"2\"");
    EXPECT_EQ(api.get("/api/v1/contacts/stats")["newDays"], Json(7));
    EXPECT_EQ(testing::server().value("select changes from events where tenant_id = $1 and name = "
                                      "'settings.updated'",
                                      {company.id()}),
              R"({"customers.newContactDays": {"to": 7, "from": 30}})");
}

TEST_F(SettingsTest, null_goes_back_to_the_default_and_what_stays_is_no_change) {
    api.patch(path, {{"newContactDays", 7}});

    const Reply back = api.patch(path, {{"newContactDays", nullptr}});
    const Reply same = api.patch(path, {{"newContactDays", 30}});

    EXPECT_EQ(back["newContactDays"], Json(30));
    EXPECT_EQ(back["version"], Json(3));
    EXPECT_EQ(same["version"], Json(3));
}

TEST_F(SettingsTest, everything_wrong_is_said_at_once) {
    const Reply reply = api.patch(
        path, {{"newContactDays", 0}, {"duplicatePhones", "maybe"}, {"duplicateNames", "block"}});

    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.problem("newContactDays"), "too_small");
    EXPECT_EQ(reply.problem("duplicatePhones"), "not_an_option");
    EXPECT_EQ(reply.problem("duplicateNames"), "unknown");
    EXPECT_EQ(api.get(path)["version"], Json(1));
}

TEST_F(SettingsTest, who_saw_an_older_version_is_told) {
    const std::string seen = api.get(path).header("etag");
    api.patch(path, {{"newContactDays", 7}});

    const Reply late =
        api.send("PATCH", path, testing::Body(Json::object({{"duplicatePhones", "block"}})),
                 {{"If-Match", seen}});

    EXPECT_EQ(late.status, 412) << late.shown();
    EXPECT_EQ(api.get(path)["duplicatePhones"], Json("warn"));
}

TEST_F(SettingsTest, who_may_not_change_the_company_reads_only) {
    Api& agent = company.user("agent").api;
    Api& stranger =
        company.with_rights(Json::object({{"contacts", Json::object({{"read", "all"}})}})).api;

    EXPECT_EQ(agent.get(path).status, 200);
    EXPECT_EQ(agent.patch(path, {{"newContactDays", 7}}).status, 403);
    EXPECT_EQ(stranger.get(path).status, 403);
    EXPECT_EQ(stranger.get("/api/v1/contacts/stats")["newDays"], Json(30));
}

TEST_F(SettingsTest, companies_decide_for_themselves) {
    testing::Company other;
    api.patch(path, {{"newContactDays", 7}});

    EXPECT_EQ(other.api().get(path)["newContactDays"], Json(30));
    EXPECT_EQ(other.api().get("/api/v1/contacts/stats")["newDays"], Json(30));
}

TEST_F(SettingsTest, screens_draw_them_from_their_declaration) {
    const Reply reply = api.get("/api/v1/settings");

    const Json::Array& modules = reply.data().items();
    const auto found = std::ranges::find_if(
        modules, [](const Json& one) { return one["module"] == Json("customers"); });
    ASSERT_NE(found, modules.end()) << reply.shown();
    const Json& customers = *found;
    EXPECT_EQ(customers["label"], Json("Clientes"));
    const Json& days = customers["fields"].items()[0];
    EXPECT_EQ(days["key"], Json("newContactDays"));
    EXPECT_EQ(days["type"], Json("integer"));
    EXPECT_EQ(days["default"], Json(30));
    EXPECT_EQ(days["max"], Json(365));
    EXPECT_TRUE(days["help"].is_string());
    EXPECT_EQ(customers["fields"].items()[1]["options"].items()[1]["label"], Json("Não permitir"));
}

}  // namespace
}  // namespace ponte::customers
