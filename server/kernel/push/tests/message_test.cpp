#include "kernel/push/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kernel/push/p256.hpp"
#include "kernel/signature.hpp"

namespace ponte::push {
namespace {

std::string bytes(std::string_view base64url) { return *from_base64url(base64url); }

// RFC 8291, appendix A.
const Subscription browser{
    "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "BTBZMqHH6r4Tts7J_aSIgg"};

TEST(PushMessageTest, is_sealed_as_the_rfc_shows) {
    const Lots lots{bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
                    bytes("DGv6ra1nlYgDCS1FRnbzlw")};

    const auto sealed = sealed_for(browser, "When I grow up, I want to be a watermelon", lots);

    ASSERT_TRUE(sealed);
    EXPECT_EQ(to_base64url(*sealed),
              "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
              "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLV"
              "WGNWQexSgSxsj_Qulcy4a-fN");
}

TEST(PushMessageTest, is_signed_as_this_installation_and_never_sealed_twice_alike) {
    const Sender sender{"o-segredo-da-casa", "https://crm.exemplo.com.br"};

    const auto one = message_for(browser, sender, "oi", Time{});
    const auto other = message_for(browser, sender, "oi", Time{});

    ASSERT_TRUE(one && other);
    EXPECT_NE(one->body, other->body);
    const std::string& header = one->headers.back();
    EXPECT_THAT(header, ::testing::StartsWith("Authorization: vapid t="));
    EXPECT_THAT(header, ::testing::HasSubstr(", k=" + public_key_of(sender)));
    const std::size_t claims = header.find('.') + 1;
    EXPECT_EQ(
        bytes(header.substr(claims, header.find('.', claims) - claims)),
        R"({"aud":"https://push.example.net","exp":43200,"sub":"https://crm.exemplo.com.br"})");
    EXPECT_EQ(bytes(public_key_of(sender)).size(), 65u);
    EXPECT_NE(public_key_of(sender), public_key_of({"outro segredo", sender.contact}));
}

TEST(PushMessageTest, keys_that_are_none_are_refused) {
    EXPECT_TRUE(is_valid(browser));
    Subscription off_the_curve = browser, short_secret = browser;
    off_the_curve.p256dh[20] = off_the_curve.p256dh[20] == 'A' ? 'B' : 'A';
    short_secret.auth = "BTBZMqHH6r4Tts7J";
    EXPECT_FALSE(is_valid(off_the_curve));
    EXPECT_FALSE(is_valid(short_secret));
    EXPECT_FALSE(is_valid({"https://x", "", ""}));
    EXPECT_FALSE(message_for(browser, {}, std::string(most_text + 1, 'x'), Time{}));
    EXPECT_FALSE(public_of(std::string(32, '\0')));
    EXPECT_FALSE(public_of(std::string(32, '\xFF')));
}

}  // namespace
}  // namespace ponte::push
