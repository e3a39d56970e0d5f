// Tokens that end, are taken back, or are renewed by two at once; and giving up what was granted.
#include "modules/connections/tests/given.hpp"

namespace ponte::connections {
namespace {

using testing::Answering;
using testing::Got;
using testing::Reply;

class RenewTest : public ConnectionTest {
protected:
    void check(const std::string& path) {
        const Reply reply = api.post(path + "/check");
        EXPECT_EQ(reply.status, 200) << reply.shown();
        testing::until([&] { return api.get(path)["checkedAt"].is_string(); }, "a check");
    }
    std::size_t renewals(std::size_t from) {
        std::size_t count = 0;
        for (const Got& got : asked("/token", from)) {
            count += parameter(got.body, "grant_type") == "refresh_token" ? 1 : 0;
        }
        return count;
    }
};

TEST_F(RenewTest, a_token_that_ended_is_renewed_and_the_refresh_token_kept) {
    const std::string path = connected();
    google.answer_with(answers(tokens_of("ya29.novo", "")));
    std::size_t before = google.count();

    let_token_end(path);
    check(path);
    let_token_end(path);
    check(path);

    const auto calls = asked("/token", before);
    ASSERT_EQ(calls.size(), 2U);
    EXPECT_EQ(parameter(calls[0].body, "refresh_token"), "1//renova");
    EXPECT_EQ(parameter(calls[1].body, "refresh_token"), "1//renova");
    EXPECT_EQ(asked("/v1/userinfo", before).back().header("authorization"), "Bearer ya29.novo");
    EXPECT_EQ(api.get(path)["state"], Json("connected"));
}

TEST_F(RenewTest, a_refresh_token_that_is_replaced_is_used_from_then_on) {
    const std::string path = connected();
    google.answer_with(answers(tokens_of("ya29.novo", "1//segunda")));
    let_token_end(path);
    check(path);
    const std::size_t before = google.count();

    let_token_end(path);
    check(path);

    EXPECT_EQ(parameter(asked("/token", before)[0].body, "refresh_token"), "1//segunda");
}

TEST_F(RenewTest, two_at_once_ask_once) {
    const std::string path = connected();
    google.answer_with([](const Got& got) -> Answering {
        const bool is_slow = got.target == "/token";
        const std::string body =
            is_slow ? tokens_of("ya29.novo", "").dump() : "{\"email\":\"ana@exemplo.com\"}";
        return {200, {}, body, std::chrono::milliseconds{is_slow ? 800 : 0}};
    });
    const std::size_t before = google.count();
    let_token_end(path);

    api.post(path + "/check");
    testing::until([&] { return renewals(before) == 1; }, "the first to ask");
    check(path);
    testing::until([&] { return asked("/v1/userinfo", before).size() >= 2; }, "both to be done");

    EXPECT_EQ(renewals(before), 1U);
    EXPECT_EQ(api.get(path)["state"], Json("connected"));
}

TEST_F(RenewTest, who_took_it_back_is_asked_no_more_until_somebody_connects_again) {
    const std::string path = connected();
    google.answer_with(refusing(400, "invalid_grant"));
    let_token_end(path);

    api.post(path + "/check");
    until_state(path, "needs_attention");
    until_problem(path, "invalid_grant");
    const std::size_t before = google.count();
    api.post(path + "/check");
    testing::until(
        [&] {
            return house().server.number(
                       "select count(*) from jobs where tenant_id = $1 "
                       "and kind like 'connections.%'",
                       {company.id()}) == 0;
        },
        "nothing to be under way");
    EXPECT_EQ(google.count(), before);

    google.answer_with(answers());
    come_back(way(path));
    until_state(path, "connected");
    EXPECT_TRUE(api.get(path)["problem"].is_null());
}

TEST_F(RenewTest, a_token_that_they_refuse_before_its_time_is_renewed) {
    const std::string path = connected();
    google.answer_with([](const Got& got) -> Answering {
        if (got.target == "/token") {
            return {200, {}, tokens_of("ya29.novo", "").dump()};
        }
        const bool is_new = got.header("authorization") == "Bearer ya29.novo";
        return {is_new ? 200 : 401, {}, "{\"email\":\"ana@exemplo.com\"}"};
    });

    check(path);

    EXPECT_EQ(api.get(path)["state"], Json("connected"));
    EXPECT_TRUE(api.get(path)["problem"].is_null());
}

TEST_F(RenewTest, a_provider_that_is_down_is_asked_later) {
    const std::string path = connected();
    google.answer_with([](const Got&) -> Answering { return {503, {}, ""}; });
    let_token_end(path);

    check(path);

    until_problem(path, "status_503");
    EXPECT_EQ(api.get(path)["state"], Json("connected"));
}

TEST_F(RenewTest, what_is_disconnected_is_revoked_and_gone) {
    const std::string path = connected();
    EXPECT_EQ(api.del(path).status, 409);
    const std::size_t before = google.count();

    const Reply reply = api.post(path + "/disconnect");
    testing::until([&] { return !asked("/revoke", before).empty(); }, "it to be revoked");

    EXPECT_EQ(reply["state"], Json("disconnected")) << reply.shown();
    EXPECT_TRUE(reply["account"].is_null());
    EXPECT_EQ(parameter(asked("/revoke", before)[0].body, "token"), "1//renova");
    testing::until(
        [&] {
            return house().server.number(
                       "select count(*) from connection_secrets where connection_id = $1",
                       {id_of(path)}) == 0;
        },
        "nothing to be left of it");
    EXPECT_EQ(api.post(path + "/check").status, 409);
    EXPECT_EQ(api.del(path).status, 204);
}

}  // namespace
}  // namespace ponte::connections
