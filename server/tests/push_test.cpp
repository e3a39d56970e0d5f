// What somebody is told comes to the browsers in which they asked for it.
#include "kernel/testing/given.hpp"
#include "kernel/testing/receiver.hpp"
#include "kernel/testing/server.hpp"

namespace ponte {
namespace {

using testing::Person;
using testing::Reply;
using testing::save;
using testing::server;
using testing::unique_phone;
using testing::until;

class PushTest : public testing::ApiTest {
protected:
    void contact(const std::string& name, const std::string& owner) {
        save(api, "/api/v1/contacts",
             Json::object({{"name", name}, {"phone", unique_phone()}, {"assignedTo", owner}}));
    }
    const std::string push = "/api/v1/notifications/push";
    const std::string choices_path = "/api/v1/notifications/choices";
};

// A browser, as it shows itself to a site: its keys are those of RFC 8291's example.
Json browser_at(const std::string& endpoint) {
    return Json::object({{"endpoint", endpoint},
                         {"p256dh",
                          "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-"
                          "AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"},
                         {"auth", "BTBZMqHH6r4Tts7J_aSIgg"}});
}

TEST_F(PushTest, a_browser_is_told_as_long_as_its_session_lasts) {
    Person& rui = company.user("agent");
    testing::Receiver deliverer;
    const std::string endpoint = deliverer.url("/send/1");

    const Reply added = rui.api.post(push, browser_at(endpoint));

    ASSERT_EQ(added.status, 201) << added.shown();
    EXPECT_EQ(rui.api.post(push, browser_at(endpoint)).id(), added.id()) << "it is the same one";
    const Reply known = rui.api.get(push);
    EXPECT_EQ(known.data().items().size(), 1u);
    EXPECT_EQ(known.data().items()[0]["current"], Json(true));
    EXPECT_EQ(known["publicKey"].as_string().size(), 87u);
    EXPECT_EQ(api.get(push).data().items().size(), 0u) << "one's own alone";
    EXPECT_EQ(api.send("DELETE", push + "/" + added.id()).status, 404);
    EXPECT_EQ(server().value("select count(*) from push_subscriptions where sealed like '%send%'"),
              "0");

    contact("Ana Prado", rui.id);
    until([&] { return deliverer.count() == 1; }, "the push");
    const auto told = deliverer.got().front();
    EXPECT_EQ(told.header("Content-Encoding"), "aes128gcm");
    EXPECT_THAT(told.header("Authorization"), ::testing::StartsWith("vapid t="));
    EXPECT_EQ(told.body.find("Ana"), std::string::npos) << "sealed for the browser alone";

    ASSERT_EQ(rui.api.post("/api/v1/auth/logout").status, 204);
    until(
        [&] {
            return server().value("select count(*) from push_subscriptions where user_id = $1",
                                  {rui.id}) == "0";
        },
        "the browser to be forgotten");
}

TEST_F(PushTest, a_browser_that_wants_no_more_and_what_is_none_is_let_go) {
    Person& rui = company.user("agent");
    testing::Receiver deliverer([](const testing::Got&) { return testing::Answering{410}; });
    ASSERT_EQ(rui.api.post(push, browser_at(deliverer.url("/send/2"))).status, 201);
    Json odd = browser_at(deliverer.url());
    odd.set("p256dh", "AAAA");

    EXPECT_EQ(rui.api.post(push, odd).problem("p256dh"), "format");
    EXPECT_EQ(rui.api.post(push, browser_at("file:///etc/passwd")).problem("endpoint"), "invalid");
    contact("Ana Prado", rui.id);
    until([&] { return rui.api.get(push).data().items().empty(); }, "the browser to be let go");

    ASSERT_EQ(rui.api.post(push, browser_at(deliverer.url("/send/3"))).status, 201);
    const Reply choices = rui.api.get(choices_path);
    for (const Json& one : choices.data().items()) {
        rui.api.patch(choices_path, {{"kind", one["kind"]}, {"pushed", false}});
    }
    const std::size_t before = deliverer.count();
    contact("Bia Lima", rui.id);
    until(
        [&] {
            return server().value(
                       "select count(*) from notifications where user_id = $1 "
                       "and pushed_at is null",
                       {rui.id}) == "0";
        },
        "it to be passed over");
    EXPECT_EQ(deliverer.count(), before);
}

}  // namespace
}  // namespace ponte
