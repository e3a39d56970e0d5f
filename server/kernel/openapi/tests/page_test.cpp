// The documentation for people.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "kernel/openapi/openapi.hpp"
#include "kernel/openapi/page.hpp"
#include "kernel/values/html.hpp"

namespace ponte::openapi {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> all_of(const std::string& html, const std::string& pattern) {
    const std::regex expression(pattern);
    std::vector<std::string> found;
    for (std::sregex_iterator at(html.begin(), html.end(), expression), end; at != end; ++at) {
        found.push_back((*at)[1]);
    }
    return found;
}

Json document_of_nothing(Language language) {
    const std::vector<std::unique_ptr<Route>> routes;
    const records::Catalogue entities;
    return document(Declared{routes, entities}, language);
}

TEST(PageTest, both_languages_of_the_guide_have_the_same_sections_and_examples) {
    const std::string pt = guide_html(Language::pt), en = guide_html(Language::en);

    EXPECT_EQ(all_of(pt, "<h3 id=\"([a-z]+)\">"), all_of(en, "<h3 id=\"([a-z]+)\">"));
    EXPECT_EQ(all_of(pt, "(<div class=\"code\">)").size(),
              all_of(en, "(<div class=\"code\">)").size());
}

TEST(PageTest, the_guide_tells_the_operators_of_each_type) {
    const std::string guide = guide_html(Language::en);

    EXPECT_THAT(guide, HasSubstr("<code>last_days</code>"));
    EXPECT_THAT(guide, HasSubstr("<code>has_any</code>"));
    EXPECT_THAT(guide, Not(HasSubstr("<!--")));
}

TEST(PageTest, every_link_of_the_page_has_its_place_and_no_place_is_there_twice) {
    for (const Language language : {Language::pt, Language::en}) {
        SCOPED_TRACE(language_code(language));

        const std::string html = page(document_of_nothing(language), language);

        std::set<std::string> places;
        for (const std::string& id : all_of(html, " id=\"([^\"]+)\"")) {
            EXPECT_TRUE(places.insert(id).second) << id;
        }
        for (const std::string& link : all_of(html, "href=\"#([^\"]+)\"")) {
            EXPECT_TRUE(places.contains(link)) << link;
        }
    }
}

TEST(PageTest, text_from_declarations_is_never_taken_as_html) {
    EXPECT_EQ(escaped_html("<b>\"&"), "&lt;b&gt;&quot;&amp;");
    EXPECT_EQ(with_code("a `<x>` b"), "a <code>&lt;x&gt;</code> b");
    EXPECT_EQ(with_code("`open"), "<code>open</code>");
}

TEST(PageTest, an_example_is_what_the_schema_would_take) {
    const Json schema = Json::parse(
        R"({"type":"object","properties":{"id":{"type":"string","format":"uuid"},
            "state":{"type":"string","enum":["afloat","ashore"]},
            "deletedAt":{"type":["string","null"],"format":"date-time"},
            "tags":{"type":"array","items":{"type":"string"}},
            "limit":{"type":"integer","minimum":5}}})");

    const Json example = example_of(Json::object(), schema);

    EXPECT_EQ(example["state"], Json("afloat"));
    EXPECT_EQ(example["tags"], Json::array({"vip"}));
    EXPECT_EQ(example["limit"], Json(5));
    EXPECT_EQ(example.find("deletedAt"), nullptr);
}

TEST(PageTest, a_schema_that_contains_itself_has_an_end) {
    const Json document = Json::parse(
        R"({"components":{"schemas":{"Knot":{"type":"object",
            "properties":{"inner":{"$ref":"#/components/schemas/Knot"}}}}}})");

    const Json schema = Json::object({{"$ref", "#/components/schemas/Knot"}});

    EXPECT_LT(example_of(document, schema).dump().size(), 1'000u);
}

}  // namespace
}  // namespace ponte::openapi
