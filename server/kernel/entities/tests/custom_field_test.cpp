#include "kernel/entities/custom_field.hpp"

#include <gtest/gtest.h>

#include <set>

#include "kernel/entities/catalogue.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

TEST(CustomFieldKeyTest, is_made_of_the_name) {
    struct {
        const char *name, *key;
    } rows[] = {
        {"Data de instalação", "data_de_instalacao"},
        {"  Plano / Velocidade (Mbps) ", "plano_velocidade_mbps"},
        {"2ª via", "field_2_via"},
        {"!!!", "field"},
        {"日本", "field"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);

        EXPECT_EQ(key_from_name(row.name, {}), row.key);
    }
}

TEST(CustomFieldKeyTest, is_numbered_when_taken_and_never_too_long) {
    EXPECT_EQ(key_from_name("Plano", {"plano"}), "plano_2");
    EXPECT_EQ(key_from_name("Plano", {"plano", "plano_2"}), "plano_3");
    EXPECT_LE(key_from_name(std::string(100, 'a'), {std::string(59, 'a')}).size(), 63U);
}

TEST(CustomFieldTypesTest, are_those_whose_descriptions_allow_it) {
    std::set<std::string_view> offered, allowed;

    for (const Field& field : custom_field_entity.fields) {
        for (const auto name : split_options(field.name == "type" ? field.options : "")) {
            offered.insert(name);
        }
    }
    for (const FieldType* type : field_types) {
        if (type->may_be_custom) {
            allowed.insert(type->other_name.empty() ? type->name : type->other_name);
        }
    }

    EXPECT_EQ(offered, allowed);
}

TEST(CustomFieldOptionsTest, belong_to_choices_only) {
    Problems problems;

    const Json options =
        checked_options(Json::array({" Ouro ", "Prata", "Ouro", ""}), Type::choice, problems);
    const Json none = checked_options(Json::array({"Ouro"}), Type::text, problems);

    EXPECT_EQ(options.dump(), R"(["Ouro","Prata"])");
    EXPECT_EQ(none.dump(), "[]");
    EXPECT_TRUE(problems.empty());
}

TEST(CustomFieldOptionsTest, are_needed_by_choices) {
    Problems problems;

    checked_options(Json::array(), Type::choices, problems);

    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems.front().field, "options");
    EXPECT_EQ(problems.front().code, "required");
}

}  // namespace
}  // namespace ponte::records
