// The whole way against a provider that is none of ours: PKCE required, refresh tokens rotating.
#include "integrations/google/tests/given.hpp"

namespace ponte::google {
namespace {

using testing::Reply;

class GoogleTest : public ProviderTest {
protected:
    std::string made() {
        const Reply reply = api.post("/api/v1/connections", {{"integration", "google"}});
        EXPECT_EQ(reply.status, 201) << reply.shown();
        return "/api/v1/connections/" + reply.id();
    }
    Reply come_back(const std::string& path, const std::string& who = "ana@exemplo.com") {
        const Reply way = api.post(path + "/authorize");
        EXPECT_EQ(way.status, 200) << way.shown();
        Json body = Json::object();
        const Brought brought = walk(way["url"].as_string(), who);
        for (const char* name : {"state", "code", "error"}) {
            if (brought.contains(name)) {
                body.set(name, brought.at(name));
            }
        }
        return api.post("/api/v1/connections/callback", body);
    }
    void until(const std::string& path, const std::string& field, const Json& value) {
        testing::until([&] { return api.get(path)[field] == value; }, field);
    }
    void let_token_end() {
        house().server.sql(
            "update connection_secrets set expires_at = now() - interval '1 minute' "
            "where kind = 'tokens' and tenant_id = $1",
            {company.id()});
    }
};

TEST_F(GoogleTest, an_account_is_connected_renewed_and_disconnected) {
    const std::string path = made();
    EXPECT_EQ(come_back(path).status, 202);
    until(path, "account", "ana@exemplo.com");
    EXPECT_EQ(api.get(path)["state"], Json("connected"));

    // Twice, so that the second one shows the refresh token that took the place of the first.
    for (int i = 0; i < 2; ++i) {
        let_token_end();
        api.post(path + "/check");
        testing::until([&] { return api.get(path)["checkedAt"].is_string(); }, "a check");
        EXPECT_EQ(api.get(path)["state"], Json("connected"));
        EXPECT_TRUE(api.get(path)["problem"].is_null());
    }

    EXPECT_EQ(api.post(path + "/disconnect")["state"], Json("disconnected"));
    testing::until(
        [&] {
            return house().server.number(
                       "select count(*) from connection_secrets where tenant_id = $1",
                       {company.id()}) == 0;
        },
        "it to be revoked");
}

TEST_F(GoogleTest, who_says_no_is_heard) {
    const std::string path = made();

    EXPECT_EQ(come_back(path, "nega@exemplo.com")["isFinishing"], Json(false));

    EXPECT_EQ(api.get(path)["problem"], Json("access_denied"));
}

TEST_F(GoogleTest, what_was_unticked_is_missed) {
    const std::string path = made();

    come_back(path, "sem-analytics@exemplo.com");

    until(path, "problem", "scopes_missing");
}

TEST_F(GoogleTest, a_wrong_secret_is_named) {
    const Reply made =
        api.post("/api/v1/connections",
                 {{"integration", "google"},
                  {"settings", Json::object({{"clientId", "ponte"}, {"clientSecret", "outro"}})}});
    const std::string path = "/api/v1/connections/" + made.id();

    come_back(path);

    until(path, "problem", "invalid_client");
    EXPECT_EQ(api.get(path)["state"], Json("needs_attention"));
}

TEST_F(GoogleTest, a_verifier_that_is_not_ours_is_refused) {
    const std::string path = made();
    const Reply way = api.post(path + "/authorize");
    std::string url = way["url"].as_string();
    const std::size_t at = url.find("code_challenge=") + 15;
    url.replace(at, 43, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    const Brought brought = walk(url);

    api.post("/api/v1/connections/callback",
             {{"state", brought.at("state")}, {"code", brought.at("code")}});

    until(path, "problem", "invalid_grant");
}

}  // namespace
}  // namespace ponte::google
