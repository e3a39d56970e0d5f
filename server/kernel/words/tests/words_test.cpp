#include "kernel/words.hpp"

#include <gtest/gtest.h>

#include "kernel/error.hpp"
#include "kernel/values.hpp"

namespace ponte {
namespace {

TEST(Words, are_complete_in_both_languages) { EXPECT_EQ(Words::all().defects(), ""); }

TEST(Words, name_every_type) {
    for (int i = 0; i <= static_cast<int>(Type::json); ++i) {
        const std::string key = "type." + std::string(type_name(static_cast<Type>(i)));
        EXPECT_TRUE(Words::all().has(key)) << key;
    }
}

TEST(Words, follow_the_language_of_the_reader) {
    EXPECT_EQ(Words::all().text(Language::pt, "error.required"), "Campo obrigatório");
    EXPECT_EQ(Words::all().text(Language::en, "error.required"), "This field is required");
}

TEST(Words, take_parameters) {
    const Json params = Json::object({{"limit", 150}, {"allowed", Json::array({"a", "b"})}});

    EXPECT_EQ(Words::all().format(Language::pt, "error.too_long", params),
              "Use no máximo 150 caracteres");
    EXPECT_EQ(Words::all().format(Language::en, "error.not_an_option", params),
              "Choose one of: a, b");
    EXPECT_EQ(Words::all().format(Language::en, "error.too_long", Json::object()),
              "Use at most {limit} characters");
}

TEST(Words, that_nobody_wrote_are_made_readable) {
    EXPECT_EQ(Words::all().text(Language::pt, "no.such.conversion_rate"), "Conversion rate");
    EXPECT_EQ(Words::all().find(Language::pt, "no.such.conversion_rate"), "");
}

TEST(Languages, are_taken_from_the_header_of_browsers) {
    struct {
        const char* header;
        Language language;
    } rows[] = {
        {"", Language::pt},
        {"pt-BR", Language::pt},
        {"en", Language::en},
        {"en-US,en;q=0.9,pt;q=0.8", Language::en},
        {"pt-BR,pt;q=0.9,en;q=0.8", Language::pt},
        {"de-DE, fr;q=0.9, EN-gb;q=0.5", Language::en},
        {"de", Language::pt},
        {",,;;", Language::pt},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.header);
        EXPECT_EQ(parse_language(row.header), row.language);
    }
}

TEST(Problems, tell_all_fields_in_the_language_of_the_reader) {
    Error error(422, "validation");
    error.fields.push_back({"email", "taken", Json::object(), {}});
    error.fields.push_back({"customFields.plano", "too_long", Json::object({{"limit", 5}}), {}});
    error.fields.push_back({"name", "no_word_for_this", Json::object(), {}});

    const Json body = Json::parse(problem_json(error, Language::pt, "01J", "thing"));

    EXPECT_EQ(body["type"].as_string(), "/problems/validation");
    EXPECT_EQ(body["status"].as_integer(), 422);
    EXPECT_EQ(body["title"].as_string(), "Confira os campos destacados");
    EXPECT_EQ(body["requestId"].as_string(), "01J");
    ASSERT_EQ(body["errors"].items().size(), 3u);
    EXPECT_EQ(body["errors"].items()[0]["message"].as_string(), "Já está em uso");
    EXPECT_EQ(body["errors"].items()[1]["message"].as_string(), "Use no máximo 5 caracteres");
    EXPECT_EQ(body["errors"].items()[2]["message"].as_string(), "Valor inválido");
}

TEST(Problems, without_words_of_their_own_are_told_by_kind_or_status) {
    const auto title = [](int status, const char* code) {
        return Json::parse(problem_json(Error(status, code), Language::en, "01J"))["title"]
            .as_string();
    };
    EXPECT_EQ(title(404, "thing.not_found"), "Not found");
    EXPECT_EQ(title(409, "thing.odd"), "The record is no longer in the expected state");
    EXPECT_EQ(title(418, "teapot"), "Something went wrong on our side");
}

}  // namespace
}  // namespace ponte
