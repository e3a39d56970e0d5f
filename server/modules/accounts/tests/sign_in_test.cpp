#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "kernel/people.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::accounts {
namespace {

using testing::Api;
using testing::Company;
using testing::Person;
using testing::Reply;

constexpr const char* password = "uma-senha-bem-longa-1";

Json registration(const std::string& email) {
    return Json::object({{"company", testing::unique_name("Padaria São João")},
                         {"name", "Ana Souza"},
                         {"email", email},
                         {"password", password}});
}

Reply sign_in(const std::string& email, const std::string& with) {
    Api api;
    return api.post("/api/v1/auth/login", {{"email", email}, {"password", with}});
}

TEST(RegisterTest, registering_opens_a_company_with_its_first_administrator) {
    const std::string email = testing::unique_email();
    Api api;

    const Reply reply = api.post("/api/v1/auth/register", registration(email));

    ASSERT_EQ(reply.status, 201) << reply.shown();
    EXPECT_EQ(reply["tokenType"], Json("Bearer"));
    EXPECT_GT(reply["expiresIn"].as_integer(), 0);
    EXPECT_FALSE(reply["refreshToken"].as_string().empty());
    EXPECT_EQ(reply["user"]["email"], Json(email));
    EXPECT_EQ(reply["user"]["role"], Json("admin"));
    EXPECT_EQ(reply["tenant"]["timezone"], Json("America/Sao_Paulo"));
    Api mine(reply["accessToken"].as_string());
    EXPECT_EQ(mine.get("/api/v1/auth/me")["user"]["id"], reply["user"]["id"]);
    EXPECT_EQ(mine.get("/api/v1/users").data().items().size(), 1u);
}

TEST(RegisterTest, a_password_that_guessers_try_first_is_refused) {
    const char* const weak[] = {"12345678",  "password",      "        ",   "senha123",
                                "aaaaaaaa",  "Password2026!", "qwertyuiop", "87654321",
                                "abcabcabc", "flamengo10"};
    Api api;
    for (const char* one : weak) {
        SCOPED_TRACE(one);
        Json input = registration(testing::unique_email());
        input.set("password", one);

        EXPECT_EQ(api.post("/api/v1/auth/register", input).problem("password"), "weak");
    }
}

TEST(RegisterTest, everything_that_is_wrong_is_said_at_once) {
    Api api;
    const Reply reply =
        api.post("/api/v1/auth/register",
                 {{"company", ""}, {"name", "A"}, {"email", "ana"}, {"password", "curta"}});

    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.problem("company"), "required");
    EXPECT_EQ(reply.problem("name"), "too_short");
    EXPECT_EQ(reply.problem("email"), "format");
    EXPECT_EQ(reply.problem("password"), "too_short");
}

TEST(RegisterTest, an_attempt_that_would_fail_anyway_does_not_tell_who_is_known) {
    Company company;
    Api api;
    Json input = registration(company.admin().email);
    input.set("company", "");

    const Reply reply = api.post("/api/v1/auth/register", input);

    EXPECT_EQ(reply.problem("company"), "required");
    EXPECT_EQ(reply.problem("email"), "") << reply.shown();
}

TEST(RegisterTest, who_is_known_is_told_no_more_often_than_a_password_may_be_tried) {
    Company company;
    Api api;
    const Json input = registration(company.admin().email);
    Reply reply;
    for (std::size_t i = 0; i < auth::GuessLimits::failures_per_account; ++i) {
        reply = api.post("/api/v1/auth/register", input);
    }

    const Reply refused = api.post("/api/v1/auth/register", input);

    EXPECT_EQ(reply.problem("email"), "taken") << reply.shown();
    EXPECT_EQ(refused.status, 429) << refused.shown();
    EXPECT_EQ(sign_in(company.admin().email, company.admin().password).status, 200);
}

TEST(RegisterTest, one_email_opens_one_company_even_when_two_ask_at_once) {
    const std::string email = testing::unique_email();
    testing::server();  // its database ends with the thread that started it
    std::atomic<int> opened = 0, taken = 0, slowed = 0;
    std::vector<std::thread> people;
    for (int i = 0; i < 8; ++i) {
        people.emplace_back([&] {
            Api api;
            const Reply reply = api.post("/api/v1/auth/register", registration(email));
            opened += reply.status == 201;
            taken += reply.status == 422 && reply.problem("email") == "taken";
            slowed += reply.status == 429;
        });
    }
    for (auto& person : people) {
        person.join();
    }

    EXPECT_EQ(opened, 1);
    EXPECT_EQ(taken + slowed, 7);
    EXPECT_GE(taken, static_cast<int>(auth::GuessLimits::failures_per_account));
    EXPECT_EQ(testing::server().number("select count(*) from users where email = $1", {email}), 1);
}

