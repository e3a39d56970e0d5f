// What the catalogue says there is, and how it is with each of it.
#include "modules/connections/tests/given.hpp"

namespace ponte::connections {
namespace {

using testing::Reply;

class CatalogueTest : public ConnectionTest {
protected:
    Json card(const std::string& name) {
        const Reply reply = api.get("/api/v1/integrations");
        for (const Json& one : reply.data().items()) {
            if (one["name"] == Json(name)) {
                return one;
            }
        }
        ADD_FAILURE() << "no card of " << name;
        return {};
    }
    void expect_card(const std::string& name, const char* stage, const char* type,
                     const char* set_up) {
        const Json one = card(name);
        EXPECT_EQ(one["stage"], Json(stage)) << name;
        EXPECT_EQ(one["type"], Json(type)) << name;
        EXPECT_EQ(one["setUp"], Json(set_up)) << name;
    }
};

TEST_F(CatalogueTest, says_what_there_is_and_what_is_planned) {
    expect_card("postgresql", "active", "database", "automatic");
    expect_card("n8n", "active", "automation", "manual");
    expect_card("sendgrid", "active", "email", "api_key");
    expect_card("google", "beta", "analytics", "oauth");
    expect_card("whatsapp", "planned", "messaging", "automatic");
    expect_card("stripe", "planned", "payment", "api_key");
    expect_card("salesforce", "planned", "crm", "oauth");
    expect_card("openai", "planned", "ai", "api_key");
    expect_card("aws_s3", "planned", "storage", "credentials");
    expect_card("slack", "planned", "notifications", "oauth");
}

TEST_F(CatalogueTest, shows_that_the_database_answers) {
    const Json database = card("postgresql");

    EXPECT_EQ(database["state"], Json("connected"));
    EXPECT_TRUE(database["detail"].as_string().starts_with("PostgreSQL "));
}

TEST_F(CatalogueTest, tells_how_it_is_with_connections) {
    EXPECT_EQ(card("google")["state"], Json("unused"));
    const std::string path = made();
    EXPECT_EQ(card("google")["state"], Json("unfinished"));
    google.answer_with(refusing(400, "invalid_grant"));
    come_back(way(path));
    until_state(path, "needs_attention");

    const Json google_card = card("google");

    EXPECT_EQ(google_card["state"], Json("needs_attention"));
    EXPECT_EQ(google_card["problem"], Json("invalid_grant"));
    EXPECT_EQ(google_card["connections"], Json(1));
    EXPECT_EQ(google_card["callbackUrl"], Json("http://ponte.exemplo/auth/google/callback"));
    EXPECT_EQ(google_card["fields"].items().size(), 2U);
}

TEST_F(CatalogueTest, follows_the_webhooks_and_the_mail) {
    EXPECT_EQ(card("n8n")["state"], Json("unused"));
    api.post("/api/v1/webhooks",
             {{"url", google.url("/hook")}, {"events", Json::array({"contact.created"})}});
    EXPECT_EQ(card("n8n")["state"], Json("connected"));

    EXPECT_EQ(card("sendgrid")["state"], Json("unused"));
    api.patch("/api/v1/settings/mail", {{"provider", "sendgrid"},
                                        {"sendgridKey", "SG.chave"},
                                        {"fromAddress", "crm@exemplo.com"}});
    EXPECT_EQ(card("sendgrid")["state"], Json("connected"));
    EXPECT_EQ(card("sendgrid")["place"], Json("mail"));
}

}  // namespace
}  // namespace ponte::connections
