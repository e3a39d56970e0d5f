#include "kernel/json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "kernel/error.hpp"

namespace ponte {
namespace {

Error refusal_of(std::string_view text) {
    try {
        Json::parse(text);
    } catch (const Error& error) {
        return error;
    }
    return Error(200, "accepted");
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(JsonTest, what_was_read_is_written_again) {
    for (const std::string text : {
             "null",
             "true",
             "-7",
             "9223372036854775807",
             "-9223372036854775808",
             "0.5",
             "\"Açaí ✓ 👍\"",
             "[]",
             "{}",
             R"({"b":1,"a":[true,null,{"c":"d"}],"":""})",
             R"("\"\\\n\r\t\u0001")",
         }) {
        EXPECT_EQ(Json::parse(text).dump(), text);
    }
}

TEST(JsonTest, whole_numbers_stay_exact_and_others_stay_others) {
    EXPECT_TRUE(Json::parse("12").is_integer());
    EXPECT_FALSE(Json::parse("12.0").is_integer());
    EXPECT_EQ(Json::parse("12.0").as_integer(), 12);
    EXPECT_EQ(Json::parse("12.5").as_integer(-1), -1);
    EXPECT_EQ(Json(2.0).dump(), "2.0");
    EXPECT_EQ(Json(0.1).dump(), "0.1");
    EXPECT_TRUE(Json::parse("18446744073709551615").is_number());
    EXPECT_FALSE(Json::parse("18446744073709551615").is_integer());
    EXPECT_EQ(Json::parse("1e300").as_integer(-1), -1);
}

TEST(JsonTest, has_no_word_for_what_is_no_number) {
    EXPECT_EQ(Json(std::nan("")).dump(), "null");
    EXPECT_EQ(Json(std::numeric_limits<double>::infinity()).dump(), "null");
}

TEST(JsonTest, refuses_what_is_none) {
    for (const std::string text :
         {"", " ", "{", "[1,]", "{\"a\":1,}", "nul", "'a'", "1 2", "[1}", "\"a", "{\"a\"}", "01",
          "+1", "NaN", "\"\\x\"", "// a\n1", "\"\x01\""}) {
        const Error error = refusal_of(text);
        EXPECT_EQ(error.status, 400) << text;
        EXPECT_EQ(error.code, "json") << text;
    }
}

TEST(JsonTest, says_where_it_stopped) {
    const Error error = refusal_of(R"({"a": tru)");

    EXPECT_GE(error.params["offset"].as_integer(), 6);
}

TEST(JsonTest, refuses_bytes_that_are_no_utf8) {
    EXPECT_EQ(refusal_of("\"\xff\"").code, "json");
    EXPECT_EQ(refusal_of("\"\xc3\"").code, "json");
    EXPECT_EQ(refusal_of(R"("\ud800")").code, "json");
}

TEST(JsonTest, depth_is_bounded) {
    EXPECT_EQ(refusal_of(nested(60)).status, 200);
    EXPECT_EQ(refusal_of(nested(100)).status, 400);
    EXPECT_EQ(refusal_of(nested(1'000'000)).status, 400);
}

TEST(JsonTest, the_last_of_repeated_members_counts) {
    EXPECT_EQ(Json::parse(R"({"a":1,"b":2,"a":3})").dump(), R"({"b":2,"a":3})");
}

TEST(JsonTest, a_hundred_thousand_members_are_read_in_no_time) {
    std::string text = "{";
    for (int i = 0; i < 100'000; ++i) {
        text += "\"k" + std::to_string(i) + "\":0,";
    }
    text.back() = '}';

    EXPECT_EQ(Json::parse(text).members().size(), 100'000u);
}

TEST(JsonTest, readers_fall_back_instead_of_failing) {
    const Json json = Json::parse(R"({"text":"a","list":[1]})");

    EXPECT_EQ(json["text"].as_integer(7), 7);
    EXPECT_TRUE(json["text"].as_bool(true));
    EXPECT_EQ(json["list"].as_string(), "");
    EXPECT_TRUE(json["absent"]["deeper"].is_null());
    EXPECT_TRUE(json["text"].items().empty());
    EXPECT_EQ(json.find("absent"), nullptr);
}

TEST(JsonTest, members_are_set_replaced_and_erased_in_their_order) {
    Json json = Json::object({{"a", 1}, {"b", 2}});

    json.set("a", "x").set("c", Json::array());
    json.erase("b");
    json.erase("absent");

    EXPECT_EQ(json.dump(), R"({"a":"x","c":[]})");
}

TEST(JsonTest, becomes_what_is_written_into_it) {
    Json list = "text", object;

    list.push(1);
    object.set("a", nullptr);

    EXPECT_EQ(list.dump(), "[1]");
    EXPECT_EQ(object.dump(), R"({"a":null})");
}

}  // namespace
}  // namespace ponte
