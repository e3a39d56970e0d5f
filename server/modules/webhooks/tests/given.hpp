// What tests of webhooks begin with: somebody who listens, and a subscription that reaches him.
#pragma once

#include <string>
#include <vector>

#include "kernel/testing/given.hpp"
#include "kernel/testing/receiver.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::webhooks {

constexpr const char* webhooks_path = "/api/v1/webhooks";

class WebhookTest : public testing::ApiTest {
protected:
    struct Subscribed {
        std::string id, path, secret;
    };
    Subscribed subscribe(const std::string& url, Json events = Json::array({"contact.*"}),
                         Json more = Json::object()) {
        more.set("url", url);
        more.set("events", std::move(events));
        const testing::Reply made = api.post(webhooks_path, more);
        EXPECT_EQ(made.status, 201) << made.shown();
        return {made.id(), std::string(webhooks_path) + "/" + made.id(),
                made["secret"].as_string()};
    }
    testing::Saved contact(const std::string& name = "Padaria Aurora") {
        return testing::save(api, "/api/v1/contacts",
                             Json::object({{"name", name}, {"phone", testing::unique_phone()}}));
    }
    void until_got(const testing::Receiver& receiver, std::size_t count) {
        testing::until([&] { return receiver.count() >= count; }, "deliveries to arrive");
    }
    Json deliveries(const Subscribed& of, const std::string& state = {}) {
        return api.get(of.path + "/deliveries" + (state.empty() ? "" : "?state=" + state)).data();
    }
    // Waits stand in the table: what would be due in hours is due now.
    void let_hours_pass(const Subscribed& of) {
        testing::server().sql("update webhook_deliveries set due_at = now() where webhook_id = $1",
                              {of.id});
        testing::server().sql(
            "update webhook_health set resting_until = now() where webhook_id = $1", {of.id});
        testing::server().sql(
            "update jobs set run_at = now() where kind = 'webhooks.deliver' and unique_key = $1",
            {of.id});
    }
    static Json body_of(const testing::Got& got) { return Json::parse(got.body); }
};

}  // namespace ponte::webhooks
