#include <gtest/gtest.h>

#include "kernel/values.hpp"

namespace ponte {
namespace {

TEST(Folded, text_has_no_case_no_accents_and_single_blanks) {
    struct {
        const char *text, *folded;
    } rows[] = {
        {"  João   da Silva ", "joao da silva"},
        {"ÍRIS", "iris"},
        {"AÇÃO", "acao"},
        {"Straße", "strasse"},
        {"Ærø", "aero"},
        {"Łódź", "lodz"},
        {"Nguyễn", "nguyen"},
        {"e\xCC\x81", "e"},
        {"Ñandú", "nandu"},
        {"İstanbul", "istanbul"},
        {"МОСКВА", "москва"},
        {"日本", "日本"},
        {"a\xC2\xA0 b", "a b"},
        {"😀 Oi", "😀 oi"},
        {"", ""},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.text);
        EXPECT_EQ(folded(row.text), row.folded);
    }
}

TEST(Folded, survives_text_that_is_no_utf8) {
    EXPECT_NO_FATAL_FAILURE(folded("\xC3"));
    EXPECT_NO_FATAL_FAILURE(folded("\xF0\x9F"));
    EXPECT_NO_FATAL_FAILURE(folded("a\xFF\x80z"));
}

TEST(Utf8, is_told_from_other_bytes) {
    struct {
        const char *name, *bytes;
        bool is_valid;
    } rows[] = {
        {"ascii", "abc", true},
        {"two bytes", "ã", true},
        {"three bytes", "€", true},
        {"four bytes", "😀", true},
        {"latin-1", "\xE3o", false},
        {"overlong slash", "\xC0\xAF", false},
        {"overlong of three", "\xE0\x80\xAF", false},
        {"surrogate", "\xED\xA0\x80", false},
        {"past the last character", "\xF4\x90\x80\x80", false},
        {"cut off", "\xE2\x82", false},
        {"stray follower", "\x80", false},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(is_valid_utf8(row.bytes), row.is_valid);
    }
    EXPECT_EQ(utf8_length("ação😀"), 5u);
}

TEST(Names, translate_between_json_and_columns) {
    EXPECT_EQ(camel_case("assigned_to"), "assignedTo");
    EXPECT_EQ(snake_case("assignedTo"), "assigned_to");
    EXPECT_EQ(snake_case("customFields.plano"), "custom_fields.plano");
}

}  // namespace
}  // namespace ponte
