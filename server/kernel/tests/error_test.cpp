#include "kernel/error.hpp"

#include <gtest/gtest.h>

#include "kernel/words.hpp"

namespace ponte {
namespace {

struct Named {
    const char* name;
    Error error;
    int status;
    const char* code;
};

TEST(ErrorTest, every_kind_has_its_status_and_code) {
    for (const Named& one : std::vector<Named>{
             {"invalid", invalid("email", "format"), 422, "validation"},
             {"bad_request", bad_request("json"), 400, "json"},
             {"not_found", not_found("lead"), 404, "lead.not_found"},
             {"conflict", conflict("lead.already_converted"), 409, "lead.already_converted"},
             {"forbidden", forbidden(), 403, "forbidden"},
             {"unauthenticated", unauthenticated(), 401, "unauthenticated"},
             {"version_mismatch", version_mismatch(), 412, "version_mismatch"},
             {"too_many_requests", too_many_requests(7), 429, "rate_limited"},
         }) {
        SCOPED_TRACE(one.name);
        EXPECT_EQ(one.error.status, one.status);
        EXPECT_EQ(one.error.code, one.code);
        EXPECT_STREQ(one.error.what(), one.error.code.c_str());
    }
    EXPECT_EQ(limit_reached("users").status, 402);
    EXPECT_EQ(unavailable("d4sign").status, 503);
    EXPECT_EQ(bad_parameter("page", "range").status, 400);
    EXPECT_EQ(too_many_requests(7).retry_after_s, 7);
}

TEST(ErrorTest, problems_of_fields_are_told_together) {
    Problems problems;
    problems.push_back({"email", "format", Json::object(), {}});
    problems.push_back({"name", "too_long", Json::object({{"limit", 150}}), {}});

    const Json body = Json::parse(problem_json(invalid(problems), Language::pt, "r-1"));

    EXPECT_EQ(body["status"].as_integer(), 422);
    EXPECT_EQ(body["code"].as_string(), "validation");
    EXPECT_EQ(body["type"].as_string(), "/problems/validation");
    EXPECT_EQ(body["requestId"].as_string(), "r-1");
    ASSERT_EQ(body["errors"].items().size(), 2u);
    EXPECT_EQ(body["errors"].items()[0]["field"].as_string(), "email");
    EXPECT_EQ(body["errors"].items()[1]["message"].as_string(), "Use no máximo 150 caracteres");
}

TEST(ErrorTest, of_very_many_problems_the_first_are_told_and_all_are_counted) {
    Problems problems;
    for (std::size_t i = 0; i < 500'000; ++i) {
        problems.push_back({"f" + std::to_string(i), "unknown", Json::object(), {}});
    }

    const Json body = Json::parse(problem_json(invalid(std::move(problems)), Language::en, "r"));

    EXPECT_EQ(body["errors"].items().size(), Problems::most_told);
    EXPECT_EQ(body["errors"].items()[99]["field"].as_string(), "f99");
    EXPECT_EQ(body["errorCount"].as_integer(), 500'000);
}

TEST(ErrorTest, every_status_has_a_title_in_both_languages) {
    for (const int status : {400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 412, 413,
                             414, 415, 422, 428, 429, 431, 500, 501, 502, 503, 504}) {
        const Error error(status, "no.such.code_" + std::to_string(status));
        const Json pt = Json::parse(problem_json(error, Language::pt, "r"));
        const Json en = Json::parse(problem_json(error, Language::en, "r"));
        EXPECT_NE(pt["title"].as_string(), "") << status;
        EXPECT_NE(en["title"].as_string(), "") << status;
        EXPECT_NE(pt["title"].as_string(), en["title"].as_string()) << status;
    }
}

TEST(ErrorTest, what_came_from_outside_cannot_break_the_answer) {
    const Error error = invalid("a\"b\n", "no\\such", Json::object({{"value", "\x01\""}}));

    const Json body = Json::parse(problem_json(error, Language::en, "\"r\""));

    EXPECT_EQ(body["errors"].items()[0]["field"].as_string(), "a\"b\n");
    EXPECT_EQ(body["requestId"].as_string(), "\"r\"");
}

}  // namespace
}  // namespace ponte
