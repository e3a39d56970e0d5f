// How a file is written can be seen and corrected, and what is wrong in it costs one row only.
#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::ElementsAre;
using testing::Reply;

class ImportReadingTest : public CustomersTest {
protected:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    Reply preview(const std::string& csv, Fields more = {}) {
        testing::FormFields fields{{"entity", "contact"}};
        fields.insert(fields.end(), more.begin(), more.end());
        return api.upload("/api/v1/imports/preview", fields, "clientes.csv", csv);
    }
    Reply import(const std::string& csv, Fields more = {}) {
        testing::FormFields fields{{"entity", "contact"}, {"mode", "create"}};
        fields.insert(fields.end(), more.begin(), more.end());
        const Reply accepted = api.upload("/api/v1/imports", fields, "clientes.csv", csv);
        EXPECT_EQ(accepted.status, 202) << accepted.shown();
        path = "/api/v1/imports/" + accepted.id();
        return testing::finished(api, path);
    }
    static std::vector<std::string> headers_of(const Reply& shown) {
        std::vector<std::string> headers;
        for (const Json& column : shown["columns"].items()) {
            headers.push_back(column["header"].as_string());
        }
        return headers;
    }

    std::string path;
    const std::string places =
        "nome;cidade, estado, país\nAna Souza;São Paulo, SP, Brasil\nBia Lima;Rio, RJ, Brasil\n";
};

TEST_F(ImportReadingTest, a_wrong_separator_is_corrected_without_sending_the_file_again) {
    const Reply first = preview(places);
    const Reply again =
        api.post("/api/v1/imports/preview",
                 {{"entity", "contact"}, {"uploadId", first["uploadId"]}, {"separator", ";"}});

    EXPECT_EQ(first["separator"], Json(",")) << first.shown();
    EXPECT_EQ(again["separator"], Json(";")) << again.shown();
    EXPECT_THAT(headers_of(again), ElementsAre("nome", "cidade, estado, país"));
    EXPECT_NE(again["uploadId"], first["uploadId"]) << "an import may be reading the first";
    EXPECT_EQ(preview(places, {{"separator", ";"}})["separator"], Json(";"));
}

