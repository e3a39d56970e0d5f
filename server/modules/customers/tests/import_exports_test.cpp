// What other systems export, as they write it, arrives where it belongs; one bad cell costs a
// field where somebody wants that.
#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::ElementsAre;
using testing::Reply;
using ::testing::UnorderedElementsAre;

class ImportExportsTest : public CustomersTest {
protected:
    Reply import(const std::string& csv, const std::string& mapping = "",
                 const testing::FormFields& more = {}) {
        testing::FormFields fields{{"entity", "contact"}, {"mode", "create"}};
        fields.insert(fields.end(), more.begin(), more.end());
        if (!mapping.empty()) {
            fields.push_back({"mapping", mapping});
        }
        const Reply accepted = api.upload("/api/v1/imports", fields, "export.csv", csv);
        EXPECT_EQ(accepted.status, 202) << accepted.shown();
        path = "/api/v1/imports/" + accepted.id();
        return testing::finished(api, path);
    }
    Json only() {
        const Reply list = api.get("/api/v1/contacts");
        EXPECT_EQ(list.data().items().size(), 1u) << list.shown();
        return list.data().items().empty() ? Json::object() : list.data().items()[0];
    }
    Json suggested(const std::string& csv) {
        const Reply shown =
            api.upload("/api/v1/imports/preview", {{"entity", "contact"}}, "export.csv", csv);
        Json fields = Json::object();
        for (const Json& column : shown["columns"].items()) {
            if (!column["suggestedField"].is_null()) {
                fields.set(column["header"].as_string(), column["suggestedField"]);
            }
        }
        return fields;
    }
    std::string first_reason() {
        const Reply errors = api.get(path + "/errors");
        return errors.data().items()[0]["errors"].items()[0]["message"].as_string();
    }
    std::string path;
};

TEST_F(ImportExportsTest, of_the_common_systems_arrive_right) {
    struct {
        const char *name, *csv;
    } exports[] = {
        {"HubSpot",
         "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,"
         "Company Name\n"
         "101,Ana,Souza,ana@x.com,11987654321,Maria Vendedora,Open deal,Acme\n"},
        {"HubSpot in Portuguese",
         "ID do registro,Nome,Sobrenome,E-mail,Número de telefone,Proprietário do contato,"
         "Nome da empresa\n101,Ana,Souza,ana@x.com,11987654321,Maria Vendedora,Acme\n"},
        {"Pipedrive",
         "Person - ID,Person - Name,Person - First name,Person - Last name,Person - Organization,"
         "Person - Email - Work,Person - Email - Home,Person - Phone - Work,Person - Owner\n"
         "7,Ana Souza,Ana,Souza,Acme,ana@x.com,,11987654321,Maria Vendedora\n"},
        {"Pipedrive in Portuguese",
         "Pessoa - ID,Pessoa - Nome,Pessoa - Organização,Pessoa - E-mail - Trabalho,"
         "Pessoa - Telefone - Trabalho,Pessoa - Proprietário\n"
         "7,Ana Souza,Acme,ana@x.com,11987654321,Maria Vendedora\n"},
        {"Google Contacts",
         "First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Nickname,File As,"
         "Organization Name,Organization Title,Birthday,Notes,Photo,Labels,E-mail 1 - Label,"
         "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n"
         "Ana,,Souza,,Sra.,Aninha,,Acme,,,,,* myContacts,* Work,ana@x.com,Mobile,11987654321\n"},
        {"Outlook",
         "Title,First Name,Middle Name,Last Name,Company,Department,Job Title,Business Street,"
         "Business City,Business Phone,Home Phone,Mobile Phone,E-mail Address,E-mail Type,"
         "E-mail Display Name,Categories\n"
         ",Ana,,Souza,Acme,,,,,,,11987654321,ana@x.com,SMTP,Ana Souza (ana@x.com),\n"},
        {"Outlook in Portuguese",
         "Nome;Segundo Nome;Sobrenome;Empresa;Cargo;Telefone Comercial;Telefone Celular;"
         "Endereço de Email;Categorias\nAna;;Souza;Acme;;;11987654321;ana@x.com;\n"},
    };
    for (const auto& one : exports) {
        SCOPED_TRACE(one.name);
        testing::Company company;
        const Reply accepted = company.api().upload(
            "/api/v1/imports", {{"entity", "contact"}, {"mode", "create"}}, "export.csv", one.csv);
        ASSERT_EQ(accepted.status, 202) << accepted.shown();
        testing::finished(company.api(), "/api/v1/imports/" + accepted.id());

        const Reply list = company.api().get("/api/v1/contacts");
        ASSERT_EQ(list.data().items().size(), 1u) << list.shown();
        const Json& ana = list.data().items()[0];
        EXPECT_EQ(ana["name"], Json("Ana Souza"));
        EXPECT_EQ(ana["email"], Json("ana@x.com"));
        EXPECT_EQ(ana["phone"], Json("+5511987654321"));
        EXPECT_EQ(ana["company"], Json("Acme"));
        EXPECT_EQ(ana["assignedTo"], Json{});
        EXPECT_EQ(ana["tags"], Json::array());
    }
}

