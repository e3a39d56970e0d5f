#include "kernel/records/input.hpp"

#include <gtest/gtest.h>

#include "kernel/error.hpp"
#include "kernel/records/record.hpp"

namespace ponte {
namespace {

std::optional<std::int64_t> version_in(const char* if_match) {
    http::Request request;
    if (if_match) {
        request.headers.emplace_back("if-match", if_match);
    }
    return expected_version(request);
}

TEST(IfMatchTest, names_the_version_that_the_writer_saw) {
    EXPECT_EQ(version_in("\"7\""), 7);
    EXPECT_EQ(version_in("W/\"7\""), 7);
    EXPECT_EQ(version_in("7"), 7);
    EXPECT_EQ(version_in("\"123456789012\""), 123456789012);
}

TEST(IfMatchTest, is_no_condition_when_absent_or_any) {
    EXPECT_EQ(version_in(nullptr), std::nullopt);
    EXPECT_EQ(version_in("*"), std::nullopt);
}

TEST(IfMatchTest, matches_nothing_when_it_is_no_version_of_ours) {
    for (const char* text :
         {"\"abc\"", "\"\"", "\"7\", \"8\"", "\"7", "7x", "\"99999999999999999999\"", "-"}) {
        SCOPED_TRACE(text);

        try {
            version_in(text);
            ADD_FAILURE() << "was taken";
        } catch (const Error& error) {
            EXPECT_EQ(error.status, 412);
        }
    }
}

TEST(SameValueTest, sets_have_no_order_and_objects_neither) {
    using records::same_value;
    const auto json = [](const char* text) { return Json::parse(text); };

    EXPECT_TRUE(same_value(Type::tags, json(R"(["VIP","a"])"), json(R"(["a","vip"])")));
    EXPECT_FALSE(same_value(Type::tags, json(R"(["vip"])"), json(R"(["vip","a"])")));
    EXPECT_TRUE(same_value(Type::json, json(R"({"a":1,"b":{"c":2,"d":3}})"),
                           json(R"({"b":{"d":3,"c":2},"a":1})")));
    EXPECT_FALSE(same_value(Type::json, json("[1,2]"), json("[2,1]")));
    EXPECT_FALSE(same_value(Type::text, json("\"A\""), json("\"a\"")));
}

}  // namespace
}  // namespace ponte
