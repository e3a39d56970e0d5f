#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "kernel/auth.hpp"

namespace ponte::auth {
namespace {

TEST(Secrets, random_tokens_differ_and_fit_into_an_address) {
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i) {
        const std::string token = random_token();
        EXPECT_EQ(token.size(), 43u);
        EXPECT_EQ(token.find_first_not_of(
                      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                  std::string::npos);
        EXPECT_TRUE(seen.insert(token).second);
    }
}

TEST(Secrets, a_digest_is_blake2b_256) {
    EXPECT_EQ(digest(""), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    EXPECT_NE(digest("a"), digest("b"));
}

TEST(Secrets, what_is_sealed_opens_only_with_its_key_and_unchanged) {
    const std::string key = random_token(), other = random_token();
    const std::string plain("a secret with \0 inside", 22);
    const std::string sealed = seal(plain, key);

    EXPECT_EQ(unseal(sealed, key), plain);
    EXPECT_NE(seal(plain, key), sealed);
    EXPECT_EQ(unseal(sealed, other), std::nullopt);
    EXPECT_EQ(sealed.find("secret"), std::string::npos);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = changed[i] == 'x' ? 'y' : 'x';
        EXPECT_EQ(unseal(changed, key), std::nullopt) << "at " << i;
        EXPECT_EQ(unseal(sealed.substr(0, i), key), std::nullopt) << "cut at " << i;
    }
}

TEST(Secrets, an_old_key_still_opens_when_a_new_one_stands_before_it) {
    const std::string old_key = random_token(), new_key = random_token();
    const std::string old_value = seal("before", old_key);
    const std::string both = new_key + "," + old_key;

    const std::string new_value = seal("after", both);

    EXPECT_EQ(unseal(old_value, both), "before");
    EXPECT_EQ(unseal(new_value, both), "after");
    EXPECT_EQ(unseal(new_value, new_key), "after");
    EXPECT_EQ(unseal(new_value, old_key), std::nullopt);
}

struct KeysTest : testing::Test {
    KeysTest() {
        char name[] = "/tmp/ponte-keys-XXXXXX";
        folder = ::mkdtemp(name);
        ::unsetenv("JWT_SECRET_KEY");
        ::unsetenv("ENCRYPT_TOKEN_KEY");
    }
    ~KeysTest() override { std::filesystem::remove_all(folder); }
    static unsigned mode_of(const std::string& path) {
        struct stat facts{};
        ::stat(path.c_str(), &facts);
        return facts.st_mode & 0777;
    }
    std::string folder;
};

TEST_F(KeysTest, are_made_once_and_kept_from_others) {
    const Keys first = Keys::load_or_make(folder + "/data");
    const Keys second = Keys::load_or_make(folder + "/data");

    EXPECT_EQ(first.token_key, second.token_key);
    EXPECT_EQ(first.seal_key, second.seal_key);
    EXPECT_EQ(first.database_key, second.database_key);
    EXPECT_NE(first.token_key, first.seal_key);
    EXPECT_GE(first.token_key.size(), 43u);
    EXPECT_EQ(mode_of(folder + "/data/secrets"), 0700u);
    EXPECT_EQ(mode_of(folder + "/data/secrets/token.key"), 0600u);
    int files = 0;
    for ([[maybe_unused]] const auto& file :
         std::filesystem::directory_iterator(folder + "/data/secrets")) {
        ++files;
    }
    EXPECT_EQ(files, 3) << "nothing half-made stays behind";
}

TEST_F(KeysTest, two_processes_starting_at_once_agree) {
    std::vector<Keys> seen(8);
    std::vector<std::thread> starters;
    for (auto& keys : seen) {
        starters.emplace_back([&] { keys = Keys::load_or_make(folder); });
    }
    for (auto& starter : starters) {
        starter.join();
    }
    for (const auto& keys : seen) {
        EXPECT_EQ(keys.token_key, seen.front().token_key);
    }
}

TEST_F(KeysTest, the_environment_goes_first_and_must_not_be_weak) {
    ::setenv("JWT_SECRET_KEY", "a key given by the operator", 1);
    EXPECT_EQ(Keys::load_or_make(folder).token_key, "a key given by the operator");

    ::setenv("JWT_SECRET_KEY", "short", 1);
    EXPECT_THROW(Keys::load_or_make(folder), std::runtime_error);
    ::unsetenv("JWT_SECRET_KEY");
}

TEST_F(KeysTest, a_damaged_key_stops_the_start_instead_of_being_replaced) {
    Keys::load_or_make(folder);
    std::ofstream(folder + "/secrets/token.key").close();

    EXPECT_THROW(Keys::load_or_make(folder), std::runtime_error);
}

}  // namespace
}  // namespace ponte::auth
