// Who fails in a row is left alone by every node, longer and longer, and tried once before all come
// again. What was called stands in the list of calls.
#include <gmock/gmock.h>

#include "kernel/jobs/tests/worker.hpp"
#include "kernel/outbound/circuits.hpp"
#include "kernel/outbound/ledger.hpp"
#include "kernel/outbound/whom.hpp"
#include "kernel/testing/receiver.hpp"

namespace ponte::outbound {
namespace {

using namespace std::chrono_literals;
using testing::Answering;
using testing::Got;
using testing::Receiver;

Task<std::optional<Time>> resting_at(Ctx& ctx, Circuits* node, std::string key) {
    auto until = co_await node->resting(ctx, std::move(key));
    co_return until;
}

Task<> ended_at(Ctx& ctx, Circuits* node, std::string key, Health health) {
    co_await node->ended(ctx, std::move(key), health);
}

Task<> note_at(Ctx& ctx, Ledger* ledger, Call call, Answer answer) {
    ctx.request_id = "job-7";
    ledger->note(ctx, call, answer);
    co_return;
}

struct CircuitsTest : JobWorld {
    CircuitsTest() {
        sql("truncate call_circuits");
        sql("delete from outgoing_calls");
        call.vendor = "test";
        call.connection = Id::make();
        call.url = "https://exemplo.com.br/v1/things";
    }
    Call call;
    Circuits one, another;  // of two nodes

    std::optional<Time> resting(Circuits& node) {
        return as_company(resting_at, &node, Circuits::key_of(call));
    }
    void ended(Circuits& node, const Answer& answer) {
        as_company(ended_at, &node, Circuits::key_of(call), health_of(call, answer, now()));
    }
    static Answer with(int status, std::vector<std::string> headers = {}) {
        Answer answer;
        answer.status = status;
        answer.headers = std::move(headers);
        return answer;
    }
    static Answer in_trouble(Trouble trouble) {
        Answer answer;
        answer.trouble = trouble;
        return answer;
    }
    void fail_until_open(Circuits& node) {
        for (int i = 0; i < failures_until_open; ++i) {
            ended(node, in_trouble(Trouble::timeout));
        }
    }
    void end_rest() {
        sql("update call_circuits set open_until = now() - interval '1 second', probe_until = "
            "null");
    }
};

TEST_F(CircuitsTest, whoever_fails_in_a_row_is_left_alone_by_all_nodes) {
    for (int i = 1; i < failures_until_open; ++i) {
        ended(one, with(502));
        EXPECT_FALSE(resting(one)) << i;
    }
    ended(one, in_trouble(Trouble::unreachable));

    const auto until = resting(one);
    ASSERT_TRUE(until);
    EXPECT_GT(*until - now(), 25s);
    EXPECT_LT(*until - now(), 31s);
    EXPECT_TRUE(resting(another));
}

TEST_F(CircuitsTest, one_tries_when_the_rest_is_over_and_success_ends_it) {
    fail_until_open(one);
    end_rest();
    Circuits fresh, second;
    EXPECT_FALSE(resting(fresh)) << "it tries";
    EXPECT_TRUE(resting(second)) << "it waits for the one that tries";

    ended(fresh, with(200));

    EXPECT_FALSE(resting(fresh));
    EXPECT_EQ(number("select count(*) from call_circuits"), 0);
    Circuits third;
    EXPECT_FALSE(resting(third));
}

TEST_F(CircuitsTest, each_time_it_is_left_alone_for_longer_until_half_an_hour) {
    fail_until_open(one);
    std::vector<Milliseconds> rests;
    for (int i = 0; i < 8; ++i) {
        end_rest();
        ended(one, in_trouble(Trouble::timeout));
        Circuits fresh;
        rests.push_back(resting(fresh).value_or(now()) - now());
    }

    EXPECT_NEAR(static_cast<double>(rests[0].count()), 60'000, 2'000);
    EXPECT_NEAR(static_cast<double>(rests[1].count()), 120'000, 2'000);
    EXPECT_NEAR(static_cast<double>(rests[7].count()), 1'800'000, 2'000);
}

TEST_F(CircuitsTest, troubles_of_calls_that_were_under_way_say_nothing_new) {
    for (int i = 0; i < 30; ++i) {
        ended(one, in_trouble(Trouble::timeout));
    }

    EXPECT_LT(*resting(one) - now(), 31s);
}

TEST_F(CircuitsTest, whoever_asks_for_rest_has_it) {
    ended(one, with(429, {"Retry-After: 600"}));

    const auto until = resting(another);
    ASSERT_TRUE(until);
    EXPECT_GT(*until - now(), 590s);
}

TEST_F(CircuitsTest, what_is_no_trouble_of_theirs_opens_nothing) {
    for (int i = 0; i < 10; ++i) {
        ended(one, with(404));
        ended(one, with(401));
        ended(one, with(429));
        ended(one, in_trouble(Trouble::private_place));
    }
    call.url = "smtp://mail.exemplo.com.br:587";
    for (int i = 0; i < 10; ++i) {
        ended(one, with(550));
    }

    EXPECT_FALSE(resting(one));
    EXPECT_EQ(number("select count(*) from call_circuits"), 0);
}

TEST_F(CircuitsTest, another_connection_at_the_same_place_is_called) {
    fail_until_open(one);
    call.connection = Id::make();

    EXPECT_FALSE(resting(one));
}

TEST(Whom, shows_no_secret_of_an_address) {
    const Whom whom = whom_of(
        "https://ana:senha@api.exemplo.com.br:8443/v1/bot12345:AAHdqTcvCH1v/"
        "things/0193a5b0-7b1e-7c3a-9d2e-2f6a1b4c5d6e/"
        "c2VncmVkby1tdWl0by1sb25nby1kZW1haXM?token=segredo#x");

    EXPECT_EQ(whom.host, "api.exemplo.com.br:8443");
    EXPECT_EQ(whom.path, "/v1/…/things/0193a5b0-7b1e-7c3a-9d2e-2f6a1b4c5d6e/…");
}

TEST_F(CircuitsTest, a_call_leaves_a_row_without_secrets) {
    Worker& worker = start(nullptr);
    call.url += "?token=segredo";
    call.headers = {"Authorization: Bearer segredo"};
    call.body = "segredo";
    call.shows_path = true;
    Answer answer = with(201);
    answer.body = "recebido";
    answer.took = 12ms;
    as_company(note_at, &worker.services().outbound().ledger(), call, answer);

    until([&] { return number("select count(*) from outgoing_calls") == 1; });

    EXPECT_EQ(text("select concat_ws(' ', vendor, request_id, method, host, path, status, trouble, "
                   "ms, bytes) from outgoing_calls"),
              "test job-7 GET exemplo.com.br /v1/things 201 12 8");
    EXPECT_EQ(text("select tenant_id from outgoing_calls"), company().text());
}

}  // namespace
}  // namespace ponte::outbound
