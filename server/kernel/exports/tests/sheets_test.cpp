// Values as files show them, and files as programs read them.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "kernel/exports/sheet.hpp"
#include "kernel/testing/temporary_directory.hpp"
#include "kernel/testing/unzipped.hpp"

namespace ponte::exports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Writing in(Language language) { return {language, values::Zone::find("America/Sao_Paulo")}; }

TEST(CellsTest, are_written_as_people_of_the_language_do) {
    const struct {
        Type type;
        Json shown;
        const char *pt, *en;
    } rows[] = {
        {Type::number, 1.5, "1,5", "1.5"},
        {Type::number, 1.234, "1,2340", "1.2340"},
        {Type::integer, 1234, "1234", "1234"},
        {Type::money, 10, "10,00", "10.00"},
        {Type::money, -0.5, "-0,50", "-0.50"},
        {Type::percentage, 12.5, "12,5%", "12.5%"},
        {Type::duration, 5415, "1:30:15", "1:30:15"},
        {Type::date, "2026-11-24", "24/11/2026", "2026-11-24"},
        {Type::datetime, "2026-11-24T15:30:00.000Z", "24/11/2026 12:30", "2026-11-24 12:30"},
        {Type::datetime, "2026-11-24T15:30:05.250Z", "24/11/2026 12:30:05.250",
         "2026-11-24 12:30:05.250"},
        {Type::boolean, true, "Sim", "Yes"},
        {Type::phone, "+5511987654321", "(11) 98765-4321", "(11) 98765-4321"},
        {Type::cpf, "52998224725", "529.982.247-25", "529.982.247-25"},
        {Type::postal_code, "01310100", "01310-100", "01310-100"},
        {Type::text, "=1+1", "=1+1", "=1+1"},
        {Type::text, Json{}, "", ""},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(cell_of(row.type, row.shown, in(Language::pt)).text, row.pt);
        EXPECT_EQ(cell_of(row.type, row.shown, in(Language::en)).text, row.en);
    }
}

TEST(CellsTest, come_back_by_the_readers_of_imports) {
    const Locale locale;
    for (const Json& number : {Json(1.234), Json(0.5), Json(-1234.5), Json(1'234'567.5)}) {
        for (const Language language : {Language::pt, Language::en}) {
            const Cell cell = cell_of(Type::number, number, in(language));
            EXPECT_EQ(canonical_from_text(Type::number, cell.text, locale).value, number)
                << cell.text;
        }
    }
    for (const char* time : {"2026-11-24T15:30:00.000Z", "2026-11-24T15:30:05.250Z"}) {
        const Cell cell = cell_of(Type::datetime, Json(time), in(Language::pt));
        EXPECT_EQ(canonical_from_text(Type::datetime, cell.text, locale).value, Json(time));
    }
    const Cell hours = cell_of(Type::duration, Json(93'784), in(Language::pt));
    EXPECT_EQ(canonical_from_text(Type::duration, hours.text, locale).value, Json(93'784));
}

TEST(SheetsTest, a_workbook_goes_on_in_another_sheet) {
    const testing::TemporaryDirectory folder;
    const std::string path = folder.path() + "/many.xlsx";
    Cover cover;
    cover.columns = {{"Nome"}};
    const auto sheet = xlsx_sheet(path, cover, 2);
    for (const char* name : {"Ana", "Bruno", "Carla"}) {
        const Cell cells[] = {text_cell(name)};
        sheet->add(cells);
    }

    sheet->close();

    std::stringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    const auto files = testing::unzipped(bytes.str());
    EXPECT_THAT(files.at("xl/worksheets/sheet1.xml"), HasSubstr("Bruno"));
    EXPECT_THAT(files.at("xl/worksheets/sheet1.xml"), Not(HasSubstr("Carla")));
    EXPECT_THAT(files.at("xl/worksheets/sheet2.xml"), HasSubstr("Nome"));
    EXPECT_THAT(files.at("xl/worksheets/sheet2.xml"), HasSubstr("Carla"));
}

}  // namespace
}  // namespace ponte::exports
