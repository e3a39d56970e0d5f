#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::accounts {
namespace {

using testing::Api;
using testing::Company;
using ::testing::Contains;
using testing::Person;
using testing::Reply;

class UserTest : public testing::ApiTest {
protected:
    static std::string path_of(const Person& person) { return "/api/v1/users/" + person.id; }
    static Json draft(std::string role = "agent") {
        return Json::object({{"name", "Rui Castro"},
                             {"email", testing::unique_email()},
                             {"role", std::move(role)},
                             {"password", "uma-senha-bem-longa"}});
    }
};

TEST_F(UserTest, a_new_colleague_can_sign_in) {
    const Json values = draft();

    const Reply made = api.post("/api/v1/users", values);

    ASSERT_EQ(made.status, 201) << made.shown();
    EXPECT_TRUE(made.body.find("password") == nullptr);
    Api anybody;
    const Reply session = anybody.post(
        "/api/v1/auth/login", {{"email", values["email"]}, {"password", values["password"]}});
    EXPECT_EQ(session["user"]["role"], Json("agent"));
    EXPECT_THAT(events_of("/api/v1/users/" + made.id()), Contains("user.created"));
}

TEST_F(UserTest, everything_wrong_with_a_new_colleague_is_said_at_once) {
    Json values = draft("rei");
    values.set("name", "R").set("email", company.admin().email).set("password", "curta");

    const Reply reply = api.post("/api/v1/users", values);

    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.problem("name"), "too_short");
    EXPECT_EQ(reply.problem("email"), "taken");
    EXPECT_EQ(reply.problem("role"), "not_an_option");
    EXPECT_EQ(reply.problem("password"), "too_short");
    EXPECT_EQ(api.get("/api/v1/users").data().items().size(), 1u);
}

TEST_F(UserTest, put_does_all_that_patch_does) {
    Person& agent = company.user("agent");
    const std::string email = testing::unique_email();

    const Reply moved =
        api.put(path_of(agent),
                {{"name", agent.name}, {"email", email}, {"role", "agent"}, {"active", true}});
    EXPECT_EQ(moved["email"], Json(email)) << moved.shown();
    Api anybody;
    const auto enter = [&] {
        return anybody.post("/api/v1/auth/login", {{"email", email}, {"password", agent.password}});
    };
    const Reply session = enter();
    ASSERT_EQ(session.status, 200) << session.shown();

    const Reply left =
        api.put(path_of(agent),
                {{"name", agent.name}, {"email", email}, {"role", "agent"}, {"active", false}});
    EXPECT_EQ(left["active"], Json(false)) << left.shown();
    EXPECT_EQ(agent.api.get("/api/v1/contacts").status, 401);
    ASSERT_EQ(api.patch(path_of(agent), {{"active", true}}).status, 200);
    // What was ended stays ended, as after PATCH.
    const Reply again =
        anybody.post("/api/v1/auth/refresh", {{"refreshToken", session["refreshToken"]}});
    EXPECT_EQ(again.status, 401) << again.shown();
    const Reply part = api.put(path_of(agent), {{"role", "agent"}});
    EXPECT_EQ(part.problem("name"), "required") << part.shown();
}

TEST_F(UserTest, deactivating_somebody_counts_at_once) {
    Person& agent = company.user("agent");
    EXPECT_EQ(agent.api.get("/api/v1/contacts").status, 200);

    EXPECT_EQ(api.patch(path_of(agent), {{"active", false}}).status, 200);

    EXPECT_EQ(agent.api.get("/api/v1/contacts").status, 401);
    Api anybody;
    const Reply refused =
        anybody.post("/api/v1/auth/login", {{"email", agent.email}, {"password", agent.password}});
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.code(), "auth.user_inactive");
}

TEST_F(UserTest, a_lost_right_counts_at_the_next_request) {
    Person& colleague = company.user("supervisor");
    const std::string id =
        api.post("/api/v1/contacts", {{"name", "Ana"}, {"phone", testing::unique_phone()}}).id();

    EXPECT_EQ(api.patch(path_of(colleague), {{"role", "readonly"}}).status, 200);

    EXPECT_EQ(colleague.api.patch("/api/v1/contacts/" + id, {{"name", "Ana B"}}).status, 403);
    EXPECT_EQ(colleague.api.get("/api/v1/contacts/" + id).status, 200);
}

TEST_F(UserTest, the_last_administrator_stays) {
    EXPECT_EQ(api.patch(path_of(company.admin()), {{"role", "agent"}}).code(), "user.last_admin");
    EXPECT_EQ(api.patch(path_of(company.admin()), {{"active", false}}).code(), "user.last_admin");
}

TEST_F(UserTest, two_administrators_who_demote_each_other_leave_one) {
    Person& other = company.user("admin");
    std::atomic<int> done = 0;
    Api mine = api, theirs = other.api;
    std::thread one([&] { done += mine.patch(path_of(other), {{"role", "agent"}}).status == 200; });
    std::thread two(
        [&] { done += theirs.patch(path_of(company.admin()), {{"role", "agent"}}).status == 200; });
    one.join();
    two.join();

    EXPECT_EQ(done, 1);
    EXPECT_EQ(testing::server().number(
                  "select count(*) from users where tenant_id = $1 and role = 'admin' and active",
                  {company.id()}),
              1);
}

