#include <gtest/gtest.h>

#include "kernel/values.hpp"

namespace ponte {
namespace {

struct Row {
    const char* name;
    Type type;
    Json input;
    Json value;
    const char* problem = "";
};

void expect(const Row& row, const Canonical& result) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(result.problem, row.problem);
    EXPECT_EQ(result.value.dump(), row.value.dump());
}

TEST(CanonicalJson, holds_each_type_to_its_form) {
    const Row rows[] = {
        {"text is trimmed", Type::text, "  Ana \xC2\xA0", "Ana"},
        {"empty text is null", Type::text, "   ", Json{}},
        {"text that nobody sees is null", Type::text, "\u202A\u2060\u3164\u3000", Json{}},
        {"marks inside are gone", Type::text, "Ana\u200B Souza\u202C", "Ana Souza"},
        {"a blank is a blank", Type::text, "Ana\u3000Souza", "Ana Souza"},
        {"joined emoji stay", Type::text, "\U0001F468\u200D\U0001F469",
         "\U0001F468\u200D\U0001F469"},
        {"a letter has its accent", Type::text, "Fami\u0301lia", "Fam\u00EDlia"},
        {"e-mail with marks", Type::email, "ana@x\u200B.com\u202C", "ana@x.com"},
        {"e-mail with a quote", Type::email, "ana@x.com\u201D", Json{}, "format"},
        {"midnight in UTC is that day", Type::date, "2026-11-26T00:00:00.000Z", "2026-11-26"},
        {"an instant is a day of the zone", Type::date, "2026-11-26T01:00:00Z", "2026-11-25"},
        {"the last evening of 9999", Type::datetime, "9999-12-31T23:59:59-03:00", Json{}, "format"},
        {"money as large as it may be", Type::money, 6000000000000, 600000000000000},
        {"half a cent", Type::money, 1.005, 101},
        {"text is no number", Type::text, 5, Json{}, "type"},
        {"text with a NUL", Type::text, std::string("a\0b", 3), Json{}, "characters"},
        {"text with a line break", Type::text, "a\nb", Json{}, "characters"},
        {"text that is no UTF-8", Type::text, "Jo\xE3o", Json{}, "encoding"},
        {"long text keeps lines", Type::long_text, "a\n\tb", "a\n\tb"},
        {"whole double", Type::integer, 5.0, 5},
        {"fraction is no integer", Type::integer, 5.5, Json{}, "type"},
        {"money in units", Type::money, 1234.56, 123456},
        {"money rounds half away from zero", Type::money, 1.005, 101},
        {"negative money", Type::money, -0.125, -13},
        {"money as people write it", Type::money, "1.234,56", 123456},
        {"too much money", Type::money, 1e15, Json{}, "range"},
        {"boolean", Type::boolean, true, true},
        {"boolean is no word", Type::boolean, "sim", Json{}, "type"},
        {"date", Type::date, "2026-11-24", "2026-11-24"},
        {"no such day", Type::date, "2026-02-29", Json{}, "format"},
        {"date of a moment is local", Type::date, "2026-11-24T01:00:00Z", "2026-11-23"},
        {"moment", Type::datetime, "2026-11-24T12:00:00-03:00", "2026-11-24T15:00:00.000Z"},
        {"local moment", Type::datetime, "2026-11-24T12:00", "2026-11-24T15:00:00.000Z"},
        {"moment of a plain day", Type::datetime, "2026-11-24", "2026-11-24T03:00:00.000Z"},
        {"Brazilian date is for spreadsheets", Type::date, "24/11/2026", Json{}, "format"},
        {"choices once each", Type::choices, Json::array({"a", "b", "A", " "}),
         Json::array({"a", "b"})},
        {"choices are a list", Type::choices, "a", Json{}, "type"},
        {"tags are texts", Type::tags, Json::array({1}), Json{}, "type"},
        {"link", Type::link, "0192f0c1-2345-7abc-8def-0123456789ab",
         "0192f0c1-2345-7abc-8def-0123456789ab"},
        {"link that is no id", Type::link, "abc", Json{}, "format"},
        {"e-mail", Type::email, " Ana.Silva@Example.COM ", "Ana.Silva@example.com"},
        {"web address", Type::url, "HTTPS://Example.com:8080/A?b=C",
         "https://example.com:8080/A?b=C"},
        {"script is no web address", Type::url, "javascript:alert(1)", Json{}, "format"},
        {"web address hides a user", Type::url, "https://a@b.com", Json{}, "format"},
    };
    for (const Row& row : rows) {
        expect(row, canonical(row.type, row.input, Locale{}));
    }
}

TEST(CanonicalJson, holds_shares_and_lengths_of_time_exactly) {
    const Row rows[] = {
        {"percent", Type::percentage, 12.5, 125000},
        {"percent as text", Type::percentage, "12,5 %", 125000},
        {"a third of a percent rounds", Type::percentage, 1.0 / 3, 3333},
        {"negative percent", Type::percentage, -0.00005, -1},
        {"too much percent", Type::percentage, 10'000'000, Json{}, "range"},
        {"percent is no flag", Type::percentage, true, Json{}, "type"},
        {"no percent", Type::percentage, " ", Json{}},
        {"seconds", Type::duration, 5400, 5400},
        {"whole seconds", Type::duration, 5400.0, 5400},
        {"half seconds", Type::duration, 0.5, Json{}, "type"},
        {"hours as text", Type::duration, "1h30", 5400},
        {"no time runs backwards", Type::duration, -1, Json{}, "range"},
        {"longer than a life", Type::duration, 1e10, Json{}, "range"},
    };
    for (const Row& row : rows) {
        expect(row, canonical(row.type, row.input, Locale{}));
    }
}

TEST(CanonicalText, reads_what_spreadsheets_hold) {
    const Row rows[] = {
        {"line break in a cell", Type::text, "Rua A\r\n123", "Rua A 123"},
        {"wrapped for spreadsheets", Type::text, "=\"0123\"", "0123"},
        {"blanks that group", Type::money, "1 234,5", 123450},
        {"month in words", Type::date, "26/nov/26", "2026-11-26"},
        {"no year", Type::date, "30/2", Json{}, "format"},
        {"half days", Type::datetime, "26/11/2026 2:30 PM", "2026-11-26T17:30:00.000Z"},
        {"a CPF that lost its zero", Type::cpf, "1234567890", "01234567890"},
        {"yes", Type::boolean, "Sim", true},
        {"no", Type::boolean, "NÃO", false},
        {"neither", Type::boolean, "talvez", Json{}, "format"},
        {"grouped integer", Type::integer, "1.234", 1234},
        {"integer with zero decimals", Type::integer, "12,00", 12},
        {"no integer", Type::integer, "1,5", Json{}, "format"},
        {"too large an integer", Type::integer, "99999999999999999999", Json{}, "range"},
        {"decimal comma", Type::number, "12,5%", 12.5},
        {"decimal dot", Type::number, "1234.5", 1234.5},
        {"small decimal", Type::number, "0.125", 0.125},
        {"English grouping", Type::number, "1,234,567.5", 1234567.5},
        {"wrong grouping", Type::number, "1.23.456", Json{}, "format"},
        {"percent with a comma", Type::percentage, "12,5%", 125000},
        {"percent with a point", Type::percentage, "12.5 %", 125000},
        {"percent without its sign", Type::percentage, "12,5", 125000},
        {"thousands of percent", Type::percentage, "1.250%", 12500000},
        {"percent down", Type::percentage, "-3%", -30000},
        {"too fine a percent", Type::percentage, "12,34567%", Json{}, "format"},
        {"too much percent", Type::percentage, "99999999", Json{}, "range"},
        {"no percent", Type::percentage, "doze", Json{}, "format"},
        {"reais", Type::money, "R$ 1.234,56", 123456},
        {"reais with a no-break space", Type::money,
         "R$\xC2\xA0"
         "1.234,56",
         123456},
        {"negative reais", Type::money, "-R$ 1.234,56", -123456},
        {"accounting", Type::money, "(5,00)", -500},
        {"thousand", Type::money, "1.234", 123400},
        {"two decimals after a dot", Type::money, "1234.56", 123456},
        {"three decimals", Type::money, "1,234", Json{}, "format"},
        {"no amount", Type::money, "R$", Json{}, "format"},
        {"Brazilian date", Type::date, "24/11/2026", "2026-11-24"},
        {"short year", Type::date, "1/2/85", "1985-02-01"},
        {"ISO date", Type::date, "2026-11-24", "2026-11-24"},
        {"date with a time", Type::date, "24/11/2026 23:30", "2026-11-24"},
        {"month and day exchanged", Type::date, "11/24/2026", Json{}, "format"},
        {"Brazilian moment", Type::datetime, "24/11/2026 14h30", "2026-11-24T17:30:00.000Z"},
        {"moment in old summer time", Type::datetime, "24/12/2018 14:30",
         "2018-12-24T16:30:00.000Z"},
        {"labels", Type::tags, "vip; cliente | VIP, novo", Json::array({"vip", "cliente", "novo"})},
        {"web address without scheme", Type::url, "www.exemplo.com.br",
         "https://www.exemplo.com.br"},
        {"nothing", Type::phone, "  ", Json{}},
    };
    for (const Row& row : rows) {
        expect(row, canonical_from_text(row.type, row.input.as_string(), Locale{}));
    }
}

TEST(Durations, are_read_in_both_languages) {
    const Row rows[] = {
        {"", Type::duration, "1h30", 5400},
        {"", Type::duration, "1h30min", 5400},
        {"", Type::duration, "1 h 30 min", 5400},
        {"", Type::duration, "1:30", 5400},
        {"", Type::duration, "01:30:15", 5415},
        {"", Type::duration, "1:30h", 5400},
        {"", Type::duration, "100:00", 360000},
        {"", Type::duration, "90 min", 5400},
        {"", Type::duration, "90 MIN.", 5400},
        {"", Type::duration, "2 h", 7200},
        {"", Type::duration, "45m", 2700},
        {"", Type::duration, "30s", 30},
        {"", Type::duration, "1d", 86400},
        {"", Type::duration, "1 dia 2 horas", 93600},
        {"", Type::duration, "2 days", 172800},
        {"", Type::duration, "1 hora e 30 minutos", 5400},
        {"", Type::duration, "1 hour and 30 minutes", 5400},
        {"", Type::duration, "1,5 h", 5400},
        {"", Type::duration, "1.5h", 5400},
        {"seconds, where nothing is said", Type::duration, "5400", 5400},
        {"", Type::duration, "1,5 s", Json{}, "format"},
        {"", Type::duration, "1:75", Json{}, "format"},
        {"", Type::duration, "1:5", Json{}, "format"},
        {"", Type::duration, "1:2:3:4", Json{}, "format"},
        {"", Type::duration, "1h30h", Json{}, "format"},
        {"", Type::duration, "30min 1h", Json{}, "format"},
        {"", Type::duration, "1h e", Json{}, "format"},
        {"", Type::duration, "-1h", Json{}, "format"},
        {"", Type::duration, "1 mês", Json{}, "format"},
        {"", Type::duration, "h", Json{}, "format"},
        {"", Type::duration, "9999999999999999999 dias", Json{}, "format"},
        {"", Type::duration, "99999999999999999999:00", Json{}, "format"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.input.as_string());
        expect(row, canonical_from_text(row.type, row.input.as_string(), Locale{}));
    }
}

TEST(Emails, are_checked_as_mail_servers_would) {
    struct {
        const char* address;
        bool is_fine;
    } rows[] = {
        {"ana@exemplo.com.br", true},
        {"a+b_c-d.e@x.io", true},
        {"o'neil@x.com", true},
        {"ana@açaí.com.br", true},
        {"ana@localhost", false},
        {"ana@x..com", false},
        {".ana@x.com", false},
        {"a..b@x.com", false},
        {"ana@-x.com", false},
        {"ana@x.c", false},
        {"ana@1.2.3.4", false},
        {"Ana <ana@x.com>", false},
        {"ana@x.com,bia@x.com", false},
        {"joão@x.com", false},
        {"ana@@x.com", false},
        {"@x.com", false},
        {"ana@", false},
        {"a b@x.com", false},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.address);
        EXPECT_EQ(canonical(Type::email, row.address, Locale{}).ok(), row.is_fine);
    }
    EXPECT_EQ(email_match_key(" Ana@Exemplo.COM "), "ana@exemplo.com");
}

TEST(Types, have_names_that_lead_back_to_them) {
    for (int i = 0; i <= static_cast<int>(Type::json); ++i) {
        const auto type = static_cast<Type>(i);
        EXPECT_EQ(parse_type(type_name(type)), type);
    }
    EXPECT_EQ(parse_type("select"), Type::choice);
    EXPECT_EQ(parse_type("multiselect"), Type::choices);
    EXPECT_FALSE(parse_type("matrix"));
}

}  // namespace
}  // namespace ponte