TEST_F(ImportReadingTest, refuses_readings_that_do_not_exist) {
    const Reply wrong = preview(places, {{"separator", "#"}, {"encoding", "ebcdic"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(wrong.problem("separator"), "not_an_option");
    EXPECT_EQ(wrong.problem("encoding"), "not_an_option");
    EXPECT_EQ(preview(places, {{"headerLine", "9"}}).problem("headerLine"), "not_found");
}

TEST_F(ImportReadingTest, a_wrong_encoding_is_corrected_without_sending_the_file_again) {
    const auto read = [&](const Reply& shown, std::initializer_list<Json::Member> reading) {
        Json body = Json::object(reading);
        body.set("entity", "contact");
        body.set("uploadId", shown["uploadId"]);
        return api.post("/api/v1/imports/preview", body);
    };
    const auto first_name = [](const Reply& shown) {
        return shown["columns"].items()[0]["sample"].items()[0].as_string();
    };
    const Reply sent = preview("nome;telefone\nJo\xE3o;11987654321\n");

    const Reply as_utf8 = read(sent, {{"encoding", "utf-8"}});
    const Reply with_tabs = read(sent, {{"separator", ","}});
    const Reply back = read(with_tabs, {{"encoding", "windows-1252"}, {"separator", ";"}});

    EXPECT_EQ(first_name(sent), "João");
    EXPECT_EQ(as_utf8["encoding"], Json("utf-8")) << as_utf8.shown();
    EXPECT_NE(first_name(as_utf8), "João");
    EXPECT_EQ(first_name(back), "João") << back.shown();
    EXPECT_EQ(back["encoding"], Json("windows-1252"));
    EXPECT_EQ(first_name(read(read(as_utf8, {{"separator", ";"}}), {{"encoding", "windows-1252"}})),
              "João");
}

TEST_F(ImportReadingTest, the_header_stands_below_a_title_or_where_somebody_says) {
    const std::string titled =
        "Relatório de clientes\n\nEmitido em 26/11/2026\nnome;telefone\nAna;11987654321\n";
    const Reply found = preview(titled);
    EXPECT_EQ(found["headerLine"], Json(4)) << found.shown();
    EXPECT_THAT(headers_of(found), ElementsAre("nome", "telefone"));
    EXPECT_EQ(found["lines"].items()[0]["cells"], Json::array({"Relatório de clientes"}));

    const std::string odd = "x;y\nquem;fone\nAna;11987654321\n";
    const Reply chosen = preview(odd, {{"headerLine", "2"}});
    EXPECT_THAT(headers_of(chosen), ElementsAre("quem", "fone"));
    const Reply none = preview(odd, {{"headerLine", "0"}});
    EXPECT_EQ(none["hasHeader"], Json(false));
    EXPECT_EQ(none["columns"].items()[0]["sample"].items()[0], Json("x"));

    const Reply done =
        import(odd, {{"headerLine", "2"}, {"mapping", R"({"quem": "name", "fone": "phone"})"}});
    EXPECT_EQ(done["created"], Json(1)) << done.shown();
}

TEST_F(ImportReadingTest, a_stray_quote_costs_its_own_row_only) {
    const Reply done = import(
        "nome;telefone;empresa\nAna;11987654321;\"Bar do Zé\nBia;11987654322;X\n"
        "Cao;11987654323;\"Y\"\nDuda;11987654324;Z\n");

    EXPECT_EQ(done["created"], Json(3)) << done.shown();
    EXPECT_EQ(done["failed"], Json(1));
    EXPECT_THAT(names_in("/api/v1/contacts?sort=name"), ElementsAre("Bia", "Cao", "Duda"));
}

TEST_F(ImportReadingTest, two_encodings_in_one_file_spoil_nothing) {
    std::string csv = "nome;telefone\n";
    for (int i = 0; i < 9; ++i) {
        csv += "João;1198765100" + std::to_string(i) + "\n";
    }
    const Reply done = import(csv + "Concei\xE7\xE3o;11987659999\n");

    EXPECT_EQ(done["created"], Json(10)) << done.shown();
    EXPECT_EQ(names_in("/api/v1/contacts?sort=name&limit=100").front(), "Conceição");
}

TEST_F(ImportReadingTest, a_value_that_is_too_long_is_refused_with_its_limit) {
    import("nome;telefone;empresa\nAna;11987654321;" + std::string(200'000, 'x') + "\n");

    const Reply errors = api.get(path + "/errors");
    EXPECT_EQ(errors.data().items()[0]["errors"].items()[0]["message"],
              Json("Um valor desta linha passa de 131072 caracteres"));
}

TEST_F(ImportReadingTest, samples_are_never_cut_inside_a_letter) {
    const std::string letters = "ãããããããã😀";
    std::string cell;
    for (int i = 0; i < 60; ++i) {
        cell += letters;
    }
    for (const char* start : {"", "a", "aa", "aaa"}) {
        const Reply shown = preview("nome;telefone\n" + (start + cell) + ";11987654321\n");
        const Json sample = shown["columns"].items()[0]["sample"].items()[0];
        EXPECT_TRUE(is_valid_utf8(sample.as_string()));
        EXPECT_GT(sample.as_string().size(), 190u);
    }
}

TEST_F(ImportReadingTest, a_file_of_line_feeds_is_empty) {
    EXPECT_EQ(preview(std::string(1'000'000, '\n')).problem("file"), "empty");
}

TEST_F(ImportReadingTest, a_file_may_begin_with_blank_lines_but_nobody_looks_through_millions) {
    const std::string people = "nome;telefone\nAna;11987654321\n";

    EXPECT_EQ(preview(std::string(90'000, '\n') + people)["columns"].items().size(), 2u);
    EXPECT_EQ(preview(std::string(110'000, '\n') + people).problem("file"), "empty");
}

}  // namespace
}  // namespace ponte::customers