TEST_F(ImportExportsTest, leaves_out_what_only_sounds_like_a_field) {
    EXPECT_EQ(suggested("id;nome;telefone\n1;Ana;11987654321\n2;Bia;11987654322\n").dump(),
              R"({"nome":"name","telefone":"phone"})");
    EXPECT_EQ(suggested("nome;telefone;estado civil;e-mail marketing (sim/não)\n"
                        "Ana;11987654321;Casada;sim\n")
                  .dump(),
              R"({"nome":"name","telefone":"phone"})");
}

TEST_F(ImportExportsTest, understands_how_people_write_kinds_and_states) {
    const Reply done = import(
        "nome;telefone;tipo de pessoa;situação\nAna;11987654321;PF;Cliente\n"
        "Emp;11987654322;Pessoa Jurídica;ATIVA\nBia;11987654323;Física;Inativa\n"
        "Emp 2;11987654324;PJ;prospecto\n");

    EXPECT_EQ(done["created"], Json(4)) << done.shown();
    EXPECT_EQ(api.get("/api/v1/contacts/stats")["inactive"], Json(1));
    EXPECT_EQ(api.get("/api/v1/contacts/stats")["prospect"], Json(1));
}

TEST_F(ImportExportsTest, cpf_and_cnpj_feed_the_document_and_both_are_asked_about) {
    const Reply done = import(
        "nome;telefone;cpf;cnpj\nAna;11987654321;529.982.247-25;\n"
        "Emp;11987654322;;11.222.333/0001-81\nBia;11987654323;529.982.247-25;11.222.333/0001-81\n");

    EXPECT_EQ(done["created"], Json(2)) << done.shown();
    EXPECT_EQ(first_reason(), "CPF e CNPJ na mesma linha: deixe só um");
}

TEST_F(ImportExportsTest, an_option_with_a_comma_is_one_option) {
    given.custom_field("mul", "multiselect").with_options({"A", "C, D"}).saved();

    const Reply done = import(
        "nome;telefone;mul\nAna;11987654321;\"C, D\"\n"
        "Bia;11987654322;\"A; C, D\"\n");

    EXPECT_EQ(done["created"], Json(2)) << done.shown();
}

const char* const messy =
    "nome;telefone;email;situação\nAna;11987654321;ana(at)x.com;Vip\n"
    "Bia;11987654322;bia@x.com;Vip\nCao;11987654323;cao@x.com;Ativo\nTOTAL;;;3\n";

TEST_F(ImportExportsTest, reasons_are_grouped_in_the_readers_words_with_the_values) {
    const Reply done = import(messy);

    EXPECT_EQ(done["created"], Json(1)) << done.shown();
    const Reply groups = api.get(path + "/errors/groups");
    const Json status = groups.data().items()[0];
    EXPECT_EQ(status["field"], Json("status")) << groups.shown();
    EXPECT_EQ(status["count"], Json(2));
    EXPECT_EQ(status["message"], Json("Escolha uma das opções: Prospect, Ativo, Inativo"));
    EXPECT_EQ(status["values"].items()[0]["value"], Json("Vip"));
    EXPECT_EQ(api.get(path + "/errors").data().items()[0]["errors"].items()[0]["value"],
              Json("ana(at)x.com"));
}

