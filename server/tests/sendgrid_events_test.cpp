// What SendGrid tells of mails, signed as it signs; killed while it tells.
#include <atomic>
#include <set>
#include <thread>

#include "kernel/signature.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/process.hpp"
#include "kernel/testing/receiver.hpp"
#include "kernel/testing/server.hpp"
#include "kernel/testing/wait.hpp"
#include "tests/p256.hpp"

namespace ponte {
namespace {

using testing::Api;
using testing::Body;
using testing::Reply;
using testing::SigningKey;
using testing::until;

// The example of their own library (contracts: @sendgrid/eventwebhook 8.0.0).
TEST(SendgridSignature, is_checked_as_their_library_does) {
    const std::string key =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExhFf2Ut8h9KO/"
        "vW1uhiT5cNDqpszUxpasvIou6dDbcZMD87PcDcMX0SL"
        "1sO7Rw1lC/lEo8Pvcxm+NHiDspUZYA==";
    const std::string signature =
        "MEYCIQDI+LIuVxLaAjY4xUwhAAfTDBICBlM8xLzPiZgJ5/9BUAIhAOGd2hJn8/deAbYx9KQ/"
        "5ti+UddZ2TeNQQ8JLGvi"
        "PSIz";
    const std::string body =
        "[{\"email\":\"jo@cliente.test\",\"event\":\"delivered\",\"sg_event_id\":\"evt1\","
        "\"sg_message_id\":\"msg1\",\"timestamp\":1768478400,\"tenant_id\":\"t1\"}]\r\n";

    EXPECT_TRUE(is_signed_p256(key, "1768478400" + body, signature));
    EXPECT_FALSE(is_signed_p256(key, "1768478401" + body, signature));
    EXPECT_FALSE(is_signed_p256(key, "1768478400" + body, "MEYCIQ=="));
    EXPECT_FALSE(is_signed_p256("nada", "1768478400" + body, signature));
    EXPECT_FALSE(is_signed_p256(SigningKey().public_key(), "1768478400" + body, signature));
}

struct Sendgrid {
    SigningKey key;
    std::string path, url;

    Reply tell(const Json& events) const {
        const std::string body = events.dump() + "\r\n", stamp = "1768478400";
        Api outside({}, url);
        outside.with("x-twilio-email-event-webhook-timestamp", stamp)
            .with("x-twilio-email-event-webhook-signature", key.sign(stamp + body));
        return outside.send("POST", path, Body(body, "application/json"));
    }
};

Json settings_for(const Sendgrid& sendgrid, const std::string& endpoint) {
    return Json::object({{"provider", "sendgrid"},
                         {"fromAddress", "crm@aurora.com.br"},
                         {"sendgridKey", "SG.segredo"},
                         {"sendgridUrl", endpoint},
                         {"sendgridEventsKey", sendgrid.key.public_key()}});
}

class SendgridEventsTest : public testing::ApiTest {
protected:
    testing::Receiver api_of_theirs{[](const testing::Got&) { return testing::Answering{202}; }};
    Sendgrid sendgrid{{}, "/api/v1/webhooks/sendgrid/" + company.id(), {}};

