// What happens in a company arrives at whoever subscribed, signed, in order, once or more but never
// less.
#include <algorithm>
#include <atomic>
#include <set>

#include "kernel/signature.hpp"
#include "modules/webhooks/tests/given.hpp"

namespace ponte::webhooks {
namespace {

using testing::Answering;
using testing::Got;
using testing::Receiver;
using testing::Reply;
using testing::Saved;

class DeliveriesTest : public WebhookTest {};

TEST_F(DeliveriesTest, tell_of_a_record_as_the_api_shows_it) {
    Receiver receiver;
    const Subscribed hook = subscribe(receiver.url("/ponte"));

    const Saved ana = contact("Ana Souza");

    until_got(receiver, 1);
    const Got got = receiver.got().front();
    const Json body = body_of(got);
    EXPECT_EQ(got.method, "POST");
    EXPECT_EQ(got.target, "/ponte");
    EXPECT_EQ(got.header("content-type"), "application/json");
    EXPECT_EQ(body["event"], Json("contact.created"));
    EXPECT_EQ(body["type"], Json("contact.created"));
    EXPECT_EQ(body["tenantId"], Json(company.id()));
    EXPECT_EQ(body["id"], Json(got.header("webhook-id")));
    const Reply shown = api.get(ana.path);
    for (const char* member : {"id", "name", "phone", "version", "createdAt", "tags"}) {
        EXPECT_EQ(body["data"][member], shown[member]) << member;
    }
    EXPECT_TRUE(parse_time(body["timestamp"].as_string()).has_value()) << got.body;
}

TEST_F(DeliveriesTest, are_signed_as_standard_webhooks_are) {
    Receiver receiver;
    const Subscribed hook = subscribe(receiver.url());

    contact();

    until_got(receiver, 1);
    const Got got = receiver.got().front();
    const std::string key = *from_base64(hook.secret.substr(std::string("whsec_").size()));
    const std::string text =
        got.header("webhook-id") + "." + got.header("webhook-timestamp") + "." + got.body;
    EXPECT_EQ(got.header("webhook-signature"), "v1," + to_base64(hmac_sha256(key, text)));
    EXPECT_EQ(got.header("x-webhook-signature"),
              "sha256=" + to_hex(hmac_sha256(hook.secret, got.body)));
    const std::size_t data = got.body.find("\"data\":") + 7, end = got.body.find(",\"changes\":");
    EXPECT_EQ(body_of(got)["signature"],
              Json(to_hex(hmac_sha256(hook.secret, got.body.substr(data, end - data)))));
}

TEST_F(DeliveriesTest, come_only_to_who_asked_for_them) {
    Receiver all, some, off;
    const Subscribed everything = subscribe(all.url(), Json::array({"*"}));
    subscribe(some.url(), Json::array({"contact.updated", "*.deleted"}));
    const Subscribed silent = subscribe(off.url(), Json::array({"*"}));
    api.patch(silent.path, {{"active", false}});

    const Saved ana = contact();
    api.patch(ana.path, {{"name", "Ana Lima"}});
    api.del(ana.path);

    until_got(all, 3);
    until_got(some, 2);
    std::vector<std::string> told;
    for (const Got& got : some.got()) {
        told.push_back(body_of(got)["event"].as_string());
    }
    EXPECT_THAT(told, ::testing::ElementsAre("contact.updated", "contact.deleted"));
    EXPECT_EQ(body_of(some.got()[0])["changes"]["name"]["to"], Json("Ana Lima"));
    EXPECT_EQ(off.count(), 0u);
}

TEST_F(DeliveriesTest, reach_what_came_by_a_bulk_change_too) {
    Receiver receiver;
    subscribe(receiver.url(), Json::array({"contact.updated"}));
    Json ids = Json::array();
    for (int i = 0; i < 30; ++i) {
        ids.push(contact("Cliente " + std::to_string(i)).id);
    }
    const Reply started = api.post(
        "/api/v1/contacts/bulk",
        {{"action", "update"}, {"ids", ids}, {"values", Json::object({{"city", "Recife"}})}});
    ASSERT_EQ(started.status, 202) << started.shown();

    until_got(receiver, 30);
    std::set<std::string> told;
    for (const Got& got : receiver.got()) {
        told.insert(body_of(got)["data"]["id"].as_string());
        EXPECT_EQ(body_of(got)["data"]["city"], Json("Recife"));
    }
    EXPECT_EQ(told.size(), 30u);
}

TEST_F(DeliveriesTest, are_tried_again_with_the_same_id_until_they_are_taken) {
    std::atomic<int> status = 500;
    Receiver receiver([&](const Got&) { return Answering{.status = status, .body = "agora não"}; });
    const Subscribed hook = subscribe(receiver.url());

    contact();
    until_got(receiver, 1);
    testing::until([&] { return deliveries(hook).items().front()["tries"] == Json(1); },
                   "the first");
    status = 200;
    let_hours_pass(hook);

    until_got(receiver, 2);
    testing::until([&] { return !deliveries(hook, "delivered").items().empty(); }, "the second");
    const auto got = receiver.got();
    EXPECT_EQ(got[0].header("webhook-id"), got[1].header("webhook-id"));
    EXPECT_EQ(got[0].body, got[1].body);
    EXPECT_EQ(got[1].header("x-webhook-attempt"), "2");
    const Json delivery = deliveries(hook).items().front();
    const Reply detail =
        api.get(std::string(webhooks_path) + "/deliveries/" + delivery["id"].as_string());
    ASSERT_EQ(detail["log"].items().size(), 2u) << detail.shown();
    EXPECT_EQ(detail["log"].items()[0]["status"], Json(500));
    EXPECT_EQ(detail["log"].items()[1]["status"], Json(200));
    EXPECT_EQ(detail["payload"]["event"], Json("contact.created"));
}

TEST_F(DeliveriesTest, of_one_record_wait_for_the_one_before) {
    std::atomic<bool> refuses = true;
    Receiver receiver([&](const Got& got) {
        const bool is_stuck = refuses && Json::parse(got.body)["data"]["name"] == Json("Presa");
        return Answering{.status = is_stuck ? 500 : 200};
    });
    const Subscribed hook = subscribe(receiver.url());

    const Saved held = contact("Presa");
    until_got(receiver, 1);
    api.patch(held.path, {{"city", "Natal"}});
    api.patch(held.path, {{"city", "Olinda"}});
    contact("Livre");
    until_got(receiver, 2);
    refuses = false;
    let_hours_pass(hook);
    until_got(receiver, 5);

    std::vector<std::string> cities, names;
    for (const Got& got : receiver.got()) {
        const Json body = body_of(got);
        names.push_back(body["data"]["name"].as_string());
        if (names.size() > 2) {
            cities.push_back(body["changes"]["city"]["to"].as_string());
        }
    }
    EXPECT_EQ(names[1], "Livre");
    EXPECT_THAT(cities, ::testing::ElementsAre("", "Natal", "Olinda"));
}

TEST_F(DeliveriesTest, end_when_the_address_is_gone) {
    Receiver receiver([](const Got&) { return Answering{.status = 410}; });
    const Subscribed hook = subscribe(receiver.url());

    contact();

    testing::until([&] { return api.get(hook.path)["pausedFor"] == Json("gone"); }, "the pause");
    EXPECT_EQ(api.get(hook.path)["active"], Json(false));
    EXPECT_EQ(deliveries(hook, "dead").items().size(), 1u);
    EXPECT_THAT(events_of(hook.path), ::testing::Contains("webhook.paused"));
}

TEST_F(DeliveriesTest, leave_a_failing_address_alone_and_lose_nothing_meanwhile) {
    std::atomic<bool> is_down = true;
    Receiver receiver([&](const Got&) { return Answering{.status = is_down ? 502 : 200}; });
    const Subscribed hook = subscribe(receiver.url());
    for (int i = 0; i < 12; ++i) {
        contact();
    }
    until_got(receiver, 5);
    testing::let_pass(std::chrono::milliseconds{400});
    const std::size_t while_down = receiver.count();
    EXPECT_LT(while_down, 12u) << "an address that fails is asked one by one, and less often";

    testing::server().sql("update webhook_health set failures = 99 where webhook_id = $1",
                          {hook.id});
    let_hours_pass(hook);
    testing::until([&] { return api.get(hook.path)["pausedFor"] == Json("failing"); }, "the pause");
    const Saved late = contact("Depois da pausa");
    testing::until(
        [&] {
            return testing::server().number(
                       "select count(*) from webhook_deliveries where entity_id = $1", {late.id}) ==
                   1;
        },
        "what happens during the pause to be kept");
    is_down = false;
    testing::server().sql("update webhook_deliveries set due_at = now() where webhook_id = $1",
                          {hook.id});
    api.patch(hook.path, {{"active", true}});

    testing::until([&] { return deliveries(hook, "waiting").items().empty(); }, "all to arrive");
    std::set<std::string> told;
    for (const Got& got : receiver.got()) {
        told.insert(body_of(got)["data"]["id"].as_string());
    }
    EXPECT_EQ(told.size(), 13u);
    EXPECT_TRUE(api.get(hook.path)["pausedFor"].is_null());
}

TEST_F(DeliveriesTest, of_a_slow_address_keep_no_other_waiting) {
    Receiver slow([](const Got&) { return Answering{.hangs = true}; });
    Receiver quick;
    subscribe(slow.url());
    subscribe(quick.url());
    for (int i = 0; i < 10; ++i) {
        contact();
    }

    until_got(quick, 10);
    EXPECT_LE(slow.most_at_once(), 4);
}

TEST_F(DeliveriesTest, are_sent_again_one_by_one_or_of_a_span_of_time) {
    Receiver receiver;
    const Subscribed hook = subscribe(receiver.url());
    contact();
    contact();
    testing::until([&] { return deliveries(hook, "delivered").items().size() == 2; }, "both");
    const std::string one = deliveries(hook).items().front()["id"].as_string();

    const Reply again = api.post(std::string(webhooks_path) + "/deliveries/" + one + "/replay");
    EXPECT_EQ(again.status, 202) << again.shown();
    until_got(receiver, 3);
    EXPECT_EQ(receiver.got()[2].header("webhook-id"), one);
    testing::until([&] { return deliveries(hook, "delivered").items().size() == 2; }, "it again");

    const Reply span = api.post(hook.path + "/replay", {{"from", "2020-01-01T00:00:00Z"}});
    EXPECT_EQ(span["count"], Json(2)) << span.shown();
    until_got(receiver, 5);
}

TEST_F(DeliveriesTest, of_a_test_arrive_also_when_it_is_switched_off) {
    Receiver receiver;
    const Subscribed hook = subscribe(receiver.url());
    api.patch(hook.path, {{"active", false}});

    const Reply sent = api.post(hook.path + "/test");

    EXPECT_EQ(sent.status, 200) << sent.shown();
    until_got(receiver, 1);
    EXPECT_EQ(body_of(receiver.got().front())["event"], Json("webhook.test"));
    EXPECT_EQ(receiver.got().front().header("webhook-id"), sent.id());
}

TEST_F(DeliveriesTest, are_signed_with_both_secrets_for_a_day) {
    Receiver receiver;
    const Subscribed hook = subscribe(receiver.url());

    const Reply rotated = api.post(hook.path + "/rotate");
    contact();

    until_got(receiver, 1);
    EXPECT_TRUE(rotated["secret"].as_string().starts_with("whsec_")) << rotated.shown();
    EXPECT_NE(rotated["secret"].as_string(), hook.secret);
    const std::string signatures = receiver.got().front().header("webhook-signature");
    EXPECT_EQ(std::ranges::count(signatures, ' '), 1) << signatures;
}

}  // namespace
}  // namespace ponte::webhooks
