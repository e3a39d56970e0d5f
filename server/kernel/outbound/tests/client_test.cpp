// Calls over real sockets, to somebody who answers as a test says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kernel/outbound/client.hpp"
#include "kernel/testing/receiver.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::outbound {
namespace {

using testing::Answering;
using testing::Got;
using testing::Receiver;

class OutboundTest : public ::testing::Test {
protected:
    OutboundTest() : OutboundTest("127.0.0.1") {}
    explicit OutboundTest(std::string_view opened) : ways_{Guard(parse_blocks(opened)), {}} {
        loops_.start();
    }
    ~OutboundTest() override {
        loops_.stop();
        client_.reset();
    }

    std::vector<Answer> call_all(std::vector<Call> calls, std::size_t at_once) {
        return wait_for(loops_.at(0), run(std::move(calls), at_once));
    }
    Answer call(Call call) {
        std::vector<Call> calls;
        calls.push_back(std::move(call));
        return call_all(std::move(calls), 1).front();
    }
    Answer get(const std::string& url) { return call(to(url)); }
    static Call to(const std::string& url) {
        Call call;
        call.vendor = "test";
        call.url = url;
        call.answers_within = Milliseconds{2'000};
        return call;
    }

private:
    Task<std::vector<Answer>> run(std::vector<Call> calls, std::size_t at_once) {
        if (!client_) {
            client_ = std::make_unique<Client>(loops_.at(0), ways_);
        }
        std::vector<Answer> answers = co_await client_->run(std::move(calls), at_once);
        co_return answers;
    }

    const Ways ways_;
    Loops loops_{1};
    std::unique_ptr<Client> client_;
};

TEST_F(OutboundTest, brings_what_is_sent_and_what_is_answered) {
    Receiver receiver([](const Got&) {
        return Answering{201, {"X-Kind: receipt", "Retry-After: 7"}, "recebido"};
    });
    Call sent = to(receiver.url("/hook?a=b"));
    sent.method = "POST";
    sent.headers = {"Content-Type: application/json", "X-Test: sim"};
    sent.body = "{\"nome\":\"São\"}";

    const Answer answer = call(sent);

    EXPECT_EQ(answer.trouble, Trouble::none);
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body, "recebido");
    EXPECT_EQ(answer.header("x-kind"), "receipt");
    EXPECT_EQ(retry_after(answer, now()), Milliseconds{7'000});
    EXPECT_EQ(outcome_of(answer), Outcome::ok);
    ASSERT_EQ(receiver.count(), 1u);
    const Got got = receiver.got().front();
    EXPECT_EQ(got.method, "POST");
    EXPECT_EQ(got.target, "/hook?a=b");
    EXPECT_EQ(got.body, sent.body);
    EXPECT_EQ(got.header("x-test"), "sim");
    EXPECT_EQ(got.header("expect"), "");
}

TEST_F(OutboundTest, tells_troubles_apart) {
    Receiver silent([](const Got&) { return Answering{.hangs = true}; });
    Receiver liar([](const Got&) { return Answering{.lies = true}; });
    int free_port = 0;
    {
        const Receiver gone;
        free_port = gone.port();
    }
    Call slow = to(silent.url());
    slow.answers_within = Milliseconds{150};

    EXPECT_EQ(call(slow).trouble, Trouble::timeout);
    EXPECT_EQ(get(liar.url()).trouble, Trouble::broken);
    EXPECT_EQ(get("http://127.0.0.1:" + std::to_string(free_port)).trouble, Trouble::unreachable);
    EXPECT_EQ(get("http://nobody.invalid/").trouble, Trouble::unknown_host);
    EXPECT_EQ(get("https://127.0.0.1:" + std::to_string(silent.port())).trouble, Trouble::timeout);
    EXPECT_EQ(get("gopher://127.0.0.1/").trouble, Trouble::address);
}

TEST_F(OutboundTest, follows_no_redirect) {
    Receiver other;
    Receiver receiver([&](const Got&) { return Answering{302, {"Location: " + other.url()}}; });

    const Answer answer = get(receiver.url());

    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(outcome_of(answer), Outcome::refused);
    EXPECT_EQ(other.count(), 0u);
}

TEST_F(OutboundTest, takes_no_more_of_an_answer_than_is_wanted) {
    Receiver receiver([](const Got&) { return Answering{200, {}, std::string(1'000'000, 'x')}; });
    Call some = to(receiver.url());
    some.most_bytes = 1000;

    const Answer answer = call(some);

    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.is_cut);
    EXPECT_EQ(answer.body.size(), 1000u);
}

TEST_F(OutboundTest, calls_so_many_at_once_and_answers_in_their_order) {
    Receiver receiver([](const Got& got) {
        const bool is_slow = got.target == "/0";
        return Answering{200, {}, got.target, Milliseconds{is_slow ? 120 : 15}};
    });
    std::vector<Call> calls;
    for (int i = 0; i < 30; ++i) {
        calls.push_back(to(receiver.url("/" + std::to_string(i))));
    }

    const std::vector<Answer> answers = call_all(std::move(calls), 4);

    ASSERT_EQ(answers.size(), 30u);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        EXPECT_EQ(answers[i].body, "/" + std::to_string(i));
    }
    EXPECT_LE(receiver.most_at_once(), 4);
    EXPECT_GE(receiver.most_at_once(), 2);
}

TEST_F(OutboundTest, uses_a_connection_again) {
    Receiver receiver;

    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(get(receiver.url()).status, 200);
    }

