#include <gmock/gmock.h>

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::accounts {
namespace {

using testing::Api;
using testing::Person;
using testing::Reply;

class SessionTest : public testing::ApiTest {
protected:
    Reply refresh(const std::string& token) {
        Api anybody;
        return anybody.post("/api/v1/auth/refresh", {{"refreshToken", token}});
    }
    static int me(const std::string& token) { return Api(token).get("/api/v1/auth/me").status; }
    // As if the token had been used a minute ago: past the grace for a lost answer.
    static void let_a_minute_pass() {
        testing::server().sql(
            "update refresh_tokens set used_at = used_at - interval '1 minute' "
            "where used_at is not null");
    }
};

TEST_F(SessionTest, a_refresh_token_gives_a_new_pair) {
    const Reply reply = refresh(company.admin().refresh_token);

    ASSERT_EQ(reply.status, 200) << reply.shown();
    EXPECT_NE(reply["refreshToken"].as_string(), company.admin().refresh_token);
    EXPECT_EQ(me(reply["accessToken"].as_string()), 200);
}

TEST_F(SessionTest, an_answer_lost_on_the_way_can_be_asked_for_again) {
    const std::string token = company.admin().refresh_token;

    const Reply first = refresh(token), second = refresh(token);

    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(first["refreshToken"], second["refreshToken"]);
}

TEST_F(SessionTest, a_token_used_again_later_was_copied_and_ends_the_session) {
    const std::string stolen = company.admin().refresh_token;
    const Reply renewed = refresh(stolen);
    let_a_minute_pass();

    const Reply copy = refresh(stolen);

    EXPECT_EQ(copy.status, 401);
    EXPECT_EQ(copy.code(), "auth.refresh_reused");
    EXPECT_EQ(refresh(renewed["refreshToken"].as_string()).status, 401);
    EXPECT_EQ(me(renewed["accessToken"].as_string()), 401);
    EXPECT_EQ(me(api.token()), 401);
}

TEST_F(SessionTest, signing_out_counts_at_once_and_needs_no_valid_access_token) {
    EXPECT_EQ(me(api.token()), 200);

    EXPECT_EQ(api.post("/api/v1/auth/logout").status, 204);

    EXPECT_EQ(me(api.token()), 401);
    EXPECT_EQ(refresh(company.admin().refresh_token).status, 401);
    Api anybody;
    EXPECT_EQ(anybody.post("/api/v1/auth/logout", {{"refreshToken", "nada"}}).status, 401);
}

TEST_F(SessionTest, the_scheme_of_a_token_is_read_in_any_case_when_signing_out) {
    Api shouting;
    shouting.with("Authorization", "BEARER " + api.token());

    EXPECT_EQ(shouting.post("/api/v1/auth/logout").status, 204);
    EXPECT_EQ(me(api.token()), 401);
}

TEST_F(SessionTest, one_session_can_be_ended_from_another) {
    Api anybody;
    const Reply phone =
        anybody.post("/api/v1/auth/login",
                     {{"email", company.admin().email}, {"password", company.admin().password}});
    const Json sessions = api.get("/api/v1/auth/sessions").data();
    ASSERT_EQ(sessions.items().size(), 2u);
    std::string other;
    for (const Json& session : sessions.items()) {
        if (!session["current"].as_bool()) {
            other = session["id"].as_string();
        }
    }

    EXPECT_EQ(api.del("/api/v1/auth/sessions/" + other).status, 204);

    EXPECT_EQ(me(phone["accessToken"].as_string()), 401);
    EXPECT_EQ(me(api.token()), 200);
    EXPECT_EQ(api.del("/api/v1/auth/sessions/" + other).status, 404);
}

TEST_F(SessionTest, a_new_password_ends_the_other_sessions_only) {
    Api anybody;
    Person& admin = company.admin();
    const Reply phone =
        anybody.post("/api/v1/auth/login", {{"email", admin.email}, {"password", admin.password}});
    const std::string changed = "outra-senha-bem-longa";

    const Reply wrong =
        api.post("/api/v1/auth/password", {{"currentPassword", "não é"}, {"newPassword", changed}});
    EXPECT_EQ(wrong.problem("currentPassword"), "wrong");
    EXPECT_EQ(api.post("/api/v1/auth/password",
                       {{"currentPassword", admin.password}, {"newPassword", "curta"}})
                  .problem("newPassword"),
              "too_short");
    EXPECT_EQ(api.post("/api/v1/auth/password",
                       {{"currentPassword", admin.password}, {"newPassword", changed}})
                  .status,
              204);

    EXPECT_EQ(me(api.token()), 200);
    EXPECT_EQ(me(phone["accessToken"].as_string()), 401);
    EXPECT_EQ(
        anybody.post("/api/v1/auth/login", {{"email", admin.email}, {"password", changed}}).status,
        200);
}

TEST_F(SessionTest, tokens_that_are_none_are_refused) {
    for (const char* token : {"", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."}) {
        SCOPED_TRACE(token);
        const Reply reply = Api(token).get("/api/v1/contacts");
        EXPECT_EQ(reply.status, 401);
        EXPECT_EQ(reply.header("www-authenticate"), "Bearer");
    }
    std::string forged = api.token();
    forged[forged.size() - 3] = forged[forged.size() - 3] == 'A' ? 'B' : 'A';
    EXPECT_EQ(me(forged), 401);
}

TEST_F(SessionTest, my_language_and_preferences_are_kept) {
    const Reply reply =
        api.patch("/api/v1/auth/me", {{"language", "en"},
                                      {"name", "Ana Maria"},
                                      {"preferences", Json::object({{"theme", "dark"}})}});

    ASSERT_EQ(reply.status, 200) << reply.shown();
    EXPECT_EQ(reply["user"]["language"], Json("en"));
    EXPECT_EQ(reply["user"]["preferences"]["theme"], Json("dark"));
    EXPECT_EQ(api.get("/api/v1/auth/me")["user"]["name"], Json("Ana Maria"));
    const Json english = api.get("/api/v1/contacts?page=0").body;
    EXPECT_NE(english["title"].as_string().find("could not"), std::string::npos) << english.dump();
}

}  // namespace
}  // namespace ponte::accounts
