// The schedule of attempts, without waiting for it.
#include <gtest/gtest.h>

#include "modules/webhooks/attempt.hpp"
#include "modules/webhooks/signature.hpp"

namespace ponte::webhooks {
namespace {

using namespace std::chrono_literals;
using State = Attempted::State;

const outbound::Answer refused{.status = 500};

TEST(Attempt, waits_longer_and_longer_for_about_three_days) {
    Milliseconds all{0};
    for (int tries = 1; tries < most_tries; ++tries) {
        const Attempted next = attempted(refused, tries, now(), 0.5);
        ASSERT_EQ(next.state, State::waiting) << tries;
        all += next.wait;
    }
    EXPECT_GT(all, 74h);
    EXPECT_LT(all, 77h);
    EXPECT_EQ(attempted(refused, most_tries, now(), 0.5).state, State::dead);
    EXPECT_EQ(attempted(refused, 1, now(), 0.5).wait, 5s);
}

TEST(Attempt, waits_as_long_as_it_is_asked_to) {
    const outbound::Answer busy{.status = 429, .headers = {"Retry-After: 600"}};
    EXPECT_EQ(attempted(busy, 1, now(), 0.5).wait, 600s);
    EXPECT_EQ(attempted(busy, 4, now(), 0.5).wait, 2h);
}

TEST(Attempt, is_the_last_when_the_address_is_gone) {
    EXPECT_EQ(attempted(outbound::Answer{.status = 410}, 1, now(), 0).state, State::dead);
    EXPECT_EQ(attempted(outbound::Answer{.status = 204}, 9, now(), 0).state, State::delivered);
    EXPECT_EQ(attempted(outbound::Answer{.status = 301}, 1, now(), 0).state, State::waiting);
}

TEST(Attempt, rests_an_address_that_fails_again_and_again) {
    EXPECT_EQ(rest_after(4), 0s);
    EXPECT_EQ(rest_after(5), 5s);
    EXPECT_EQ(rest_after(7), 20s);
    EXPECT_EQ(rest_after(99), 15min);
}

// As the specification's own library signs it (standardwebhooks 1.1.1).
TEST(Signature, is_the_one_of_the_specification) {
    const std::string secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";
    const std::string body =
        R"({"type":"ticket.created","timestamp":"2026-01-15T12:00:00Z","data":{"id":"tk_1"}})";
    const Signed what{"msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", body, R"({"id":"tk_1"})",
                      Time{std::chrono::seconds{1768478400}}};

    const auto headers = signature_headers(what, {secret});

    EXPECT_EQ(headers[1], "webhook-timestamp: 1768478400");
    EXPECT_EQ(headers[2], "webhook-signature: v1,149BZL7fjWSTw1Cr8o1w9YtRO6BFDYuP13Xy3G1MTiQ=");
}

TEST(Signature, covers_the_data_alone_in_its_old_form) {
    const Signed what{"id", R"({"data":{"a":1}})", R"({"a":1})", Time{}, 0};
    EXPECT_EQ(signature_headers(what, {"segredo-da-firma"})[5],
              "X-Webhook-Signature: " + data_signature(R"({"a":1})", "segredo-da-firma"));
}

}  // namespace
}  // namespace ponte::webhooks
