// A workbook as Excel keeps it comes in as what it means: dates, phones kept as numbers, masks.
#include <xlsxwriter.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "kernel/testing/temporary_directory.hpp"
#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::ElementsAre;
using testing::Reply;

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream all;
    all << file.rdbuf();
    return all.str();
}

class ImportWorkbookTest : public CustomersTest {
protected:
    // A sheet with a title, one of customers, and one of others: "Capa", "Clientes", "Antigos".
    std::string workbook() {
        const testing::TemporaryDirectory folder;
        const std::string path = folder.path() + "/clientes.xlsx";
        lxw_workbook* book = workbook_new(path.c_str());
        workbook_add_worksheet(book, "Capa");
        lxw_worksheet* sheet = workbook_add_worksheet(book, "Clientes");
        lxw_format* day = workbook_add_format(book);
        format_set_num_format(day, "dd/mm/yyyy");
        lxw_format* mask = workbook_add_format(book);
        format_set_num_format(mask, "000\\.000\\.000\\-00");
        const std::vector<const char*> headers = {"Nome", "Telefone", "CPF", "Nascimento", "Notas"};
        for (std::size_t i = 0; i < headers.size(); ++i) {
            worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i), headers[i], nullptr);
        }
        worksheet_write_string(sheet, 1, 0, "Ana, de Souza", nullptr);
        worksheet_write_number(sheet, 1, 1, 11987654321, nullptr);
        worksheet_write_number(sheet, 1, 2, 1234567890, mask);  // the first zero is the mask's
        lxw_datetime born{1975, 2, 18, 0, 0, 0};
        worksheet_write_datetime(sheet, 1, 3, &born, day);
        worksheet_write_string(sheet, 2, 0, "Bia Lima", nullptr);
        worksheet_write_string(sheet, 2, 1, "não tem", nullptr);
        lxw_worksheet* old = workbook_add_worksheet(book, "Antigos");
        worksheet_write_string(old, 0, 0, "Nome", nullptr);
        worksheet_write_string(old, 0, 1, "Telefone", nullptr);
        worksheet_write_string(old, 1, 0, "Caio Prado", nullptr);
        worksheet_write_string(old, 1, 1, "(11) 98765-0001", nullptr);
        EXPECT_EQ(workbook_close(book), LXW_NO_ERROR);
        return bytes_of(path);
    }
    std::ptrdiff_t kept_files() const {
        namespace fs = std::filesystem;
        const fs::path folder =
            fs::path(testing::server().services().settings.data_dir) / "uploads" / company.id();
        return fs::exists(folder) ? std::distance(fs::recursive_directory_iterator(folder),
                                                  fs::recursive_directory_iterator())
                                  : 0;
    }
    Reply preview(const std::string& bytes, const std::string& sheet = {}) {
        return api.upload("/api/v1/imports/preview", {{"entity", "contact"}, {"sheet", sheet}},
                          "clientes.xlsx", bytes);
    }
};

TEST_F(ImportWorkbookTest, comes_in_as_it_is_meant_and_tells_the_rows_of_its_sheet) {
    given.custom_field("nascimento", "date").saved();
    const Reply shown = preview(workbook());
    ASSERT_EQ(shown.status, 200) << shown.shown();
    EXPECT_EQ(shown["sheets"], Json::array({"Capa", "Clientes", "Antigos"}));
    EXPECT_EQ(shown["sheet"], Json(2)) << "the first with something in it";
    const Reply accepted =
        api.post("/api/v1/imports",
                 {{"entity", "contact"}, {"uploadId", shown["uploadId"]}, {"mode", "create"}});
    ASSERT_EQ(accepted.status, 202) << accepted.shown();
    const std::string path = "/api/v1/imports/" + accepted.id();
    const Reply done = testing::finished(api, path);

    EXPECT_EQ(done["created"], Json(1)) << done.shown();
    EXPECT_EQ(done["failed"], Json(1));
    const Reply list = api.get("/api/v1/contacts");
    const Json& ana = list.data().items()[0];
    EXPECT_EQ(ana["name"], Json("Ana, de Souza"));
    EXPECT_EQ(ana["phone"], Json("+5511987654321"));
    EXPECT_EQ(ana["customFields"]["nascimento"], Json("1975-02-18"));
    EXPECT_EQ(ana["document"], Json("01234567890"));
    const Reply errors = api.get(path + "/errors");
    EXPECT_EQ(errors.data().items()[0]["line"], Json(3)) << errors.shown();
}

TEST_F(ImportWorkbookTest, another_sheet_is_read_without_sending_the_file_again) {
    const Reply first = preview(workbook());
    const Reply again = api.post(
        "/api/v1/imports/preview",
        {{"entity", "contact"}, {"uploadId", first["uploadId"]}, {"sheet", std::int64_t{3}}});
    const Reply kept = api.post(
        "/api/v1/imports/preview",
        {{"entity", "contact"}, {"uploadId", again["uploadId"]}, {"headerLine", std::int64_t{2}}});
    const Reply none = api.post(
        "/api/v1/imports/preview",
        {{"entity", "contact"}, {"uploadId", first["uploadId"]}, {"sheet", std::int64_t{4}}});

    EXPECT_EQ(again["columns"].items()[0]["sample"].items()[0], Json("Caio Prado"));
    EXPECT_EQ(kept["columns"].items()[0]["header"], Json("Caio Prado")) << kept.shown();
    EXPECT_EQ(kept["sheet"], Json(3));
    EXPECT_EQ(none.problem("sheet"), "no_sheet") << none.shown();
    EXPECT_EQ(preview(workbook(), "9").problem("sheet"), "no_sheet");
}

TEST_F(ImportWorkbookTest, what_is_no_workbook_is_refused_in_words) {
    const std::ptrdiff_t before = kept_files();
    EXPECT_EQ(preview("PK\x03\x04 cut").problem("file"), "not_a_workbook");
    EXPECT_EQ(preview("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old").problem("file"), "locked");
    EXPECT_EQ(preview("%PDF-1.7").problem("file"), "not_csv");
    const std::string whole = workbook();
    EXPECT_EQ(preview(whole.substr(0, whole.size() / 2)).problem("file"), "not_a_workbook");
    EXPECT_EQ(preview(whole, "9").problem("sheet"), "no_sheet");
    EXPECT_EQ(kept_files(), before) << "what was refused stays nowhere";
    std::string spoiled = whole;
    spoiled.replace(spoiled.size() / 3, 40, std::string(40, '\xFF'));
    const Reply answer = preview(spoiled);
    EXPECT_TRUE(answer.status == 200 || answer.status == 422) << answer.shown();
}

}  // namespace
}  // namespace ponte::customers