    EXPECT_EQ(receiver.connections(), 1u);
}

class ClosedOutboundTest : public OutboundTest {
protected:
    ClosedOutboundTest() : OutboundTest("") {}
};

TEST_F(ClosedOutboundTest, opens_no_connection_to_what_is_not_public) {
    Receiver receiver;
    const std::string port = ":" + std::to_string(receiver.port());

    for (const char* host : {"127.0.0.1", "127.1", "0x7f000001", "2130706433", "017700000001",
                             "localhost", "[::ffff:127.0.0.1]", "0"}) {
        for (const char* scheme : {"http://", "https://"}) {
            const Answer answer = get(scheme + std::string(host) + port);
            EXPECT_EQ(answer.trouble, Trouble::private_place) << scheme << host;
            EXPECT_EQ(outcome_of(answer), Outcome::needs_attention);
        }
    }
    EXPECT_EQ(receiver.connections(), 0u);
}

TEST(Outcome, says_whether_it_is_worth_asking_again) {
    const auto of = [](int status) { return outcome_of(Answer{.status = status}); };
    EXPECT_EQ(of(204), Outcome::ok);
    for (const int status : {408, 409, 425, 429, 500, 502, 503, 504, 507}) {
        EXPECT_EQ(of(status), Outcome::later) << status;
    }
    for (const int status : {301, 400, 404, 410, 422}) {
        EXPECT_EQ(of(status), Outcome::refused) << status;
    }
    EXPECT_EQ(of(401), Outcome::needs_attention);
    EXPECT_EQ(of(403), Outcome::needs_attention);
}

TEST(RetryAfter, is_seconds_or_a_date) {
    const auto of = [](const std::string& text) {
        return retry_after(Answer{.headers = {"Retry-After: " + text}},
                           *parse_time("2026-11-28T12:00:00Z"));
    };
    EXPECT_EQ(of("120"), Milliseconds{120'000});
    EXPECT_EQ(of("Sat, 28 Nov 2026 12:01:00 GMT"), Milliseconds{60'000});
    EXPECT_EQ(of("Sat, 28 Nov 2026 11:00:00 GMT"), Milliseconds{0});
    EXPECT_EQ(of("99999999"), Milliseconds{86'400'000});
    EXPECT_EQ(of("logo"), std::nullopt);
}

}  // namespace
}  // namespace ponte::outbound
