#include "kernel/values/field_type.hpp"

#include <gtest/gtest.h>

#include <set>

namespace ponte {
namespace {

TEST(FieldTypeTest, stands_at_the_place_of_its_type) {
    std::set<std::string_view> names;

    for (std::size_t i = 0; i < field_types.size(); ++i) {
        const FieldType& type = *field_types[i];
        SCOPED_TRACE(type.name);
        EXPECT_EQ(type.type, static_cast<Type>(i));
        EXPECT_EQ(parse_type(type.name), type.type);
        EXPECT_TRUE(names.insert(type.name).second);
        EXPECT_TRUE(type.other_name.empty() || parse_type(type.other_name) == type.type);
    }
    EXPECT_EQ(parse_type(""), std::nullopt);
    EXPECT_EQ(parse_type("multiselect"), Type::choices);
}

TEST(FieldTypeTest, says_everything_that_its_readers_rely_on) {
    for (const FieldType* type : field_types) {
        SCOPED_TRACE(type->name);
        EXPECT_TRUE(type->of_typed);
        EXPECT_EQ(type->compared == Compared::not_at_all, is_structured(type->type));
        EXPECT_EQ(type->has_column(), type->points != Points::to_parts);
        // Sets travel as arrays, and where one value is compared its SQL type is the cast.
        EXPECT_EQ(type->is_set(), type->sql.ends_with("[]"));
        EXPECT_EQ(type->is_set(), type->sent == Sent::texts);
        EXPECT_EQ(type->compared == Compared::as_set, type->is_set());
        EXPECT_EQ(type->is_list, type->schema == "array");
        // What is read from JSON otherwise than as a string is told otherwise there, too.
        EXPECT_EQ(type->of_json != nullptr, type->schema != "string" || type->is_sealed);
        EXPECT_TRUE(type->target.empty() || type->points == Points::to_one ||
                    type->points == Points::to_file);
        EXPECT_EQ(type->points == Points::to_file, type->compared == Compared::by_presence);
        EXPECT_TRUE(type->bounded == Bounded::by_length || type->longest_custom == INT64_MAX);
        EXPECT_TRUE(!type->in_custom_fields || type->shown);
    }
}

TEST(FieldTypeTest, finds_what_means_the_same_by_one_key) {
    EXPECT_EQ(match_key(Type::phone, "+551187654321"), match_key(Type::phone, "+5511987654321"));
    EXPECT_EQ(match_key(Type::document, "12345678909"), "12345678909");
}

}  // namespace
}  // namespace ponte