TEST_F(ImportExportsTest, a_bad_cell_may_cost_the_field_only_and_is_told) {
    const Reply done = import(messy, R"({"nome": "name", "telefone": "phone",
        "email": {"field": "email", "onError": "skip_field"},
        "situação": {"field": "status", "values": {"vip": "Ativo"}}})");

    EXPECT_EQ(done["created"], Json(3)) << done.shown();
    EXPECT_EQ(done["skipped"], Json(1)) << "the line of totals";
    EXPECT_EQ(done["noticed"], Json(1));
    EXPECT_EQ(api.get("/api/v1/contacts/stats")["active"], Json(3));
    const Reply errors = api.get(path + "/errors");
    EXPECT_EQ(errors.data().items()[0]["errors"].items()[0]["code"], Json("summary_line"));
    EXPECT_EQ(errors.data().items()[1]["taken"], Json(true));
    EXPECT_EQ(api.get(path + "/errors.csv").text.find("(at)"), std::string::npos);
}

TEST_F(ImportExportsTest, cells_are_mended_before_the_run_and_totals_taken_when_asked) {
    const std::string fixes =
        R"([{"row": 1, "column": 2, "value": "ana@x.com"}, {"row": 1, "column": 3, "value": ""},
            {"row": 2, "column": 3, "value": "Inativo"}, {"row": 4, "column": 3, "value": ""}])";
    const Reply done = import(messy, "", {{"fixes", fixes}, {"summaryLines", "import"}});

    EXPECT_EQ(done["created"], Json(3)) << done.shown();
    EXPECT_EQ(done["failed"], Json(1)) << "TOTAL is a row like any other, and nobody reaches it";
    EXPECT_EQ(api.get("/api/v1/contacts?search=ana@x.com").data().items().size(), 1u);
    const testing::FormFields wrong{
        {"entity", "contact"}, {"mode", "create"}, {"fixes", R"([{"row": 1, "column": 9}])"}};
    EXPECT_EQ(api.upload("/api/v1/imports", wrong, "x.csv", messy).problem("fixes"), "format");
}

TEST_F(ImportExportsTest, a_trial_is_mended_asked_again_and_runs_as_it_was_mended) {
    Reply trial = import(messy, "", {{"dryRun", "true"}});
    ASSERT_EQ(trial["failed"], Json(2)) << trial.shown();
    const Reply before = api.get(path + "/plan");

    Json plan = before.body;
    Json mapping = Json::array();
    for (Json column : plan["mapping"].items()) {
        if (column["field"] == Json("status")) {
            column.set("values", Json::object({{"Vip", "active"}}));
        }
        mapping.push(column);
    }
    plan.set("mapping", mapping);
    plan.set("fixes",
             Json::array({Json::object({{"row", 1}, {"column", 2}, {"value", "ana@x.com"}})}));
    const Reply asked = api.put(path + "/plan", plan);
    trial = testing::finished(api, path);

    EXPECT_EQ(asked.status, 202) << asked.shown();
    EXPECT_EQ(trial["id"], asked["id"]);
    EXPECT_EQ(trial["failed"], Json(0)) << trial.shown();
    EXPECT_EQ(trial["created"], Json(3));
    const Reply after = api.get(path + "/plan");
    EXPECT_EQ(after["fixes"], plan["fixes"]);
    EXPECT_EQ(after["mapping"], mapping) << after.shown();

    ASSERT_EQ(api.post(path + "/run").status, 202);
    EXPECT_EQ(testing::finished(api, path)["created"], Json(3));
    EXPECT_EQ(api.get("/api/v1/contacts?search=ana@x.com").data().items().size(), 1u);
    EXPECT_EQ(api.put(path + "/plan", plan).code(), "import.not_a_trial");
    EXPECT_EQ(api.get(path + "/plan")["fixes"], plan["fixes"]) << "what was done stays true";
}

