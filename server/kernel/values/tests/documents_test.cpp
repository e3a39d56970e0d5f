#include <gtest/gtest.h>

#include "kernel/values.hpp"

namespace ponte {
namespace {

TEST(Documents, with_right_check_digits_are_taken_and_displayed) {
    struct {
        Type type;
        const char *typed, *canonical;
    } rows[] = {
        {Type::cpf, "529.982.247-25", "52998224725"},
        {Type::cpf, "390.533.447-05", "39053344705"},
        {Type::cpf, "111.444.777-35", "11144477735"},
        {Type::cpf, "123.456.789-09", "12345678909"},
        {Type::cpf, "000.000.001-91", "00000000191"},
        {Type::cnpj, "12.ABC.345/01DE-35", "12ABC34501DE35"},
        {Type::cnpj, "12.ABC.345/0001-88", "12ABC345000188"},
        {Type::cnpj, "11.222.333/0001-81", "11222333000181"},
        {Type::cnpj, "11.222.333/0002-62", "11222333000262"},
        {Type::cnpj, "33.000.167/0001-01", "33000167000101"},
        {Type::cnpj, "12.345.678/0001-95", "12345678000195"},
        {Type::cnpj, "A1.B2C.3D4/0001-93", "A1B2C3D4000193"},
        {Type::cnpj, "AB.123.CD4/0002-69", "AB123CD4000269"},
        {Type::cnpj, "7X.9K2.M5P/0001-43", "7X9K2M5P000143"},
        {Type::cnpj, "00.000.000/E001-38", "00000000E00138"},
        {Type::cnpj, "ZZ.ZZZ.ZZZ/ZZZZ-62", "ZZZZZZZZZZZZ62"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.typed);

        const Canonical own = canonical_from_text(row.type, row.typed, Locale{});
        const Canonical either = canonical_from_text(Type::document, row.typed, Locale{});

        EXPECT_EQ(own.problem, "");
        EXPECT_EQ(own.value.as_string(), row.canonical);
        EXPECT_EQ(either.value.as_string(), row.canonical);
        EXPECT_EQ(display_document(row.canonical), row.typed);
    }
}

TEST(Documents, may_be_typed_in_lower_case_and_without_mask) {
    EXPECT_EQ(canonical_from_text(Type::cnpj, " 12abc34501de35 ", Locale{}).value.as_string(),
              "12ABC34501DE35");
    EXPECT_EQ(canonical_from_text(Type::cpf, "52998224725", Locale{}).value.as_string(),
              "52998224725");
}

TEST(Documents, that_cannot_exist_are_refused) {
    struct {
        Type type;
        const char *typed, *problem;
    } rows[] = {
        {Type::cpf, "111.111.111-11", "check_digit"},
        {Type::cpf, "529.982.247-26", "check_digit"},
        {Type::cpf, "123.456.789-00", "check_digit"},
        {Type::cpf, "5299822472", "format"},
        {Type::cpf, "529982247255", "format"},
        {Type::cpf, "5299822472A", "format"},
        {Type::cnpj, "12.ABC.345/01DE-36", "check_digit"},
        {Type::cnpj, "12.ABC.345/01DE-3A", "format"},
        {Type::cnpj, "00.000.000/0000-00", "check_digit"},
        {Type::cnpj, "12.ÁBC.345/01DE-35", "format"},
        {Type::cnpj, "12ABC34501DE3", "format"},
        {Type::document, "123", "format"},
        {Type::document, "52998224726", "check_digit"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.typed);
        EXPECT_EQ(canonical_from_text(row.type, row.typed, Locale{}).problem, row.problem);
    }
}

TEST(PostalCodes, are_eight_digits_however_they_are_written) {
    struct {
        const char *typed, *canonical, *problem;
    } rows[] = {
        {"01310-100", "01310100", ""},     {"01.310-100", "01310100", ""},
        {"01310 100", "01310100", ""},     {"20040020", "20040020", ""},
        {"CEP 01310-100", "01310100", ""}, {"cep: 01310-100", "01310100", ""},
        {"1310100", "01310100", ""},  // a spreadsheet took its zero
        {"1310-100", "", "format"},        {"310100", "", "format"},
        {"01310-1000", "", "format"},      {"00310-100", "", "format"},
        {"0131O-100", "", "format"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.typed);

        const Canonical read = canonical_from_text(Type::postal_code, row.typed, Locale{});

        EXPECT_EQ(read.problem, row.problem);
        EXPECT_EQ(read.value.as_string(), row.canonical);
    }
    EXPECT_EQ(canonical(Type::postal_code, "1310100", Locale{}).problem, "format")
        << "no spreadsheet stands between a program and us";
    EXPECT_EQ(canonical(Type::postal_code, 20040020, Locale{}).problem, "type");
}

}  // namespace
}  // namespace ponte