    void SetUp() override {
        const Reply set =
            api.patch("/api/v1/settings/mail", settings_for(sendgrid, api_of_theirs.url("")));
        ASSERT_EQ(set.status, 200) << set.shown();
    }
    Json first_mail() { return api.get("/api/v1/mails").data().items().at(0); }
    void until_state(const std::string& state) {
        until([&] { return first_mail()["state"] == Json(state); }, "the mail to be " + state);
    }
    std::string invite(const std::string& email) {
        api.post("/api/v1/users/invitations",
                 {{"email", email}, {"role", "agent"}, {"name", "Bia Reis"}});
        until_state("sent");
        return first_mail()["id"].as_string();
    }
    static Json event(const std::string& what, const std::string& mail, const std::string& to) {
        static int number = 0;
        return Json::object({{"event", what},
                             {"email", to},
                             {"ponte_mail", mail},
                             {"reason", "550 5.1.1 no such user"},
                             {"type", "bounce"},
                             {"sg_event_id", "evento-" + mail + std::to_string(++number)}});
    }
};

TEST_F(SendgridEventsTest, a_mail_that_bounced_says_so_and_nothing_more_is_sent_there) {
    const std::string email = testing::unique_email();
    const std::string mail = invite(email);
    EXPECT_EQ(Json::parse(api_of_theirs.got().back().body)["custom_args"]["ponte_mail"],
              Json(mail));

    EXPECT_EQ(sendgrid.tell(Json::array({event("delivered", mail, email)})).status, 200);
    until_state("delivered");
    EXPECT_EQ(sendgrid.tell(Json::array({event("bounce", mail, email)})).status, 200);
    until_state("bounced");
    EXPECT_EQ(first_mail()["problem"], Json("550 5.1.1 no such user"));
    sendgrid.tell(Json::array({event("delivered", mail, email)}));
    until([&] { return api.get("/api/v1/inbound?state=done").data().items().size() == 3; },
          "what came too late");
    EXPECT_EQ(first_mail()["state"], Json("bounced"));

    const std::size_t handed = api_of_theirs.count();
    testing::server().sql(
        "update password_resets set created_at = created_at - interval '1 day' "
        "where tenant_id = $1",
        {company.id()});
    api.post("/api/v1/auth/forgot", {{"email", email}});
    until_state("refused");
    EXPECT_EQ(first_mail()["problem"], Json("suppressed"));
    EXPECT_EQ(api_of_theirs.count(), handed);
    api.post("/api/v1/mails/" + first_mail()["id"].as_string() + "/send");
    until_state("sent");
    EXPECT_EQ(api_of_theirs.count(), handed + 1);
}

TEST_F(SendgridEventsTest, what_somebody_else_signed_or_tells_of_others_changes_nothing) {
    const std::string email = testing::unique_email();
    const std::string mail = invite(email);
    const Sendgrid forger{{}, sendgrid.path, {}};
    testing::Company other;

    EXPECT_EQ(forger.tell(Json::array({event("bounce", mail, email)})).status, 401);
    const Sendgrid at_other{{}, "/api/v1/webhooks/sendgrid/" + other.id(), {}};
    EXPECT_EQ(at_other.tell(Json::array()).status, 404) << "whoever does not use it has none";
    other.api().patch("/api/v1/settings/mail", settings_for(at_other, api_of_theirs.url("")));
    EXPECT_EQ(at_other.tell(Json::array({event("bounce", mail, email)})).status, 200);
    until([&] { return other.api().get("/api/v1/inbound?state=done").data().items().size() == 1; },
          "the other company's entry");
    EXPECT_EQ(first_mail()["state"], Json("sent"));
}

// Many who tell at once, until somebody kills what they tell it to.
class Tellers {
public:
    explicit Tellers(const Sendgrid& sendgrid) {
        for (int t = 0; t < 4; ++t) {
            threads_.emplace_back([this, &sendgrid, t] { tell(sendgrid, std::to_string(t)); });
        }
    }
    std::size_t count() {
        const std::scoped_lock lock(mutex_);
        return answered_.size();
    }
    std::set<std::string> end() {
        is_over_ = true;
        for (std::thread& one : threads_) {
            one.join();
        }
        return answered_;
    }

private:
    void tell(const Sendgrid& sendgrid, const std::string& who) {
        for (int i = 0; !is_over_; ++i) {
            const std::string id = who + "-" + std::to_string(i);
            const Json open = Json::object({{"event", "open"}, {"sg_event_id", id}});
            bool is_kept = false;
            try {
                is_kept = sendgrid.tell(Json::array({open})).status == 200;
            } catch (const std::exception&) {
                // Nobody answered.
            }
            const std::scoped_lock lock(mutex_);
            if (is_kept) {
                answered_.insert(id);
            }
        }
    }

    std::mutex mutex_;
    std::set<std::string> answered_;
    std::atomic<bool> is_over_ = false;
    std::vector<std::thread> threads_;
};

std::multiset<std::string> all_kept(Api& api) {
    std::multiset<std::string> kept;
    for (int page = 1;; ++page) {
        const Reply reply = api.get("/api/v1/inbound?limit=100&page=" + std::to_string(page));
        if (reply.data().items().empty()) {
            return kept;
        }
        for (const Json& one : reply.data().items()) {
            kept.insert(one["externalId"].as_string());
        }
    }
}

// Answered means kept: whatever got a 200 before the kill is there afterwards, once.
TEST(SendgridKillTest, nothing_that_was_answered_is_lost) {
    if (!testing::has_program()) {
        GTEST_SKIP() << "PONTE_PROGRAM names no program";
    }
    const testing::TemporaryDirectory directory;
    const auto started = [&] {
        auto program = std::make_unique<testing::Process>(directory.path() + "/data",
                                                          testing::Process::Arguments{});
        program->wait_until_ready();
        return program;
    };
    auto program = started();
    testing::Company company(program->url());
    const Sendgrid sendgrid{{}, "/api/v1/webhooks/sendgrid/" + company.id(), program->url()};
    company.api().patch("/api/v1/settings/mail",
                        settings_for(sendgrid, "https://api.sendgrid.com"));
    Tellers tellers(sendgrid);
    EXPECT_TRUE(testing::comes_true([&] { return tellers.count() > 300; }));

    program->kill();

    const std::set<std::string> answered = tellers.end();
    program = started();
    Api api(company.admin().api.token(), program->url());
    const std::multiset<std::string> kept = all_kept(api);
    for (const std::string& id : answered) {
        EXPECT_EQ(kept.count(id), 1u) << id;
    }
    until([&] { return api.get("/api/v1/inbound?state=waiting").data().items().empty(); },
          "the rest to be processed");
}

}  // namespace
}  // namespace ponte
