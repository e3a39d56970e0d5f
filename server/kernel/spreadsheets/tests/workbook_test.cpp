#include "kernel/spreadsheets/workbook.hpp"

#include <gtest/gtest.h>
#include <xlsxwriter.h>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "kernel/spreadsheets/cell_text.hpp"

namespace ponte::spreadsheets {
namespace {

namespace fs = std::filesystem;

class WorkbookTest : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("workbook-" + std::to_string(::getpid()));
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string path(const std::string& name) const { return folder_ / name; }

    // An archive of these parts.
    std::string archive(const std::map<std::string, std::string>& parts) const {
        const std::string file = path("made.xlsx");
        fs::remove(file);
        zip_t* made = zip_open(file.c_str(), ZIP_CREATE, nullptr);
        for (const auto& [name, body] : parts) {
            zip_source_t* source = zip_source_buffer(made, body.data(), body.size(), 0);
            EXPECT_GE(zip_file_add(made, name.c_str(), source, 0), 0);
        }
        EXPECT_EQ(zip_close(made), 0);
        return file;
    }

    // A workbook of one sheet, its rows as XML.
    std::string sheet(const std::string& rows, const std::string& styles = {}) const {
        const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/";
        const std::string relations = "<Relationship Id=\"a\" Type=\"" + types +
                                      "relationships/worksheet\" Target=\"worksheets/s.xml\"/>"
                                      "<Relationship Id=\"b\" Type=\"" +
                                      types + "relationships/styles\" Target=\"/xl/styles.xml\"/>";
        return archive(
            {{"_rels/.rels", "<Relationships><Relationship Id=\"r\" Type=\"" + types +
                                 "relationships/officeDocument\" Target=\"xl/workbook.xml\"/>"
                                 "</Relationships>"},
             {"xl/workbook.xml",
              "<x:workbook xmlns:x=\"u\" xmlns:r=\"v\"><x:sheets><x:sheet name=\"Um\" "
              "r:id=\"a\"/></x:sheets></x:workbook>"},
             {"xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>"},
             {"xl/styles.xml", "<styleSheet>" + styles + "</styleSheet>"},
             {"xl/worksheets/s.xml",
              "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}});
    }

    std::string csv(const std::string& workbook, std::size_t sheet = 0) const {
        const Written written = write_csv(workbook, sheet, path("out.csv"));
        EXPECT_EQ(written.trouble, "");
        std::ifstream file(path("out.csv"));
        std::stringstream all;
        all << file.rdbuf();
        return all.str();
    }

private:
    fs::path folder_;
};

TEST_F(WorkbookTest, of_another_program_is_read_sheet_by_sheet) {
    const std::string file = path("book.xlsx");
    lxw_workbook* book = workbook_new(file.c_str());
    lxw_worksheet* first = workbook_add_worksheet(book, "Clientes");
    lxw_worksheet* second = workbook_add_worksheet(book, "Preços & mais");
    lxw_format* day = workbook_add_format(book);
    format_set_num_format(day, "dd/mm/yyyy");
    worksheet_write_string(first, 0, 0, "Nome", nullptr);
    worksheet_write_string(first, 0, 1, "Nascimento", nullptr);
    worksheet_write_string(first, 2, 0, "Souza, \"Zé\"", nullptr);
    lxw_datetime born{1975, 2, 18, 0, 0, 0};
    worksheet_write_datetime(first, 2, 1, &born, day);
    worksheet_write_boolean(first, 2, 3, 1, nullptr);
    worksheet_write_string(first, 3, 0, "duas\nlinhas", nullptr);
    worksheet_write_string(first, 3, 1, "=1+1", nullptr);
    worksheet_write_number(second, 0, 0, 1234.5, nullptr);
    ASSERT_EQ(workbook_close(book), LXW_NO_ERROR);

    EXPECT_TRUE(may_be_workbook(file));
    EXPECT_EQ(sheets_of(file).names, (std::vector<std::string>{"Clientes", "Preços & mais"}));
    EXPECT_EQ(
        csv(file),
        "Nome,Nascimento\n\n\"Souza, \"\"Zé\"\"\",1975-02-18,,true\n\"duas\nlinhas\",'=1+1\n");
    EXPECT_EQ(csv(file, 1), "1234.5\n");
    EXPECT_EQ(write_csv(file, 2, path("out.csv")).trouble, "no_sheet");
}

TEST_F(WorkbookTest, cells_are_found_with_and_without_their_names) {
    EXPECT_EQ(csv(sheet("<row><c><v>1</v></c><c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r>"
                        "<rPh><t>x</t></rPh></is></c></row>"
                        "<row r=\"3\"><c r=\"C3\" t=\"str\"><f>A1&amp;1</f><v>c_x000D__x0041_</v>"
                        "</c><c r=\"D3\" t=\"e\"><v>#N/A</v></c></row>"
                        "<row r=\"900000\"><c r=\"A900000\" s=\"4\"/></row>")),
              "1,ab\n\n,,c_x0041_,#N/A\n");
}

TEST_F(WorkbookTest, what_is_broken_or_a_bomb_is_refused) {
    const std::string bomb =
        "<!DOCTYPE a [<!ENTITY b \"cccc\">]><worksheet><sheetData/></worksheet>";
    EXPECT_EQ(write_csv(sheet("<row><c r=\"A1\"><v>1</v></row>"), 0, path("o")).trouble, "broken");
    EXPECT_EQ(write_csv(sheet("<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>"), 0,
                        path("o"))
                  .trouble,
              "broken");
    EXPECT_EQ(sheets_of(archive({{"_rels/.rels", bomb}})).trouble, "not_a_workbook");
    EXPECT_EQ(sheets_of(archive({{"word/document.xml", "<d/>"}})).trouble, "not_a_workbook");

    const std::string large = sheet(std::string(200'000, ' ') + "<row><c><v>1</v></c></row>");
    Limits small;
    small.part_bytes = 100'000;
    EXPECT_EQ(write_csv(large, 0, path("o"), small).trouble, "unpacks_too_large");
    Limits short_file;
    short_file.written_bytes = 3;
    EXPECT_EQ(write_csv(sheet("<row><c><v>12345</v></c></row>"), 0, path("o"), short_file).trouble,
              "unpacks_too_large");

    std::ofstream(path("cut.xlsx"), std::ios::binary) << "PK\x03\x04 and no more";
    EXPECT_TRUE(may_be_workbook(path("cut.xlsx")));
    EXPECT_EQ(sheets_of(path("cut.xlsx")).trouble, "not_a_workbook");
    std::ofstream(path("old.xls"), std::ios::binary) << "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old";
    EXPECT_TRUE(may_be_workbook(path("old.xls")));
    EXPECT_EQ(sheets_of(path("old.xls")).trouble, "locked");
    std::ofstream(path("plain.csv")) << "Nome;Telefone\n";
    EXPECT_FALSE(may_be_workbook(path("plain.csv")));
}

TEST_F(WorkbookTest, the_formats_of_cells_say_what_numbers_are) {
    const std::string styles =
        "<numFmts><numFmt numFmtId=\"170\" formatCode=\"000\\.000\\.000\\-00\"/></numFmts>"
        "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
        "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/>"
        "<xf numFmtId=\"10\"/><xf numFmtId=\"170\"/></cellXfs>";
    EXPECT_EQ(csv(sheet("<row><c s=\"1\"><v>46096</v></c><c s=\"2\"><v>46096.604166666664</v></c>"
                        "<c s=\"3\"><v>0.125</v></c><c s=\"4\"><v>1234567890</v></c>"
                        "<c><v>1.1987654321E10</v></c></row>",
                        styles)),
              "2026-03-15,2026-03-15 14:30,12.5%,012.345.678-90,11987654321\n");
}

TEST(CellTextTest, formats_are_known_by_their_codes) {
    using Kind = Format::Kind;
    const std::vector<std::pair<std::string, Kind>> all = {
        {"General", Kind::number},
        {"@", Kind::number},
        {"0.00", Kind::number},
        {"#,##0.00_);[Red](#,##0.00)", Kind::number},
        {"\"R$\" #,##0.00", Kind::number},
        {"[$R$-416] #,##0.00", Kind::number},
        {"0.00E+00", Kind::number},
        {"0.0%", Kind::percentage},
        {"dd/mm/yyyy", Kind::date},
        {"[$-416]d\\ \"de\"\\ mmmm\\ \"de\"\\ yyyy;@", Kind::date},
        {"mmm/yy", Kind::date},
        {"mmmm", Kind::date},
        {"dd/mm/yyyy hh:mm", Kind::date_and_time},
        {"hh:mm:ss", Kind::time},
        {"h:mm AM/PM", Kind::time},
        {"[h]:mm", Kind::elapsed},
        {"00000\\-000", Kind::mask},
        {"00000-000", Kind::mask},
        {"\\(00\\)\\ 00000\\-0000", Kind::mask},
        {"00", Kind::number},
    };
    for (const auto& [code, kind] : all) {
        EXPECT_EQ(format_of(code).kind, kind) << code;
    }
}

TEST(CellTextTest, numbers_are_written_without_doubt) {
    const auto text = [](std::string_view number) { return number_text(number, {}, false); };
    EXPECT_EQ(text("0.30000000000000004"), "0.3");
    EXPECT_EQ(text("1234.567"), "1234.5670");  // 1.234 would be a thousand and some
    EXPECT_EQ(text("-2500.5"), "-2500.5");
    EXPECT_EQ(text("1E-7"), "0.0000001");
    EXPECT_EQ(text("12345678901234567890"), "12345678901234600000");
    EXPECT_EQ(text("abc"), "abc");
    EXPECT_EQ(number_text("5", format_of("00000\\-000"), false), "00000-005");
    EXPECT_EQ(number_text("13456789", format_of("00000\\-000"), false), "13456-789");
    EXPECT_EQ(number_text("123456789", format_of("00000\\-000"), false), "123456-789");
}

TEST(CellTextTest, days_are_counted_as_workbooks_do) {
    const auto day = [](std::string_view serial, bool is_since_1904 = false) {
        return number_text(serial, built_in_format(14), is_since_1904);
    };
    EXPECT_EQ(day("1"), "1900-01-01");
    EXPECT_EQ(day("59"), "1900-02-28");
    EXPECT_EQ(day("61"), "1900-03-01");
    EXPECT_EQ(day("46096.999999999"), "2026-03-16");  // a midnight that was rounded
    EXPECT_EQ(day("0", true), "1904-01-01");
    EXPECT_EQ(day("2958466"), "2958466");  // past the last
    EXPECT_EQ(day("-3"), "-3");
    EXPECT_EQ(number_text("0.604166666666667", format_of("hh:mm"), false), "14:30");
    EXPECT_EQ(number_text("1.5", format_of("[h]:mm"), false), "36:00");
    EXPECT_EQ(iso_text("2026-03-15T00:00:00"), "2026-03-15");
    EXPECT_EQ(iso_text("2026-03-15T14:30:00Z"), "2026-03-15 14:30:00");
}

}  // namespace
}  // namespace ponte::spreadsheets
