// The real program, killed while it tells of thousands of events: each arrives, of one record in
// its order, and what arrives twice has the same id.
#include <fstream>
#include <map>
#include <set>

#include "kernel/testing/process.hpp"
#include "modules/webhooks/tests/given.hpp"

namespace ponte::webhooks {
namespace {

using testing::Answering;
using testing::Api;
using testing::Got;
using testing::Reply;

constexpr int rows = 3'000;

std::string csv() {
    std::string text = "nome;email\n";
    for (int i = 0; i < rows; ++i) {
        text += "Pessoa " + std::to_string(i) + ";p" + std::to_string(i) + "@exemplo.com\n";
    }
    return text;
}

class WebhookKillTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (!testing::has_program()) {
            GTEST_SKIP() << "PONTE_PROGRAM names no program";
        }
        std::ofstream(config) << "PONTE_ALLOW_PRIVATE=127.0.0.0/8\n";
        start();
        company = std::make_unique<testing::Company>(program->url());
        sign_on();
    }
    void start() {
        program = std::make_unique<testing::Process>(
            directory.path() + "/data", testing::Process::Arguments{"--config", config});
        program->wait_until_ready();
    }
    void sign_on() { api = std::make_unique<Api>(company->admin().api.token(), program->url()); }
    void kill_after(const testing::Receiver& receiver, std::size_t count) {
        testing::until([&] { return receiver.count() >= count; }, "deliveries before the kill");
        program->kill();
        start();
        sign_on();
    }

    testing::TemporaryDirectory directory;
    const std::string config = directory.path() + "/ponte.conf";
    std::unique_ptr<testing::Process> program;
    std::unique_ptr<testing::Company> company;
    std::unique_ptr<Api> api;
};

struct Arrived {
    std::map<std::string, std::set<std::string>> ids_of_event;  // "record event" → ids
    std::map<std::string, std::vector<std::string>> of_record;  // each event once, as it first came
};

Arrived arrived_at(const testing::Receiver& receiver) {
    Arrived arrived;
    for (const Got& got : receiver.got()) {
        const Json body = Json::parse(got.body);
        const std::string record = body["data"]["id"].as_string();
        const std::string event = body["event"].as_string();
        std::set<std::string>& ids = arrived.ids_of_event[record + " " + event];
        if (ids.empty()) {
            arrived.of_record[record].push_back(event);
        }
        ids.insert(got.header("webhook-id"));
    }
    return arrived;
}

TEST_F(WebhookKillTest, nothing_is_lost_and_the_order_of_a_record_holds) {
    testing::Receiver receiver;
    const Reply made =
        api->post(webhooks_path, {{"url", receiver.url()}, {"events", Json::array({"contact.*"})}});
    ASSERT_EQ(made.status, 201) << made.shown();
    const Reply started = api->upload(
        "/api/v1/imports", {{"entity", "contact"}, {"mode", "create"}}, "pessoas.csv", csv());
    ASSERT_EQ(started.status, 202) << started.shown();

    kill_after(receiver, 200);
    testing::finished(*api, "/api/v1/imports/" + started.id());
    const Reply bulk =
        api->post("/api/v1/contacts/bulk", {{"action", "update"},
                                            {"filter", Json::object({{"and", Json::array()}})},
                                            {"values", Json::object({{"city", "Recife"}})}});
    ASSERT_EQ(bulk.status, 202) << bulk.shown();
    kill_after(receiver, rows / 2);
    kill_after(receiver, rows + rows / 2);

    const std::string path = std::string(webhooks_path) + "/" + made.id() + "/deliveries";
    testing::until(
        [&] {
            const Reply done = api->get(path + "?state=delivered&limit=1");
            return done["pagination"]["total"] == Json(2 * rows);
        },
        "everything to arrive", std::chrono::milliseconds{180'000});
    const Arrived arrived = arrived_at(receiver);
    EXPECT_EQ(arrived.of_record.size(), static_cast<std::size_t>(rows));
    for (const auto& [record, events] : arrived.of_record) {
        ASSERT_THAT(events, ::testing::ElementsAre("contact.created", "contact.updated")) << record;
    }
    for (const auto& [event, ids] : arrived.ids_of_event) {
        ASSERT_EQ(ids.size(), 1u) << event;
    }
}

}  // namespace
}  // namespace ponte::webhooks
