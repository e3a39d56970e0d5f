// The second of two things that somebody shows when they sign in.
#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "kernel/signature.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"
#include "modules/accounts/totp.hpp"

namespace ponte::accounts {
namespace {

using testing::Api;
using testing::Company;
using testing::Person;
using testing::Reply;
using testing::server;

// RFC 6238, appendix B: the last six of its eight digits.
TEST(Totp, computes_what_the_standard_says) {
    const std::string secret = "12345678901234567890";

    EXPECT_EQ(totp_code(secret, 59 / 30), "287082");
    EXPECT_EQ(totp_code(secret, 1111111109 / 30), "081804");
    EXPECT_EQ(totp_code(secret, 1234567890 / 30), "005924");
    EXPECT_EQ(totp_code(secret, 20000000000 / 30), "353130");
    EXPECT_EQ(base32("12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    EXPECT_EQ(base32("f"), "MY");
}

TEST(Totp, forgives_a_clock_half_a_minute_away_and_no_more) {
    const std::string secret = "12345678901234567890";
    constexpr std::int64_t at = 1234567890;

    for (const int by : {-1, 0, 1}) {
        EXPECT_EQ(step_of_code(secret, totp_code(secret, at / 30 + by), at), at / 30 + by);
    }
    EXPECT_FALSE(step_of_code(secret, totp_code(secret, at / 30 + 2), at));
    EXPECT_FALSE(step_of_code(secret, totp_code(secret, at / 30 - 2), at));
    EXPECT_FALSE(step_of_code(secret, "", at));
}

std::string from_base32(const std::string& text) {
    const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    unsigned held = 0;
    int bits = 0;
    for (const char c : text) {
        held = (held << 5) | static_cast<unsigned>(letters.find(c));
        if ((bits += 5) >= 8) {
            out += static_cast<char>((held >> (bits -= 8)) & 255);
        }
    }
    return out;
}

class SecondFactorTest : public testing::ApiTest {
protected:
    static constexpr const char* path = "/api/v1/auth/second-factor";
    Person& rui = company.user("sales");

    // An app on a telephone: it knows the secret, and what time it is.
    struct App {
        std::string secret;
        std::string code(int later = 0) const {
            const auto s =
                std::chrono::duration_cast<std::chrono::seconds>(now().time_since_epoch()).count();
            return totp_code(secret, s / totp_step_s + later);
        }
    };
    App begun() {
        const Reply reply = rui.api.post(path, {{"password", rui.password}});
        EXPECT_EQ(reply.status, 201) << reply.shown();
        EXPECT_THAT(reply["uri"].as_string(),
                    ::testing::HasSubstr("secret=" + reply["secret"].as_string()));
        return {from_base32(reply["secret"].as_string())};
    }
    Json codes;  // for the day on which it is lost
    App switched_on() {
        const App app = begun();
        const Reply reply = rui.api.post(std::string(path) + "/confirm", {{"code", app.code(-1)}});
        EXPECT_EQ(reply.status, 200) << reply.shown();
        codes = reply["recoveryCodes"];
        return app;
    }
    Reply sign_in(const std::string& code = {}) {
        Api anybody;
        return anybody.post("/api/v1/auth/login",
                            {{"email", rui.email}, {"password", rui.password}, {"code", code}});
    }
};

TEST_F(SecondFactorTest, is_asked_for_once_it_is_confirmed) {
    EXPECT_EQ(rui.api.get(path)["enabled"], Json(false));
    begun();
    EXPECT_EQ(sign_in().status, 200) << "what was only begun keeps nobody out";

    const App app = switched_on();

    EXPECT_EQ(rui.api.get(path)["enabled"], Json(true));
    EXPECT_EQ(rui.api.get(path)["recoveryCodesLeft"], Json(10));
    EXPECT_EQ(codes.items().size(), 10u);
    EXPECT_EQ(sign_in().status, 401);
    EXPECT_EQ(sign_in().code(), "auth.code_required");
    EXPECT_EQ(sign_in("000000").code(), "auth.code_wrong");
    EXPECT_EQ(sign_in(app.code().insert(3, " ")).status, 200) << "as people type it";
    EXPECT_EQ(rui.api.post(path, {{"password", rui.password}}).code(), "second_factor.already_on");
}

TEST_F(SecondFactorTest, nobody_learns_of_it_without_the_password) {
    switched_on();
    Api anybody;

    const Reply reply =
        anybody.post("/api/v1/auth/login", {{"email", rui.email}, {"password", "outra-senha-1"}});

    EXPECT_EQ(reply.code(), "auth.wrong_credentials");
}

TEST_F(SecondFactorTest, a_code_works_once_also_for_two_at_once) {
    const App app = switched_on();
    const std::string code = app.code();
    std::atomic<int> let_in = 0;
    std::vector<std::thread> many;
    for (int i = 0; i < 4; ++i) {
        many.emplace_back([&] { let_in += sign_in(code).status == 200; });
    }
    for (std::thread& one : many) {
        one.join();
    }

    EXPECT_EQ(let_in, 1);
    EXPECT_EQ(sign_in(code).code(), "auth.code_wrong");
    EXPECT_EQ(sign_in(app.code(1)).status, 200);
}

TEST_F(SecondFactorTest, recovery_codes_let_in_once_each) {
    switched_on();
    const std::string code = codes.items().front().as_string();
    std::string typed = code;
    for (char& c : typed) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }

    EXPECT_EQ(sign_in(typed).status, 200);
    EXPECT_EQ(sign_in(code).code(), "auth.code_wrong");
    EXPECT_EQ(rui.api.get(path)["recoveryCodesLeft"], Json(9));
    const Reply renewed =
        rui.api.post(std::string(path) + "/recovery-codes", {{"password", rui.password}});
    ASSERT_EQ(renewed.status, 200) << renewed.shown();
    EXPECT_EQ(sign_in(codes.items()[1].as_string()).code(), "auth.code_wrong");
    EXPECT_EQ(sign_in(renewed["recoveryCodes"].items().front().as_string()).status, 200);
}

TEST_F(SecondFactorTest, guessing_ends_and_a_recovery_code_still_lets_in) {
    const App app = switched_on();
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(sign_in("000000").status, 401);
    }

    EXPECT_EQ(sign_in(app.code()).status, 429);
    EXPECT_EQ(sign_in(codes.items().front().as_string()).status, 200);
}

TEST_F(SecondFactorTest, is_switched_off_with_the_password_or_by_an_administrator) {
    switched_on();
    const std::string off = std::string(path) + "/disable";
    EXPECT_EQ(rui.api.post(off, {{"password", "outra"}}).problem("password"), "wrong");
    EXPECT_EQ(rui.api.post(off, {{"password", rui.password}}).status, 204);
    EXPECT_EQ(rui.api.post(off, {{"password", rui.password}}).code(), "second_factor.not_on");
    EXPECT_EQ(sign_in().status, 200);

    switched_on();
    const std::string of_rui = "/api/v1/users/" + rui.id + "/second-factor";
    Company other;
    EXPECT_EQ(other.api().send("DELETE", of_rui).status, 404);
    EXPECT_EQ(company.user("agent").api.send("DELETE", of_rui).status, 403);
    EXPECT_EQ(api.send("DELETE", of_rui).status, 204);
    EXPECT_EQ(sign_in().status, 200);
    EXPECT_EQ(api.send("DELETE", of_rui).code(), "second_factor.not_on");
}

TEST_F(SecondFactorTest, a_wrong_code_confirms_nothing_and_secrets_are_nowhere_in_clear) {
    const App app = begun();
    const Reply wrong = rui.api.post(std::string(path) + "/confirm", {{"code", "000000"}});
    EXPECT_EQ(wrong.problem("code"), "wrong_code") << wrong.shown();
    switched_on();

    const std::string stored =
        server().value("select string_agg(f::text, '') from second_factors f");
    EXPECT_THAT(stored, ::testing::Not(::testing::HasSubstr(base32(app.secret))));
    const std::string kept = server().value("select string_agg(digest, '') from recovery_codes");
    EXPECT_THAT(kept, ::testing::Not(::testing::HasSubstr(codes.items().front().as_string())));
    EXPECT_THAT(rui.api.get(path).text, ::testing::Not(::testing::HasSubstr("secret")));
}

}  // namespace
}  // namespace ponte::accounts
