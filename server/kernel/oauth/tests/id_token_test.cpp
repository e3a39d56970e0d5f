// Tokens that say who somebody is: what is believed, and what is not.
#include "kernel/oauth/id_token.hpp"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "kernel/signature.hpp"

namespace ponte::oauth {
namespace {

// A provider with one key, made once.
class Provider {
public:
    Provider() : key_(EVP_RSA_gen(2048)) {}
    ~Provider() { EVP_PKEY_free(key_); }
    Provider(const Provider&) = delete;
    Provider& operator=(const Provider&) = delete;

    Json keys(const std::string& id = "um") const {
        return Json::object(
            {{"keys", Json::array({Json::object({{"kty", "RSA"},
                                                 {"kid", id},
                                                 {"n", part(OSSL_PKEY_PARAM_RSA_N)},
                                                 {"e", part(OSSL_PKEY_PARAM_RSA_E)}})})}});
    }
    std::string token(const Json& claims, const std::string& alg = "RS256") const {
        const Json head = Json::object({{"alg", alg}, {"kid", "um"}});
        const std::string text = to_base64url(head.dump()) + "." + to_base64url(claims.dump());
        return text + "." + to_base64url(signature(text));
    }

private:
    std::string part(const char* name) const {
        BIGNUM* number = nullptr;
        EVP_PKEY_get_bn_param(key_, name, &number);
        std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
        BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
        BN_free(number);
        return to_base64url(bytes);
    }
    std::string signature(const std::string& text) const {
        EVP_MD_CTX* making = EVP_MD_CTX_new();
        std::size_t size = 512;
        std::string out(size, '\0');
        EVP_DigestSignInit(making, nullptr, EVP_sha256(), nullptr, key_);
        EVP_DigestSign(making, reinterpret_cast<unsigned char*>(out.data()), &size,
                       reinterpret_cast<const unsigned char*>(text.data()), text.size());
        EVP_MD_CTX_free(making);
        out.resize(size);
        return out;
    }

    EVP_PKEY* key_;
};

class IdTokenTest : public ::testing::Test {
protected:
    static const Provider& provider() {
        static const Provider one;
        return one;
    }
    std::string problem(const Json& with) const {
        Json all = claims;
        for (const auto& [name, value] : with.members()) {
            all.set(name, value);
        }
        return read_id_token(provider().token(all), provider().keys(), expected).problem;
    }

    const Expected expected{"https://accounts.google.com", "ponte", "n-1", 1'000'000};
    const Json claims = Json::object({{"iss", "https://accounts.google.com"},
                                      {"aud", "ponte"},
                                      {"sub", "10769150350006150715113082367"},
                                      {"email", "ana@exemplo.com"},
                                      {"email_verified", true},
                                      {"nonce", "n-1"},
                                      {"exp", 1'000'300}});
};

TEST_F(IdTokenTest, says_who_somebody_is) {
    const Identified found = read_id_token(provider().token(claims), provider().keys(), expected);

    ASSERT_TRUE(found.identity) << found.problem;
    EXPECT_EQ(found.identity->subject, "10769150350006150715113082367");
    EXPECT_EQ(found.identity->email, "ana@exemplo.com");
    EXPECT_TRUE(found.identity->is_email_verified);
}

TEST_F(IdTokenTest, is_of_this_provider_for_us_and_for_now) {
    EXPECT_EQ(problem(Json::object({{"iss", "accounts.google.com"}})), "");
    EXPECT_EQ(problem(Json::object({{"iss", "https://evil.example"}})), "wrong_issuer");
    EXPECT_EQ(problem(Json::object({{"aud", "outro"}})), "wrong_audience");
    EXPECT_EQ(problem(Json::object({{"aud", Json::array({"ponte", "outro"})}})), "wrong_audience");
    EXPECT_EQ(problem(Json::object({{"exp", 999'000}})), "expired");
    EXPECT_EQ(problem(Json::object({{"nonce", "n-2"}})), "wrong_nonce");
    EXPECT_EQ(problem(Json::object({{"nonce", nullptr}})), "wrong_nonce");
    EXPECT_EQ(problem(Json::object({{"sub", ""}})), "nobody");
}

TEST_F(IdTokenTest, is_signed_by_a_key_that_is_published) {
    const Provider stranger;
    const std::string token = provider().token(claims);
    std::string changed = token;
    changed[token.find('.') + 5] = changed[token.find('.') + 5] == 'A' ? 'B' : 'A';

    EXPECT_EQ(read_id_token(token, stranger.keys(), expected).problem, "wrong_signature");
    EXPECT_EQ(read_id_token(token, provider().keys("dois"), expected).problem, "unknown_key");
    EXPECT_EQ(read_id_token(changed, provider().keys(), expected).problem, "wrong_signature");
}

TEST_F(IdTokenTest, is_signed_in_the_one_way_that_is_asked_for) {
    for (const char* alg : {"none", "HS256", "ES256"}) {
        const std::string token = provider().token(claims, alg);
        EXPECT_EQ(read_id_token(token, provider().keys(), expected).problem, "malformed") << alg;
    }
    for (const char* text : {"", ".", "..", "a.b.c", "não é um token"}) {
        EXPECT_FALSE(read_id_token(text, provider().keys(), expected).identity) << text;
    }
}

// RFC 7636, appendix B
TEST(ChallengeTest, is_the_hash_of_the_verifier) {
    EXPECT_EQ(challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
              "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

}  // namespace
}  // namespace ponte::oauth