TEST_F(UserTest, nobody_gives_away_more_than_they_have) {
    Person& manager = company.with_rights(Json::object(
        {{"users", Json::object({{"read", "all"}, {"create", "all"}, {"update", "all"}})}}));

    EXPECT_EQ(manager.api.post("/api/v1/users", draft("admin")).status, 403);
    EXPECT_EQ(manager.api.patch(path_of(manager), {{"role", "admin"}}).status, 403);
    EXPECT_EQ(manager.api.patch(path_of(company.admin()), {{"name", "Outra"}}).status, 200);
    EXPECT_EQ(manager.api.patch(path_of(company.admin()), {{"active", false}}).status, 403);
    const std::string mine = testing::unique_email();
    EXPECT_EQ(manager.api.patch(path_of(company.admin()), {{"email", mine}}).status, 403);
    EXPECT_EQ(manager.api.post(path_of(company.admin()) + "/password-reset").status, 403);
    EXPECT_EQ(api.get(path_of(company.admin()))["email"], Json(company.admin().email));
}

TEST_F(UserTest, nobody_changes_a_role_that_allows_more_than_their_own) {
    const Json rights = Json::object({{"contact", Json::object({{"read", "all"}})}});
    const Json none = Json::object({{"contact", Json::object({{"read", "none"}})}});
    ASSERT_EQ(api.post("/api/v1/roles",
                       {{"name", "leitor"}, {"label", "Leitor"}, {"permissions", rights}})
                  .status,
              201);
    Person& manager = company.with_rights(
        Json::object({{"roles", Json::object({{"read", "all"}, {"update", "all"}})}}));

    EXPECT_EQ(manager.api.patch("/api/v1/roles/leitor", {{"permissions", none}}).status, 403);
    EXPECT_EQ(manager.api.patch("/api/v1/roles/leitor", {{"label", "Outro"}}).status, 403);

    EXPECT_EQ(api.patch("/api/v1/roles/leitor", {{"permissions", none}}).status, 200);
    EXPECT_EQ(manager.api.patch("/api/v1/roles/leitor", {{"label", "Outro"}}).status, 200);
}

TEST_F(UserTest, who_may_not_change_users_changes_nothing) {
    Person& sales = company.user("sales");

    EXPECT_EQ(sales.api.post("/api/v1/users", draft()).status, 403);
    EXPECT_EQ(sales.api.patch(path_of(company.admin()), {{"name", "X Y"}}).status, 403);

    EXPECT_EQ(api.get("/api/v1/users").data().items().size(), 2u);
}

TEST_F(UserTest, a_changed_email_is_the_new_login) {
    Person& agent = company.user("agent");
    const std::string changed = testing::unique_email();

    EXPECT_EQ(api.patch(path_of(agent), {{"email", changed}}).status, 200);

    Api anybody;
    EXPECT_EQ(
        anybody.post("/api/v1/auth/login", {{"email", agent.email}, {"password", agent.password}})
            .status,
        401);
    EXPECT_EQ(anybody.post("/api/v1/auth/login", {{"email", changed}, {"password", agent.password}})
                  .status,
              200);
    EXPECT_EQ(api.patch(path_of(agent), {{"email", company.admin().email}}).problem("email"),
              "taken");
}

TEST_F(UserTest, a_company_does_not_see_the_people_of_another) {
    Company other;

    EXPECT_EQ(api.get(path_of(other.admin())).status, 404);
    EXPECT_EQ(api.patch(path_of(other.admin()), {{"name", "Roubada"}}).status, 404);
    EXPECT_EQ(other.api().get("/api/v1/auth/me")["user"]["name"], Json(other.admin().name));
}

TEST_F(UserTest, roles_of_ones_own_can_be_made_and_built_in_ones_stay) {
    const Json rights = Json::object({{"contact", Json::object({{"read", "own"}})}});
    const Reply made = api.post(
        "/api/v1/roles", {{"name", "estagio"}, {"label", "Estágio"}, {"permissions", rights}});
    ASSERT_EQ(made.status, 201) << made.shown();

    const Reply unknown = api.patch("/api/v1/roles/estagio",
                                    {{"permissions", Json::object({{"naves", Json::object()}})}});
    EXPECT_EQ(unknown.problem("permissions.naves"), "unknown");
    EXPECT_EQ(api.patch("/api/v1/roles/agent", {{"label", "Outro"}}).code(), "role.built_in");
    EXPECT_EQ(
        api.post("/api/v1/roles", {{"name", "Estágio 2"}, {"label", "E"}, {"permissions", rights}})
            .status,
        422);
}

TEST_F(UserTest, the_company_changes_its_settings_and_sessions_know_the_zone) {
    const Reply reply =
        api.patch("/api/v1/tenant", {{"name", "Padaria Nova"}, {"timezone", "America/Manaus"}});
    ASSERT_EQ(reply.status, 200) << reply.shown();
    EXPECT_EQ(api.get("/api/v1/tenant")["timezone"], Json("America/Manaus"));

    const Reply wrong =
        api.patch("/api/v1/tenant", {{"timezone", "Marte/Base"}, {"currency", "real"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(company.user("agent").api.patch("/api/v1/tenant", {{"name", "Minha"}}).status, 403);
}

}  // namespace
}  // namespace ponte::accounts
