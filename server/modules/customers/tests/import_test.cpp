// A spreadsheet of customers: matched by the same keys as everything else.
#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::ElementsAre;
using testing::Reply;

class ContactImportTest : public CustomersTest {
protected:
    Reply import(const std::string& csv, const std::string& mode) {
        const Reply accepted = api.upload(
            "/api/v1/imports", {{"entity", "contact"}, {"mode", mode}}, "clientes.csv", csv);
        EXPECT_EQ(accepted.status, 202) << accepted.shown();
        return testing::finished(api, "/api/v1/imports/" + accepted["id"].as_string());
    }
};

TEST_F(ContactImportTest, a_brazilian_spreadsheet_becomes_customers) {
    const Reply done = import(
        "Nome;Telefone;E-mail;Empresa;Etiquetas;Situação;CPF/CNPJ\n"
        "Ana Souza;(11) 98765-4321;ana@exemplo.com;Padaria;vip, cliente;Ativo;529.982.247-25\n"
        "Bia Lima;11 8888-7777;;;;Prospect;\n",
        "create");

    EXPECT_EQ(done["state"], Json("done")) << done.shown();
    EXPECT_EQ(done["created"], Json(2));
    const Json ana = api.get("/api/customers?search=ana").data().items()[0];
    EXPECT_EQ(ana["phone"], Json("+5511987654321"));
    EXPECT_EQ(ana["tags"], Json::array({"vip", "cliente"}));
    EXPECT_EQ(ana["document"], Json("52998224725"));
    EXPECT_EQ(api.get("/api/v1/contacts/stats")["prospect"], Json(1));
}

TEST_F(ContactImportTest, are_listed_by_their_state) {
    const Reply done = import("nome,telefone\nBia,(11) 97777-6666\n", "create");

    const auto listed = [&](const std::string& state) {
        return api.get("/api/v1/imports?state=" + state);
    };
    ASSERT_EQ(listed("done").data().items().size(), 1u);
    EXPECT_EQ(listed("done").data().items()[0]["id"], done["id"]);
    EXPECT_EQ(listed("done")["pagination"]["total"], Json(1));
    EXPECT_EQ(listed("failed").data().items().size(), 0u);
    EXPECT_EQ(listed("").data().items().size(), 1u);
    EXPECT_EQ(listed("ready").status, 400);
    EXPECT_EQ(listed("ready").problem("state"), "not_an_option");
}

TEST_F(ContactImportTest, what_is_there_already_is_not_made_twice) {
    given.contact().named("Ana").with_phone("+5511987654321").saved();
    const std::string csv = "nome,telefone\nAna de novo,551187654321\nBia,(11) 97777-6666\n";

    const Reply first = import(csv, "create");
    const Reply again = import(csv, "create");

    EXPECT_EQ(first["created"], Json(1)) << first.shown();
    EXPECT_EQ(first["skipped"], Json(1));
    EXPECT_EQ(again["created"], Json(0)) << again.shown();
    EXPECT_EQ(api.get("/api/customers")["pagination"]["total"], Json(2));
}

TEST_F(ContactImportTest, imported_customers_are_found_as_twins_and_say_where_they_come_from) {
    import("nome,telefone\nBia,(11) 97777-6666\n", "create");

    const Reply twins = api.get("/api/v1/contacts/duplicates?phone=1177776666");
    ASSERT_EQ(twins.data().items().size(), 1u) << twins.shown();
    const std::string id = twins.data().items()[0]["id"].as_string();
    const Reply line = api.get("/api/v1/contacts/" + id + "/timeline?type=imported");
    ASSERT_EQ(line.data().items().size(), 1u) << line.shown();
    EXPECT_EQ(line.data().items()[0]["type"], Json("contact.imported"));
}

TEST_F(ContactImportTest, the_file_of_seed_004_comes_in_unchanged) {
    const std::string csv =
        "name,number,email\n"
        "João Silva,5511999999999,joao@email.com\n"
        "Maria,12,maria@email.com\n";
    testing::Company other;

    const Reply first = import(csv, "upsert");
    const Reply again =
        import("name,number,email\nJoão S.,551199999999,novo@email.com\n", "upsert");

    EXPECT_EQ(first["created"], Json(1)) << first.shown();
    EXPECT_EQ(first["failed"], Json(1)) << "a number must be one";
    EXPECT_EQ(again["updated"], Json(1)) << again.shown();
    EXPECT_EQ(again["created"], Json(0));
    const Json joao = api.get("/api/customers").data().items()[0];
    EXPECT_EQ(joao["name"], Json("João S."));
    EXPECT_EQ(joao["phone"], Json("+5511999999999"));
    EXPECT_EQ(other.api().get("/api/customers")["pagination"]["total"], Json(0));
}

TEST_F(ContactImportTest, an_update_follows_the_ninth_digit) {
    const auto ana = given.contact().named("Ana").with_phone("+5511987654321").saved();

    const Reply done = import("telefone;cidade\n1187654321;Campinas\n", "update");

    EXPECT_EQ(done["updated"], Json(1)) << done.shown();
    EXPECT_EQ(api.get(ana.path)["city"], Json("Campinas"));
}

}  // namespace
}  // namespace ponte::customers
