// What may be subscribed to, by whom, and what nobody gets to see.
#include "modules/webhooks/tests/given.hpp"

namespace ponte::webhooks {
namespace {

using testing::Receiver;
using testing::Reply;

class SubscriptionsTest : public WebhookTest {
protected:
    Reply post(const Json& values) { return api.post(webhooks_path, values); }
};

TEST_F(SubscriptionsTest, tell_their_secret_once) {
    const Subscribed hook = subscribe("https://n8n.exemplo.com.br/webhook/1");

    const Reply read = api.get(hook.path);
    const Reply history = api.get(hook.path + "/history");

    EXPECT_TRUE(hook.secret.starts_with("whsec_"));
    EXPECT_EQ(read["secret"]["set"], Json(true)) << read.shown();
    EXPECT_EQ(read["active"], Json(true));
    EXPECT_EQ(read["method"], Json("POST"));
    EXPECT_EQ(history.text.find(hook.secret), std::string::npos);
    EXPECT_EQ(read.text.find(hook.secret), std::string::npos);
}

TEST_F(SubscriptionsTest, say_everything_that_is_wrong_at_once) {
    const Reply wrong = post(Json::object({{"url", "https://exemplo.com.br/"},
                                           {"events", Json::array({"contact.*", "pedido.pago"})},
                                           {"secret", "curto"}}));
    EXPECT_EQ(wrong.status, 422) << wrong.shown();
    EXPECT_EQ(wrong.problem("events.1"), "webhook.unknown_event");
    EXPECT_EQ(wrong.problem("secret"), "too_short");

    const Reply none = post(Json::object({{"events", Json::array()}}));
    EXPECT_EQ(none.problem("url"), "required") << none.shown();
    const Reply text = post(Json::object({{"url", "https://a.com.br"}, {"events", "contact.*"}}));
    EXPECT_EQ(text.status, 422) << text.shown();
    const Reply bare = post(Json::object(
        {{"url", "https://a.com.br"}, {"events", Json::array({"*"})}, {"secret", "whsec_abc"}}));
    EXPECT_EQ(bare.problem("secret"), "format") << bare.shown();
}

TEST_F(SubscriptionsTest, know_which_events_there_are) {
    const Reply known = api.get(std::string(webhooks_path) + "/events");

    std::vector<std::string> names;
    for (const Json& event : known.data().items()) {
        names.push_back(event["name"].as_string());
    }
    EXPECT_THAT(names, ::testing::IsSupersetOf({"contact.created", "contact.deleted",
                                                "proposal.accepted", "note.created"}));
    EXPECT_THAT(names, ::testing::Not(::testing::Contains("webhook.created")));
}

TEST_F(SubscriptionsTest, are_for_administrators) {
    const Subscribed hook = subscribe("https://n8n.exemplo.com.br/");
    for (const char* role : {"agent", "sales", "supervisor"}) {
        testing::Api& theirs = company.user(role).api;
        EXPECT_EQ(theirs.get(webhooks_path).status, 403) << role;
        EXPECT_EQ(theirs.get(hook.path + "/deliveries").status, 403) << role;
        EXPECT_EQ(theirs.post(hook.path + "/test").status, 403) << role;
    }
}

TEST_F(SubscriptionsTest, of_another_company_are_not_there) {
    Receiver receiver;
    const Subscribed hook = subscribe(receiver.url());
    contact();
    testing::until([&] { return !deliveries(hook, "delivered").items().empty(); }, "a delivery");
    const std::string delivery = std::string(webhooks_path) + "/deliveries/" +
                                 deliveries(hook).items().front()["id"].as_string();
    testing::Company other;

    EXPECT_EQ(other.api().get(hook.path).status, 404);
    EXPECT_EQ(other.api().get(hook.path + "/deliveries").status, 404);
    EXPECT_EQ(other.api().get(delivery).status, 404);
    EXPECT_EQ(other.api().post(delivery + "/replay").status, 404);
    EXPECT_EQ(other.api().post(hook.path + "/replay", {{"from", "2020-01-01T00:00:00Z"}}).status,
              404);
    EXPECT_EQ(other.api().post(hook.path + "/rotate").status, 404);
}

}  // namespace
}  // namespace ponte::webhooks
