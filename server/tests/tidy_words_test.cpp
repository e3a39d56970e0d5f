// Every text that a person reads of an entity stands in words.json: what nobody wrote would be
// shown as a name of a program.
#include <gtest/gtest.h>

#include "kernel/entities/catalogue.hpp"
#include "kernel/testing/server.hpp"
#include "kernel/words.hpp"
#include "tests/sources.hpp"

namespace ponte::tidy {
namespace {

bool is_written(const std::string& own, const std::string& general) {
    return Words::all().has(own) || Words::all().has(general);
}

void add_missing(const Entity& entity, const Field& field, Findings& missing) {
    const std::string name(field.name), own = std::string(entity.name) + "." + name;
    if (!is_written(own, "field." + name)) {
        missing.push_back(own);
    }
    for (const std::string_view option : records::split_options(field.options)) {
        const std::string word = "." + std::string(option);
        if (!is_written(own + word, name + word)) {
            missing.push_back(own + word);
        }
    }
}

TEST(TidyWordsTest, every_text_stands_in_both_languages) {
    EXPECT_EQ(Words::all().defects(), "")
        << "How to put it right: complete the words.json that has "
           "the key, in pt and en.";
}

TEST(TidyWordsTest, every_entity_field_option_and_action_has_its_words) {
    Findings missing;
    for (const auto& kind : testing::server().services().entities().all()) {
        const Entity& entity = *kind->entity;
        const std::string name(entity.name);
        for (const std::string& key : {name, name + ".plural"}) {
            if (!Words::all().has(key)) {
                missing.push_back(key);
            }
        }
        for (const Field& field : entity.fields) {
            add_missing(entity, field, missing);
        }
        for (const Action& action : entity.actions) {
            const std::string key = name + ".action." + std::string(action.name);
            if (!Words::all().has(key)) {
                missing.push_back(key);
            }
        }
    }

    expect_none(missing, "write these keys into the words.json beside the entity, in pt and en.");
}

}  // namespace
}  // namespace ponte::tidy