TEST_F(ImportExportsTest, lines_of_totals_are_listed_and_kept_one_by_one) {
    const std::string csv =
        "nome;telefone;cidade\nAna;11987654321;Natal\nTotal;;Recife\nTOTAL GERAL;;\n";
    import(csv, "", {{"dryRun", "true"}});
    const Reply shown = api.get(path + "/errors?only=summary_lines");
    ASSERT_EQ(shown.data().items().size(), 2u) << shown.shown();
    EXPECT_EQ(shown.data().items()[0]["line"], Json(3));

    Json plan = api.get(path + "/plan").body;
    plan.set("summaryRows", Json::array({2}));
    plan.set("mode", "upsert");
    ASSERT_EQ(api.put(path + "/plan", plan).status, 202);

    EXPECT_EQ(testing::finished(api, path)["skipped"], Json(1));
    EXPECT_EQ(api.get(path + "/errors?only=summary_lines").data().items()[0]["row"], Json(3));
    EXPECT_EQ(api.get(path + "/plan")["summaryRows"], Json::array({2}));
}

TEST_F(ImportExportsTest, a_plan_is_bounded_and_every_fault_of_it_is_told) {
    import(messy, "", {{"dryRun", "true"}});
    Json rows = Json::array(), fixes = Json::array();
    for (int i = 1; i <= 1'001; ++i) {
        rows.push(i);
        fixes.push(Json::object({{"row", i}, {"column", 0}, {"value", "x"}}));
    }
    const Json mapping = Json::array({Json::object({{"column", 0}, {"field", "nobody"}}),
                                      Json::object({{"column", 9}, {"field", "name"}})});

    const Reply refused = api.put(
        path + "/plan",
        Json::object(
            {{"mode", "create"}, {"mapping", mapping}, {"fixes", fixes}, {"summaryRows", rows}}));

    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.problem("mapping"), "unknown_target");
    EXPECT_EQ(refused.problem("fixes"), "too_many");
    EXPECT_EQ(refused.problem("summaryRows"), "too_many");
    Json strange = api.get(path + "/plan").body;
    strange.set("fixes", 5);
    strange.set("summaryRows", 5);
    EXPECT_EQ(api.put(path + "/plan", strange).problem("fixes"), "format");
    EXPECT_EQ(api.put(path + "/plan", strange).problem("summaryRows"), "format");
    strange.set("summaryRows", Json::array({"2"}));
    EXPECT_EQ(api.put(path + "/plan", strange).problem("summaryRows"), "format");
}

TEST_F(ImportExportsTest, a_plan_without_its_columns_does_not_go_back_to_the_suggestions) {
    import(messy, "", {{"dryRun", "true"}});
    const std::string before = api.get(path + "/plan").text;

    for (const Json& part : {Json::object(), Json::object({{"fixes", Json::array()}})}) {
        const Reply refused = api.put(path + "/plan", part);

        EXPECT_EQ(refused.problem("mode"), "required") << refused.shown();
        EXPECT_EQ(refused.problem("mapping"), "required");
    }
    EXPECT_EQ(api.get(path + "/plan").text, before);
}

TEST_F(ImportExportsTest, the_preview_lists_values_that_no_option_stands_for) {
    const Reply shown = api.upload("/api/v1/imports/preview", {{"entity", "contact"}}, "x.csv",
                                   "nome;telefone;situação\nAna;11987654321;ativíssimo\n"
                                   "Bia;11987654322;Vip\nCao;11987654323;Vip\n");
    EXPECT_EQ(shown["columns"].items()[2]["unmatchedValues"].dump(),
              R"([{"value":"Vip","count":2,"suggestion":null},)"
              R"({"value":"ativíssimo","count":1,"suggestion":"active"}])");
}

TEST_F(ImportExportsTest, a_mapping_of_more_columns_than_a_file_may_have_is_refused) {
    Json mapping = Json::object();
    for (int i = 0; i < 1'001; ++i) {
        mapping.set("c" + std::to_string(i), "name");
    }
    const Reply refused = api.upload(
        "/api/v1/imports", {{"entity", "contact"}, {"mode", "create"}, {"mapping", mapping.dump()}},
        "x.csv", "nome\nAna\n");
    EXPECT_EQ(refused.problem("mapping"), "too_many") << refused.shown();
}

}  // namespace
}  // namespace ponte::customers
