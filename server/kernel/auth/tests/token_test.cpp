#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kernel/auth.hpp"
#include "kernel/auth/sodium.hpp"
#include "kernel/auth/token.hpp"

namespace ponte::auth {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view key = "a key of this installation";
constexpr std::int64_t now_s = 1'800'000'000;

Claims some_claims() { return {Id::make(), Id::make(), Id::make(), now_s - 10, now_s + 3600}; }

std::string with_header(const std::string& token, std::string_view header) {
    return base64url(header) + token.substr(token.find('.'));
}

TEST(Token, says_who_it_was_made_for) {
    const Claims claims = some_claims();

    const Verified result = verify_token(sign_token(claims, key), key, now_s);

    EXPECT_EQ(result.refusal, Refusal::none);
    EXPECT_EQ(result.claims.tenant, claims.tenant);
    EXPECT_EQ(result.claims.user, claims.user);
    EXPECT_EQ(result.claims.session, claims.session);
    EXPECT_EQ(result.claims.expires_at_s, claims.expires_at_s);
}

// Our signature must be everybody's HS256: the example of RFC 7515, appendix A.1.
TEST(Token, verifies_signatures_as_the_standard_says) {
    const std::string token =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
        "cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const auto rfc_key = from_base64url(
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
    ASSERT_TRUE(rfc_key);

    // The signature is right, the claims are not ours: so it fails one step later.
    EXPECT_EQ(verify_token(token, *rfc_key, now_s).refusal, Refusal::malformed);
    EXPECT_EQ(verify_token(token, "another key", now_s).refusal, Refusal::wrong_signature);
}

TEST(Token, expires_to_the_second) {
    Claims claims = some_claims();
    claims.expires_at_s = now_s;
    const std::string token = sign_token(claims, key);

    EXPECT_EQ(verify_token(token, key, now_s - 1).refusal, Refusal::none);
    EXPECT_EQ(verify_token(token, key, now_s).refusal, Refusal::expired);
}

TEST(Token, no_other_algorithm_is_taken) {
    const std::string token = sign_token(some_claims(), key);
    const std::string unsigned_part = token.substr(0, token.rfind('.') + 1);
    constexpr std::string_view headers[] = {
        R"({"alg":"none","typ":"JWT"})",  R"({"alg":"None"})", R"({"alg":"HS512","typ":"JWT"})",
        R"({"alg":"RS256","typ":"JWT"})", R"({"typ":"JWT"})",  R"({"alg":null})"};
    for (const auto header : headers) {
        SCOPED_TRACE(header);
        EXPECT_EQ(verify_token(with_header(token, header), key, now_s).refusal,
                  Refusal::wrong_algorithm);
        EXPECT_EQ(verify_token(with_header(unsigned_part, header), key, now_s).refusal,
                  Refusal::wrong_algorithm);
    }
}

TEST(Token, every_changed_character_is_noticed) {
    const std::string token = sign_token(some_claims(), key);
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_NE(verify_token(changed, key, now_s).refusal, Refusal::none) << "at " << i;
    }
}

TEST(Token, garbage_is_refused_without_a_crash) {
    const std::string good = sign_token(some_claims(), key);
    const std::string wrong[] = {"",
                                 ".",
                                 "..",
                                 "...",
                                 "a.b.c",
                                 "a.b",
                                 good + ".",
                                 "." + good,
                                 good.substr(1),
                                 std::string(100'000, 'a') + ".b.c",
                                 base64url("[]") + ".e30.e30",
                                 base64url("{") + ".e30.e30",
                                 std::string("\0\0.\0.\0", 6),
                                 good + "=",
                                 " " + good};
    for (const auto& token : wrong) {
        EXPECT_NE(verify_token(token, key, now_s).refusal, Refusal::none) << token.substr(0, 80);
    }
}

TEST(Token, a_signed_payload_without_our_claims_is_refused) {
    Claims claims = some_claims();
    const std::string token = sign_token(claims, key);
    EXPECT_EQ(verify_token(token, "", now_s).refusal, Refusal::wrong_signature);
}

TEST(InspectToken, tells_why_and_shows_only_what_was_signed_here) {
    Claims claims = some_claims();
    const std::string good = sign_token(claims, key);
    claims.expires_at_s = now_s - 1;
    const std::string old = sign_token(claims, key);
    const std::string foreign = sign_token(claims, "another key");

    EXPECT_THAT(inspect_token(good, key, now_s), HasSubstr("is accepted"));
    EXPECT_THAT(inspect_token(good, key, now_s), HasSubstr(claims.user.text()));
    EXPECT_THAT(inspect_token(old, key, now_s), HasSubstr("it has expired"));
    EXPECT_THAT(inspect_token(old, key, now_s), HasSubstr("expires  2027-01-15T07:59:59"));
    EXPECT_THAT(inspect_token(foreign, key, now_s), HasSubstr("the signature does not match"));
    EXPECT_THAT(inspect_token(foreign, key, now_s), Not(HasSubstr(claims.user.text())));
    EXPECT_THAT(inspect_token("rubbish", key, now_s), HasSubstr("no token of this program"));
}

}  // namespace
}  // namespace ponte::auth
