// Exports: what stands in the file, and how it comes to be.
#include <algorithm>
#include <cstdio>
#include <fstream>

#include "kernel/testing/temporary_directory.hpp"
#include "kernel/testing/unzipped.hpp"
#include "tests/exporting.hpp"
#include "tests/listening.hpp"

namespace ponte::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// What stands in a PDF, as whoever selects and copies it gets it.
std::string text_of(const std::string& pdf) {
    TemporaryDirectory folder;
    const std::string path = folder.path() + "/list.pdf";
    std::ofstream(path, std::ios::binary) << pdf;
    FILE* const pipe = ::popen(("pdftotext -layout '" + path + "' -").c_str(), "r");
    std::string text;
    char block[4'096];
    for (std::size_t got = 0; (got = std::fread(block, 1, sizeof block, pipe)) > 0;) {
        text.append(block, got);
    }
    EXPECT_EQ(::pclose(pipe), 0) << "poppler-utils is in the test group of tools/dev/packages.sh";
    return text;
}

struct ExportsTest : ExportingTest {
    std::string sheet(const Json::Array& columns) {
        const std::string book = file_of(api, Json::object({{"entity", "contact"},
                                                            {"format", "xlsx"},
                                                            {"sort", "name"},
                                                            {"columns", Json(columns)}}));
        return unzipped(book).at("xl/worksheets/sheet1.xml");
    }
};

TEST_F(ExportsTest, csv_is_written_as_people_of_the_language_write_it) {
    save(api, "/api/v1/custom-fields",
         Json::object(
             {{"entity", "contact"}, {"key", "limite"}, {"name", "Limite"}, {"type", "money"}}));
    save(api, "/api/v1/custom-fields",
         Json::object(
             {{"entity", "contact"}, {"key", "visita"}, {"name", "Visita"}, {"type", "datetime"}}));
    contact(
        {{"name", "Zé; \"o bom\""},
         {"phone", "+5511987654321"},
         {"status", "prospect"},
         {"tags", Json::array({"vip", "cliente"})},
         {"assignedTo", company.admin().id},
         {"customFields", Json::object({{"limite", 1234.5}, {"visita", "2026-11-24T15:30:00Z"}})}});
    const Json::Array columns{"name",
                              "phone",
                              "status",
                              "tags",
                              "assignedTo",
                              "customFields.limite",
                              "customFields.visita"};

    const std::string portuguese = csv(columns);
    api.in_english();
    const std::string english = csv(columns);

    EXPECT_EQ(portuguese,
              "\xef\xbb\xbfNome;Telefone;Situação;Etiquetas;Responsável;Limite;Visita\r\n"
              "\"Zé; \"\"o bom\"\"\";(11) 98765-4321;Prospect;\"vip, cliente\";" +
                  company.admin().name + ";\"1234,50\";24/11/2026 12:30\r\n");
    EXPECT_THAT(english, HasSubstr(",1234.50,2026-11-24 12:30\r\n"));
}

TEST_F(ExportsTest, what_could_calculate_does_not_and_comes_back_unchanged) {
    const Saved ours =
        contact({{"name", "=1+1"}, {"company", "'=HYPERLINK(\"x\")"}, {"city", "@SUM(A1)"}});
    const Json::Array columns{"id", "name", "company", "city", "phone", "status", "tags"};

    for (const char* format : {"csv", "xlsx"}) {
        const std::string file = file_of(
            api,
            Json::object({{"entity", "contact"}, {"format", format}, {"columns", Json(columns)}}));

        if (format == std::string_view("csv")) {
            EXPECT_THAT(file, HasSubstr(";'=1+1;"));
            EXPECT_THAT(file, HasSubstr(";'@SUM(A1);"));
        }
        const Reply import =
            api.upload("/api/v1/imports", {{"entity", "contact"}, {"mode", "update"}},
                       std::string("de volta.") + format, file);
        const Reply done = finished(api, "/api/v1/imports/" + import.id());
        EXPECT_EQ(done["state"], Json("done")) << done.shown();
        EXPECT_EQ(done["updated"], Json(0)) << done.shown();
        EXPECT_EQ(done["failed"], Json(0)) << done.shown();
        EXPECT_EQ(done["processed"], Json(1)) << done.shown();
    }
    EXPECT_EQ(api.get(ours.path)["version"], Json(1));
    EXPECT_EQ(api.get(ours.path)["company"], Json("'=HYPERLINK(\"x\")"));
}

TEST_F(ExportsTest, a_workbook_has_numbers_days_and_text_that_is_never_a_formula) {
    for (const char* type : {"money", "date"}) {
        save(api, "/api/v1/custom-fields",
             Json::object({{"entity", "contact"}, {"key", type}, {"name", type}, {"type", type}}));
    }
    contact({{"name", "=1+1"},
             {"customFields", Json::object({{"money", 1234.5}, {"date", "2026-11-24"}})}});

    const std::string xml = sheet({"name", "customFields.money", "customFields.date"});

    EXPECT_THAT(xml, HasSubstr("<t>=1+1</t>"));
    EXPECT_THAT(xml, Not(HasSubstr("<f>")));
    EXPECT_THAT(xml, HasSubstr("<v>1234.5</v>"));
    EXPECT_THAT(xml, HasSubstr("<v>46350</v>"));  // the day, as spreadsheets count them
    EXPECT_THAT(xml, HasSubstr("<pane ySplit=\"1\""));
    EXPECT_THAT(xml, HasSubstr("<autoFilter ref=\"A1:C2\"/>"));
}

TEST_F(ExportsTest, a_pdf_is_text_with_its_headings_on_every_page) {
    constexpr int many = 120;
    std::string sent = "nome;telefone;email\n";
    for (int i = 0; i < many; ++i) {
        sent += "Conceição Íris " + std::to_string(i) + ";" + unique_phone() + ";" +
                unique_email() + "\n";
    }
    const Reply import =
        api.upload("/api/v1/imports", {{"entity", "contact"}, {"mode", "create"}}, "a.csv", sent);
    finished(api, "/api/v1/imports/" + import.id());

    const std::string pdf =
        file_of(api, Json::object({{"entity", "contact"},
                                   {"format", "pdf"},
                                   {"caption", "Cidade: Santos"},
                                   {"columns", Json::array({"name", "phone", "email"})}}));

    EXPECT_THAT(pdf, ::testing::StartsWith("%PDF-"));
    EXPECT_THAT(pdf, HasSubstr("/FontFile"));  // embedded
    const std::string text = text_of(pdf);
    EXPECT_THAT(text, HasSubstr("Conceição Íris 7 "));
    EXPECT_THAT(text, HasSubstr("Cidade: Santos"));
    EXPECT_THAT(text, HasSubstr("120 registros"));
    EXPECT_THAT(text, ::testing::ContainsRegex("1 */ *3"));
    std::size_t heads = 0, pages = 0;
    for (std::size_t at = 0; (at = text.find("E-mail", at)) != text.npos; ++at) {
        ++heads;
    }
    pages = static_cast<std::size_t>(std::ranges::count(text, '\f'));
    EXPECT_GT(pages, 1U);
    EXPECT_EQ(heads, pages);
}

TEST_F(ExportsTest, a_pdf_of_too_many_is_refused_at_once) {
    server().sql(
        "insert into contacts (tenant_id, name) select $1::uuid, 'Pessoa ' || n "
        "from generate_series(1, 20001) n",
        {company.id()});

    const Reply refused = api.post("/api/v1/exports", {{"entity", "contact"}, {"format", "pdf"}});

    EXPECT_EQ(refused.problem("format"), "too_many_to_print") << refused.shown();
}

TEST_F(ExportsTest, it_has_what_the_list_shows_in_its_order) {
    for (const char* name : {"Carla", "Ana", "Bruno", "Daniel"}) {
        contact({{"name", name}, {"city", name[0] == 'D' ? "Rio" : "Santos"}});
    }
    const Json filter = Json::object({{"field", "city"}, {"op", "is"}, {"value", "Santos"}});

    const std::string file = file_of(api, Json::object({{"entity", "contact"},
                                                        {"format", "csv"},
                                                        {"filter", filter},
                                                        {"sort", "-name"},
                                                        {"columns", Json::array({"name"})}}));

    EXPECT_EQ(file, "\xef\xbb\xbfNome\r\nCarla\r\nBruno\r\nAna\r\n");
}

TEST_F(ExportsTest, only_the_chosen_ones_when_they_are_named) {
    const Saved ana = contact({{"name", "Ana"}});
    contact({{"name", "Bruno"}});

    const std::string file = file_of(api, Json::object({{"entity", "contact"},
                                                        {"format", "csv"},
                                                        {"ids", Json::array({ana.id})},
                                                        {"columns", Json::array({"name"})}}));

    EXPECT_EQ(file, "\xef\xbb\xbfNome\r\nAna\r\n");
}

TEST_F(ExportsTest, many_pages_are_one_file_with_each_record_once) {
    constexpr int many = 2'345;
    std::string sent = "nome;telefone\n";
    for (int i = 0; i < many; ++i) {
        sent += "Pessoa " + std::to_string(i) + ";" + unique_phone() + "\n";
    }
    const Reply import =
        api.upload("/api/v1/imports", {{"entity", "contact"}, {"mode", "create"}}, "a.csv", sent);
    finished(api, "/api/v1/imports/" + import.id());

    const std::string file = csv({"name"});

    EXPECT_EQ(std::ranges::count(file, '\n'), many + 1);
    for (int i = 0; i < many; i += 117) {
        EXPECT_THAT(file, HasSubstr("\r\nPessoa " + std::to_string(i) + "\r\n"));
    }
}

TEST_F(ExportsTest, it_says_what_it_is_and_how_far_it_has_come) {
    contact({{"name", "Ana"}});
    Listening listening(company.admin());
    const Reply started =
        api.post("/api/v1/exports", {{"entity", "contact"}, {"format", "xlsx"}, {"search", "ana"}});

    const Reply done = finished(api, path_of(started));

    EXPECT_EQ(done["rows"], Json(1)) << done.shown();
    EXPECT_EQ(done["title"], Json("Clientes"));
    EXPECT_FALSE(done["expiresAt"].is_null());
    EXPECT_GT(done["size"].as_integer(), 1'000);
    EXPECT_THAT(done["fileName"].as_string(), HasSubstr(".xlsx"));
    EXPECT_THAT(listening.heard("\"done\""), HasSubstr("export.progress"));
    const Reply list = api.get("/api/v1/exports");
    EXPECT_EQ(list.data().items().size(), 1U);
    EXPECT_EQ(server().number("select count(*) from events where tenant_id = $1 "
                              "and name = 'export.finished' and entity_id = $3 "
                              "and changes ->> 'createdBy' = $2",
                              {company.id(), company.admin().id, done.id()}),
              1);
}

TEST_F(ExportsTest, wrong_wishes_are_told_at_once) {
    const auto refused = [&](const Json& more) {
        Json body = Json::object({{"entity", "contact"}, {"format", "csv"}});
        for (const auto& [name, value] : more.members()) {
            body.set(name, value);
        }
        return api.post("/api/v1/exports", body);
    };

    EXPECT_EQ(refused(Json::object({{"entity", "planet"}})).problem("entity"), "not_exportable");
    EXPECT_EQ(refused(Json::object({{"format", "doc"}})).problem("format"), "not_an_option");
    EXPECT_EQ(refused(Json::object({{"columns", Json::array({"x"})}})).problem("columns"),
              "unknown");
    EXPECT_EQ(refused(Json::object({{"columns", Json::array()}})).problem("columns"), "required");
    EXPECT_EQ(refused(Json::object({{"ids", Json::array({"x"})}})).problem("ids"), "format");
    EXPECT_EQ(refused(Json::object({{"sort", "planet"}})).status, 400);
    EXPECT_EQ(refused(Json::object({{"filter", Json::object({{"field", "planet"}})}})).status, 400);
}

}  // namespace
}  // namespace ponte::testing