TEST(LoginTest, the_right_password_signs_in_whatever_the_case_of_the_email) {
    Company company;
    std::string shouted = company.admin().email;
    for (char& c : shouted) {
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }

    EXPECT_EQ(sign_in(company.admin().email, company.admin().password).status, 200);
    EXPECT_EQ(sign_in(shouted, company.admin().password).status, 200);
}

TEST(LoginTest, a_device_that_was_here_before_is_not_slowed_by_strangers) {
    Company company;
    const Person& ana = company.admin();
    const std::string device = sign_in(ana.email, ana.password)["deviceToken"].as_string();
    Reply stranger;
    for (int i = 0; i < 6; ++i) {
        stranger = sign_in(ana.email, "um palpite de alguém");
    }
    const auto from_her_device = [&](const std::string& with) {
        return Api().post("/api/v1/auth/login",
                          {{"email", ana.email}, {"password", with}, {"deviceToken", device}});
    };

    EXPECT_EQ(stranger.status, 429);
    EXPECT_EQ(from_her_device("quase a senha").status, 401);
    EXPECT_EQ(from_her_device(ana.password).status, 200);
}

TEST(LoginTest, unknown_people_and_wrong_passwords_get_the_same_answer) {
    Company company;

    const Reply wrong = sign_in(company.admin().email, "não é esta senha");
    const Reply unknown = sign_in(testing::unique_email(), "não é esta senha");

    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(wrong.code(), "auth.wrong_credentials");
    EXPECT_EQ(unknown.code(), wrong.code());
    EXPECT_EQ(unknown["title"], wrong["title"]);
}

// D: limits against guessing never lock out somebody who types the right password.
TEST(LoginTest, thirty_two_right_passwords_at_once_all_succeed) {
    Company company;
    const std::string email = company.admin().email, right = company.admin().password;
    std::atomic<int> signed_in = 0;
    std::vector<std::thread> people;
    for (int i = 0; i < 32; ++i) {
        people.emplace_back([&] { signed_in += sign_in(email, right).status == 200; });
    }
    for (auto& person : people) {
        person.join();
    }

    EXPECT_EQ(signed_in, 32);
}

TEST(LoginTest, a_guesser_is_told_to_wait_and_the_owner_still_gets_in) {
    Company company;
    const std::string email = company.admin().email;
    Reply last;
    for (int i = 0; i < 7; ++i) {
        last = sign_in(email, "chute-" + std::to_string(i));
    }

    EXPECT_EQ(last.status, 429) << last.shown();
    EXPECT_FALSE(last.header("retry-after").empty());
    EXPECT_EQ(sign_in(email, company.admin().password).status, 200);
}

// 26: what any web page may make a browser send shuts nobody out.
TEST(LoginTest, junk_and_other_sites_use_up_nobodys_attempts) {
    Settings settings = testing::Server::usual_settings();
    settings.rate_limit = true;
    testing::Server limited(settings);
    Api page({}, limited.url()), person({}, limited.url());
    page.with("Sec-Fetch-Site", "cross-site");
    constexpr int more_than_the_limit = 601;

    for (int i = 0; i < more_than_the_limit; ++i) {
        ASSERT_EQ(page.post("/api/v1/auth/login", {"a=b", "text/plain"}).status, 415);
        ASSERT_EQ(page.post("/api/v1/auth/login").code(), "cross_site");
    }

    EXPECT_EQ(person.post("/api/v1/auth/login", Json::object()).status, 422);
}

TEST(LoginTest, used_up_attempts_keep_nobody_from_renewing_or_signing_out) {
    Settings settings = testing::Server::usual_settings();
    settings.rate_limit = true;
    testing::Server limited(settings);
    Api person({}, limited.url());
    int status = 0;
    for (int i = 0; i < 601; ++i) {
        status = person.post("/api/v1/auth/login", Json::object()).status;
    }
    ASSERT_EQ(status, 429);

    EXPECT_EQ(person.post("/api/v1/auth/refresh", {{"refreshToken", "nada"}}).status, 401);
    EXPECT_EQ(person.post("/api/v1/auth/logout", {{"refreshToken", "nada"}}).status, 401);
}

TEST(LoginTest, what_is_missing_is_named_and_strange_input_is_refused) {
    Api api;
    const Reply empty = api.post("/api/v1/auth/login", Json::object());
    EXPECT_EQ(empty.status, 422);
    EXPECT_EQ(empty.problem("email"), "required");
    EXPECT_EQ(empty.problem("password"), "required");
    EXPECT_EQ(api.post("/api/v1/auth/login", {"[1]", "application/json"}).status, 400);
    EXPECT_EQ(api.post("/api/v1/auth/login", {"{", "application/json"}).status, 400);
    EXPECT_EQ(api.post("/api/v1/auth/login", {"a=b", "text/plain"}).status, 415);
    const Reply huge = sign_in(testing::unique_email(), std::string(5'000, 'x'));
    EXPECT_EQ(huge.status, 429) << huge.shown();
}

}  // namespace
}  // namespace ponte::accounts
