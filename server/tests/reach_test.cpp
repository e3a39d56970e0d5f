// Rights that end at one's own records or those of one's team: what cannot be read is not there,
// what can be read but not changed is forbidden.
#include "kernel/testing/given.hpp"

namespace ponte::testing {
namespace {

constexpr const char* contacts = "/api/v1/contacts";

Json rights(const char* read, const char* update) {
    return Json::object(
        {{"contacts",
          Json::object(
              {{"read", read}, {"create", "all"}, {"update", update}, {"delete", update}})}});
}

struct ReachTest : ApiTest {
    Saved contact(Api& author, const std::string& owner = {}) {
        Json values = Json::object({{"name", unique_name("Contato")}, {"phone", "+5511987654321"}});
        if (!owner.empty()) {
            values.set("assignedTo", owner);
        }
        return save(author, contacts, values);
    }
    void put_in_team(const Person& person, const std::string& team) {
        const Reply moved =
            api.patch("/api/v1/users/" + person.id, Json::object({{"teamId", team}}));
        ASSERT_EQ(moved.status, 200) << moved.shown();
    }
};

TEST_F(ReachTest, own_means_what_one_made_or_is_given) {
    Person& rui = company.with_rights(rights("own", "own"));
    const Saved made = contact(rui.api), given = contact(api, rui.id), other = contact(api);

    EXPECT_EQ(rui.api.get(made.path).status, 200);
    EXPECT_EQ(rui.api.patch(given.path, {{"city", "Rio"}}).status, 200);
    EXPECT_EQ(rui.api.get(other.path).status, 404);
    EXPECT_EQ(rui.api.get(other.path + "/history").status, 404);
    EXPECT_EQ(rui.api.get(other.path + "?asOf=2030-01-01T00:00:00Z").status, 404);
    EXPECT_EQ(rui.api.patch(other.path, {{"city", "Rio"}}).status, 404);
    EXPECT_EQ(rui.api.del(other.path).status, 404);
    EXPECT_EQ(rui.api.get(contacts).data().items().size(), 2U);
}

TEST_F(ReachTest, what_is_readable_but_not_changeable_is_forbidden) {
    Person& rui = company.with_rights(rights("all", "own"));
    const Saved other = contact(api);

    EXPECT_EQ(rui.api.get(other.path).status, 200);
    EXPECT_EQ(rui.api.patch(other.path, {{"city", "Rio"}}).status, 403);
    EXPECT_EQ(rui.api.put(other.path, {{"name", "Ana"}, {"phone", "+5511987654321"}}).status, 403);
    EXPECT_EQ(rui.api.del(other.path).status, 403);
    ASSERT_EQ(api.del(other.path).status, 204);
    EXPECT_EQ(rui.api.post(other.path + "/restore").status, 403);
}

TEST_F(ReachTest, without_any_right_the_door_is_shut) {
    Person& rui = company.with_rights(rights("none", "none"));
    const Saved other = contact(api);

    EXPECT_EQ(rui.api.get(contacts).status, 403);
    EXPECT_EQ(rui.api.get(other.path).status, 403);
    EXPECT_EQ(rui.api.patch(other.path, {{"city", "Rio"}}).status, 403);
    EXPECT_EQ(
        rui.api
            .post("/api/v1/contacts/bulk", {{"action", "delete"}, {"ids", Json::array({other.id})}})
            .status,
        403);
}

TEST_F(ReachTest, team_means_what_belongs_to_a_colleague_of_the_team) {
    Person& rui = company.with_rights(rights("team", "team"));
    Person& mate = company.user("agent");
    Person& stranger = company.user("agent");
    const Saved team = save(api, "/api/v1/teams", Json::object({{"name", unique_name("Equipe")}}));
    put_in_team(rui, team.id);
    put_in_team(mate, team.id);
    const Saved of_mate = contact(api, mate.id), of_stranger = contact(api, stranger.id);

    EXPECT_EQ(rui.api.get(of_mate.path).status, 200);
    EXPECT_EQ(rui.api.patch(of_mate.path, {{"city", "Rio"}}).status, 200);
    EXPECT_EQ(rui.api.get(of_stranger.path).status, 404);
    EXPECT_EQ(rui.api.patch(of_stranger.path, {{"city", "Rio"}}).status, 404);
    EXPECT_EQ(rui.api.get(contacts).data().items().size(), 1U);
}

TEST_F(ReachTest, a_bulk_skips_what_is_out_of_reach) {
    Person& rui = company.with_rights(rights("all", "own"));
    Person& admin = company.admin();
    const Saved mine = contact(rui.api), other = contact(admin.api);

    const Body bulk{{"action", "update"},
                    {"ids", Json::array({mine.id, other.id})},
                    {"values", Json::object({{"city", "Rio"}})}};
    const Reply started = rui.api.post("/api/v1/contacts/bulk", bulk);
    ASSERT_EQ(started.status, 202) << started.shown();
    const Reply done = finished(api, "/api/v1/operations/" + started.id());

    EXPECT_EQ(done["changed"].as_integer(), 1);
    EXPECT_EQ(done["skipped"].as_integer(), 1);
    EXPECT_EQ(api.get(mine.path)["city"].as_string(), "Rio");
    EXPECT_TRUE(api.get(other.path)["city"].is_null());
}

TEST_F(ReachTest, a_bulk_by_filter_meets_only_what_its_author_may_read) {
    Person& rui = company.with_rights(rights("own", "own"));
    contact(rui.api);
    const Saved other = contact(api);

    const Body bulk{{"action", "delete"}, {"filter", Json::parse(R"({"and": []})")}};
    const Reply started = rui.api.post("/api/v1/contacts/bulk", bulk);
    ASSERT_EQ(started.status, 202) << started.shown();
    const Reply done = finished(api, "/api/v1/operations/" + started.id());

    EXPECT_EQ(done["total"].as_integer(), 1);
    EXPECT_EQ(done["changed"].as_integer(), 1);
    EXPECT_EQ(api.get(other.path).status, 200);
}

}  // namespace
}  // namespace ponte::testing
