#include "kernel/work/bulk.hpp"

#include <gtest/gtest.h>

namespace ponte::records {
namespace {

constexpr Field label_fields[] = {text("name").required()};
constexpr Entity label{.name = "label", .table = "labels", .fields = label_fields};
constexpr Field thing_fields[] = {
    text("name").required(),
    email("email").unique(),
    choice("status", "new | old").starts_as("new"),
    tags("labels", "label"),
};
constexpr Entity thing{.name = "thing", .table = "things", .fields = thing_fields};
static_assert(valid(label) && valid(thing));

struct BulkValuesTest : ::testing::Test {
    BulkValuesTest() {
        catalogue.add(label);
        catalogue.add(thing);
    }
    BulkValues read(const char* given) {
        return read_bulk_values(kind(), facts, Json::parse(given), Locale{}, problems);
    }
    const Kind& kind() const { return catalogue.get("thing"); }

    Catalogue catalogue;
    TenantFacts facts;
    Problems problems;
};

TEST_F(BulkValuesTest, take_labels_in_three_ways) {
    struct {
        const char *given, *before, *after;
    } rows[] = {
        {R"({"labels": ["b"]})", R"(["a"])", R"(["b"])"},
        {R"({"labels": {"add": ["b"], "remove": ["a"]}})", R"(["a","c"])", R"(["c","b"])"},
        {R"({"addLabels": ["b"]})", R"(["a"])", R"(["a","b"])"},
        {R"({"addLabels": ["A"]})", R"(["a"])", R"(["a"])"},
        {R"({"removeLabels": ["A"]})", R"(["a"])", "[]"},
        {R"({"labels": ["b"], "addLabels": ["c"]})", R"(["a"])", R"(["b","c"])"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.given);
        problems = {};

        // What the job reads is what the request has stored.
        const BulkValues values = bulk_values_from(kind(), stored(read(row.given)));
        const Json record = Json::object({{"labels", Json::parse(row.before)}});

        EXPECT_TRUE(problems.empty());
        EXPECT_EQ(values_for(values, record).find("labels")->dump(), row.after);
    }
}

TEST_F(BulkValuesTest, leave_alone_what_is_not_named) {
    const BulkValues values = read(R"({"status": "old"})");

    const Values one = values_for(values, Json::parse(R"({"labels": ["a"], "name": "x"})"));

    EXPECT_EQ(one.list.size(), 1U);
    EXPECT_EQ(one.find("status")->as_string(), "old");
}

TEST_F(BulkValuesTest, name_everything_that_is_wrong_at_once) {
    read(R"({"status": "lost", "colour": 1, "email": "a@b.co", "addLabels": "vip", "name": null})");

    std::vector<std::string> told;
    for (const FieldProblem& problem : problems) {
        told.push_back(problem.field + " " + problem.code);
    }
    const std::vector<std::string> expected{"addLabels type", "colour unknown", "name required",
                                            "status not_an_option", "email not_allowed"};
    EXPECT_EQ(told, expected);
}

}  // namespace
}  // namespace ponte::records
