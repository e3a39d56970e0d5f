#include <gtest/gtest.h>

#include "kernel/values.hpp"

namespace ponte {
namespace {

using Kind = Phone::Kind;

struct Vector {
    const char* name;
    const char* typed;
    Kind kind;
    const char* e164;
};

// brazil.md §3.2, default area code 41, and the forms of X-06.
constexpr Vector good[] = {
    {"mobile as displayed", "(11) 98765-4321", Kind::mobile, "+5511987654321"},
    {"mobile without its ninth digit", "11 8765-4321", Kind::mobile, "+5511987654321"},
    {"country code without plus", "5511987654321", Kind::mobile, "+5511987654321"},
    {"country code, no ninth digit", "551187654321", Kind::mobile, "+5511987654321"},
    {"55 as area code", "55 99999-8888", Kind::mobile, "+5555999998888"},
    {"area 55 with country code", "+55 55 99999-8888", Kind::mobile, "+5555999998888"},
    {"area 55, country code, no ninth digit", "555599998888", Kind::mobile, "+5555999998888"},
    {"trunk, carrier, fixed", "041 41 3333-4444", Kind::fixed, "+554133334444"},
    {"trunk, carrier, mobile", "0 15 11 98765 4321", Kind::mobile, "+5511987654321"},
    {"trunk without carrier", "011 98765-4321", Kind::mobile, "+5511987654321"},
    {"local fixed", "3333-4444", Kind::fixed, "+554133334444"},
    {"local mobile", "98765-4321", Kind::mobile, "+5541987654321"},
    {"old local mobile", "8765-4321", Kind::mobile, "+5541987654321"},
    {"freephone", "0800 123 4567", Kind::service, "08001234567"},
    {"capital number", "4004-1234", Kind::service, "40041234"},
    {"emergency", "190", Kind::service, "190"},
    {"plus became a blank", " 5511999999999", Kind::mobile, "+5511999999999"},
    {"plus became a blank, abroad", " 351912345678", Kind::international, "+351912345678"},
    {"plus and area in brackets", "+55 (011) 98765-4321", Kind::mobile, "+5511987654321"},
    {"no-break spaces",
     "+55\xC2\xA0"
     "11\xC2\xA0"
     "98765\xE2\x80\x91"
     "4321",
     Kind::mobile, "+5511987654321"},
    {"tel link", "tel:+5511987654321", Kind::mobile, "+5511987654321"},
    {"marks of direction", "\u202A+55 11 98765\u20114321\u202C", Kind::mobile, "+5511987654321"},
    {"a cell that became a decimal", "1198765432.0", Kind::mobile, "+5511998765432"},
    {"carrier left open", "(0xx11) 3265-4321", Kind::fixed, "+551132654321"},
    {"id of WhatsApp", "5511987654321@s.whatsapp.net", Kind::mobile, "+5511987654321"},
    {"link of WhatsApp", "https://wa.me/5511987654321", Kind::mobile, "+5511987654321"},
    {"zero dialled at home only", "+44 (0)20 7946 0000", Kind::international, "+442079460000"},
    {"Portugal", "+351 912 345 678", Kind::international, "+351912345678"},
    {"Portugal with 00", "00351 912 345 678", Kind::international, "+351912345678"},
    {"Argentina, mobile", "+54 9 11 2345-6789", Kind::international, "+5491123456789"},
    {"United States", "+1 (415) 555-0123", Kind::international, "+14155550123"},
    {"Paraguay", "+595 981 123456", Kind::international, "+595981123456"},
};

TEST(Phones, take_every_form_in_which_people_write_them) {
    for (const Vector& row : good) {
        SCOPED_TRACE(row.name);

        const auto found = parse_phone(row.typed, "41");

        ASSERT_TRUE(found);
        EXPECT_EQ(found->e164, row.e164);
        EXPECT_EQ(found->kind, row.kind);
    }
}

TEST(Phones, refuse_what_cannot_be_dialled) {
    struct {
        const char *name, *typed, *problem;
    } rows[] = {
        {"area code that is not in use", "(20) 98765-4321", "area_code"},
        {"nine digits without a 9", "(11) 58765-4321", "format"},
        {"local number begins with 0", "41 0333-4444", "format"},
        {"letters", "11 9876A-4321", "format"},
        {"extension behind a slash", "3265-4321/22", "extension"},
        {"extension in words", "11 3265-4321 ramal 22", "extension"},
        {"too short", "12345", "format"},
        {"too long", "55119876543210000", "format"},
        {"endless", "1111111111111111111111111111111111111111", "format"},
        {"plus alone", "+", "format"},
        {"two pluses", "++5511987654321", "format"},
        {"plus inside", "55+11987654321", "format"},
        {"no such country", "+999 12345678", "format"},
        {"code that begins with zero", "+0123456789", "format"},
        {"too short for Portugal", "+351 12345", "format"},
        {"impossible area in the United States", "+1 155 555 0123", "format"},
        {"spreadsheet's exponent", "5,51199E+12", "format"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        const Canonical result = canonical_from_text(Type::phone, row.typed, Locale{});
        EXPECT_EQ(result.problem, row.problem);
        EXPECT_FALSE(parse_phone(row.typed, "41"));
    }
}

TEST(Phones, without_a_default_area_need_one) {
    EXPECT_FALSE(parse_phone("3333-4444", ""));
    EXPECT_TRUE(parse_phone("41 3333-4444", ""));
}

TEST(Phones, of_one_line_share_a_match_key) {
    struct {
        const char *name, *one, *other;
    } rows[] = {
        {"ninth digit", "+5541999998888", "554199998888"},
        {"ninth digit, São Paulo", "+5511987654321", "1187654321"},
        {"with and without plus", "+5511987654321", "5511987654321"},
        {"Argentina's 9", "+5491123456789", "+541123456789"},
        {"Mexico's 1", "+5215512345678", "+525512345678"},
        {"service", "0800 123 4567", "08001234567"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(phone_match_key(row.one), phone_match_key(row.other));
    }
}

TEST(Phones, of_two_lines_do_not_share_a_match_key) {
    // Dropping the ninth digit would make these one: a mobile 9 3333-4444 and a fixed 3333-4444.
    EXPECT_NE(phone_match_key("+5511933334444"), phone_match_key("+551133334444"));
    EXPECT_NE(phone_match_key("+5511987654321"), phone_match_key("+5521987654321"));
}

TEST(Phones, keep_their_match_key_when_they_are_no_number) {
    EXPECT_EQ(phone_match_key("ramal 12"), "");
    EXPECT_EQ(phone_match_key("12345"), "12345");
}

TEST(Phones, are_displayed_as_in_their_country) {
    EXPECT_EQ(display_phone("+5511987654321"), "(11) 98765-4321");
    EXPECT_EQ(display_phone("+554133334444"), "(41) 3333-4444");
    EXPECT_EQ(display_phone("+351912345678"), "+351 912345678");
    EXPECT_EQ(display_phone("08001234567"), "0800 123 4567");
    EXPECT_EQ(display_phone("40041234"), "4004-1234");
    EXPECT_EQ(display_phone(""), "");
}

}  // namespace
}  // namespace ponte
