#include <gmock/gmock.h>
#include <zlib.h>

#include <set>

#include "kernel/auth.hpp"

namespace ponte::auth {
namespace {

const std::string secret = "a secret of this installation";

TEST(ApiKey, names_its_company_and_is_like_no_other) {
    const Id tenant = Id::make();
    std::set<std::string> keys;
    for (int i = 0; i < 1'000; ++i) {
        const std::string key = make_api_key(tenant, secret);

        ASSERT_EQ(company_of_api_key(key, secret), tenant) << key;
        keys.insert(key);
    }
    EXPECT_EQ(keys.size(), 1'000u);
    for (const Id& edge : {Id{}, *Id::parse("ffffffff-ffff-ffff-ffff-ffffffffffff")}) {
        EXPECT_EQ(company_of_api_key(make_api_key(edge, secret), secret), edge);
    }
}

// As documented for scanners: the last six digits are the CRC-32 of all before, to the base 62.
TEST(ApiKey, has_a_checksum_that_anybody_can_compute) {
    const std::string key = make_api_key(Id::make(), secret);
    const std::string checked = key.substr(0, key.size() - 6);
    std::uint64_t sum =
        crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
    std::string expected(6, '0');
    for (int i = 5; i >= 0; --i, sum /= 62) {
        expected[static_cast<std::size_t>(i)] =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[sum % 62];
    }

    EXPECT_THAT(key, ::testing::MatchesRegex("ponte_[0-9A-Za-z]+"));
    EXPECT_EQ(key.size(), 85u);
    EXPECT_EQ(key.substr(key.size() - 6), expected);
}

TEST(ApiKey, is_nobodys_when_any_letter_differs) {
    const std::string key = make_api_key(Id::make(), secret);
    for (std::size_t i = 0; i < key.size(); ++i) {
        std::string typo = key;
        typo[i] = typo[i] == 'A' ? 'B' : 'A';

        EXPECT_FALSE(company_of_api_key(typo, secret)) << i;
    }
    for (const std::string& other : {std::string{}, std::string("ponte_"), key + "A", key.substr(1),
                                     std::string(85, 'A'), key + key}) {
        EXPECT_FALSE(company_of_api_key(other, secret)) << other;
    }
}

// Whoever knows how keys look still cannot make one that we would look for.
TEST(ApiKey, made_by_somebody_else_is_nobodys) {
    EXPECT_FALSE(company_of_api_key(make_api_key(Id::make(), "another secret"), secret));
}

TEST(ApiKey, is_kept_as_a_digest_that_says_nothing_without_our_secret) {
    const std::string key = make_api_key(Id::make(), secret);

    EXPECT_EQ(api_key_digest(key, secret), api_key_digest(key, secret));
    EXPECT_NE(api_key_digest(key, secret), api_key_digest(key, "another secret"));
    EXPECT_NE(api_key_digest(key, secret), digest(key));
    EXPECT_EQ(api_key_hint(key), "ponte_…" + key.substr(key.size() - 6));
}

}  // namespace
}  // namespace ponte::auth
