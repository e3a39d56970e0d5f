// The way back into an account: a link that works once.
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"
#include "modules/accounts/accounts.hpp"

namespace ponte::accounts {
namespace {

using testing::Api;
using testing::Person;
using testing::Reply;
using testing::server;

class PasswordResetTest : public testing::ApiTest {
protected:
    const std::string wanted = "outra-senha-bem-longa";
    Person& rui = company.user("agent");

    Reply link_for(const Person& person) {
        return api.post("/api/v1/users/" + person.id + "/password-reset");
    }
    static std::string token_in(const std::string& path) {
        return path.substr(path.find("token=") + 6);
    }
    std::string token_for(const Person& person) {
        const Reply link = link_for(person);
        EXPECT_EQ(link.status, 201) << link.shown();
        return token_in(link["path"].as_string());
    }
    static Reply use(const std::string& token, const std::string& password) {
        Api anybody;
        return anybody.post("/api/v1/auth/reset", {{"token", token}, {"newPassword", password}});
    }
    static int sign_in(const Person& person, const std::string& password) {
        Api anybody;
        return anybody.post("/api/v1/auth/login", {{"email", person.email}, {"password", password}})
            .status;
    }
};

TEST_F(PasswordResetTest, a_link_sets_a_new_password_and_ends_what_was_signed_in) {
    const Reply link = link_for(rui);
    ASSERT_EQ(link.status, 201) << link.shown();
    EXPECT_TRUE(link["path"].as_string().starts_with("/redefinir-senha?token="));

    EXPECT_EQ(use(token_in(link["path"].as_string()), wanted).status, 204);

    EXPECT_EQ(sign_in(rui, wanted), 200);
    EXPECT_EQ(sign_in(rui, rui.password), 401);
    EXPECT_EQ(rui.api.get("/api/v1/auth/me").status, 401);
}

TEST_F(PasswordResetTest, it_works_once_and_a_weak_password_does_not_use_it_up) {
    const std::string token = token_for(rui);

    EXPECT_EQ(use(token, "12345678").problem("newPassword"), "weak");
    EXPECT_EQ(use(token, "").problem("newPassword"), "required");
    EXPECT_EQ(use(token, wanted).status, 204);
    EXPECT_EQ(use(token, wanted).code(), "password_reset.not_found");
    EXPECT_EQ(use("nada", wanted).status, 404);
}

TEST_F(PasswordResetTest, a_newer_link_another_password_or_a_deactivation_makes_it_worthless) {
    const std::string first = token_for(rui), second = token_for(rui);
    EXPECT_EQ(use(first, wanted).status, 404);

    ASSERT_EQ(rui.api
                  .post("/api/v1/auth/password",
                        {{"currentPassword", rui.password}, {"newPassword", wanted}})
                  .status,
              204);
    EXPECT_EQ(use(second, wanted).status, 404);

    const std::string third = token_for(rui), path = "/api/v1/users/" + rui.id;
    ASSERT_EQ(api.patch(path, {{"active", false}}).status, 200);
    EXPECT_EQ(use(third, wanted).status, 404);
    EXPECT_EQ(link_for(rui).code(), "user.inactive");
    ASSERT_EQ(api.patch(path, {{"active", true}}).status, 200);
    EXPECT_EQ(use(third, wanted).status, 404);
}

TEST_F(PasswordResetTest, it_ends_after_a_day) {
    const std::string token = token_for(rui);
    server().sql(
        "update password_resets set expires_at = now() - interval '1 second' "
        "where user_id = $1",
        {rui.id});

    EXPECT_EQ(use(token, wanted).status, 404);
}

TEST_F(PasswordResetTest, the_token_stands_nowhere_but_in_the_link) {
    const Reply link = api.send("POST", "/api/v1/users/" + rui.id + "/password-reset", {},
                                {{"Idempotency-Key", "reset-1"}});
    const std::string token = token_in(link["path"].as_string());
    ASSERT_EQ(link.status, 201) << link.shown();

    const std::string kept = server().value(
        "select coalesce((select string_agg(p::text, ' ') from password_resets p), '') || "
        "coalesce((select string_agg(e::text, ' ') from events e where tenant_id = $1), '') || "
        "coalesce((select string_agg(k::text, ' ') from idempotency_keys k where tenant_id = $1), "
        "'')",
        {company.id()});
    EXPECT_EQ(kept.find(token), std::string::npos);
    EXPECT_THAT(events_of("/api/v1/users/" + rui.id),
                ::testing::Contains("user.password_link_made"));
    EXPECT_EQ(use(token, wanted).status, 204);
    EXPECT_THAT(events_of("/api/v1/users/" + rui.id), ::testing::Contains("user.password_reset"));
}

TEST_F(PasswordResetTest, who_may_not_change_users_or_belongs_elsewhere_makes_none) {
    testing::Company other;
    const std::string path = "/api/v1/users/" + company.admin().id + "/password-reset";

    EXPECT_EQ(rui.api.post(path).status, 403);
    EXPECT_EQ(other.api().post(path).status, 404);
    EXPECT_EQ(api.post(path).code(), "user.own_password");
}

TEST_F(PasswordResetTest, the_command_line_makes_a_link_or_sets_a_password) {
    testing::Server& here = server();
    const std::string path =
        wait_for(here.loop(), make_reset_link(here.services(), here.loop(), rui.email));
    EXPECT_EQ(use(token_in(path), wanted).status, 204);

    wait_for(here.loop(),
             reset_password(here.services(), here.loop(), rui.email, "mais-uma-senha-longa"));
    EXPECT_EQ(sign_in(rui, "mais-uma-senha-longa"), 200);
    EXPECT_THROW(
        wait_for(here.loop(), reset_password(here.services(), here.loop(), "x@y.zz", wanted)),
        Error);
}

}  // namespace
}  // namespace ponte::accounts
