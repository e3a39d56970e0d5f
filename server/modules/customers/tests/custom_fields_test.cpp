// Fields that a company adds to its customers without code.
#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using testing::Reply;

class ContactCustomFieldsTest : public CustomersTest {};

TEST_F(ContactCustomFieldsTest, the_example_of_the_seed_is_stored_and_returned) {
    given.custom_field("segmento", "text").saved();
    given.custom_field("receita_anual", "number").saved();
    given.custom_field("numero_funcionarios", "number").saved();
    given.custom_field("data_fundacao", "date").saved();
    given.custom_field("plano_contratado", "select")
        .with_options({"Essencial", "Enterprise"})
        .saved();
    const Json values = Json::parse(R"({"segmento": "Tecnologia", "receita_anual": 1000000,
        "numero_funcionarios": 50, "data_fundacao": "2020-01-01",
        "plano_contratado": "Enterprise"})");

    const auto contact = given.contact().with_custom(values).saved();

    for (const auto& [key, value] : values.members()) {
        SCOPED_TRACE(key);
        EXPECT_EQ(contact["customFields"][key], value);
        EXPECT_EQ(api.get(contact.path)["customFields"][key], value);
    }
}

TEST_F(ContactCustomFieldsTest, a_field_has_id_name_type_required_options_and_default) {
    const Json body = Json::parse(R"({"entity": "contact", "name": "Plano", "type": "select",
        "required": true, "options": ["Básico", "Fibra"], "defaultValue": "Fibra"})");

    const Reply reply = api.post("/api/v1/custom-fields", body);

    ASSERT_EQ(reply.status, 201) << reply.shown();
    EXPECT_TRUE(Id::parse(reply.id()).has_value());
    EXPECT_EQ(reply["key"], Json("plano"));
    for (const auto& [key, value] : body.members()) {
        SCOPED_TRACE(key);
        EXPECT_EQ(reply[key], value);
    }
}

TEST_F(ContactCustomFieldsTest, values_of_every_type_are_checked) {
    struct Case {
        const char* type;
        Json right;
        Json stored;
        Json wrong;
    };
    const Case cases[] = {
        {"text", "Azul", "Azul", 7},
        {"number", 12.5, 12.5, "doze"},
        {"date", "2020-01-01", "2020-01-01", "31/31/2020"},
        {"select", "Fibra", "Fibra", "Cabo"},
        {"boolean", true, true, "talvez"},
        {"money", 1234.56, 1234.56, "muito"},
        {"integer", 5, 5, 5.5},
        {"email", "Ana@Exemplo.com", "Ana@exemplo.com", "ana@"},
        {"phone", "(11) 98765-4321", "+5511987654321", "12345"},
        {"url", "https://exemplo.com", "https://exemplo.com", "exemplo"},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(one.type);
        const std::string key = std::string("campo_") + one.type;
        auto field = given.custom_field(key, one.type);
        if (std::string_view(one.type) == "select") {
            field.with_options({"Fibra", "Rádio"});
        }
        field.saved();

        const auto contact = given.contact().with_custom(Json::object({{key, one.right}})).saved();
        EXPECT_EQ(contact["customFields"][key], one.stored);

        const Json bad = Json::object({{"customFields", Json::object({{key, one.wrong}})}});
        const Reply reply = api.patch(contact.path, bad);
        EXPECT_EQ(reply.status, 422) << reply.shown();
        EXPECT_NE(reply.problem("customFields." + key), "");
    }
}

TEST_F(ContactCustomFieldsTest, a_required_field_must_be_filled_in) {
    given.custom_field("cnh", "text").with("required", true).saved();
    const Json body = Json::object({{"name", "Ana"}, {"phone", testing::unique_phone()}});

    const Reply reply = api.post("/api/customers", body);

    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.problem("customFields.cnh"), "required");
}

TEST_F(ContactCustomFieldsTest, a_default_is_applied_on_create_and_not_later) {
    const auto before = given.contact().saved();
    given.custom_field("plano", "text").with("defaultValue", "Essencial").saved();

    EXPECT_EQ(given.contact().saved()["customFields"]["plano"], Json("Essencial"));
    EXPECT_TRUE(api.get(before.path)["customFields"]["plano"].is_null());
}

TEST_F(ContactCustomFieldsTest, patch_leaves_other_fields_alone) {
    given.custom_field("um", "text").saved();
    given.custom_field("dois", "text").saved();
    const Json both = Json::object({{"um", "1"}, {"dois", "2"}});
    const auto contact = given.contact().with_custom(both).saved();

    const Json change = Json::object({{"customFields", Json::object({{"um", "novo"}})}});
    const Reply reply = api.patch(contact.path, change);

    EXPECT_EQ(reply["customFields"]["um"], Json("novo"));
    EXPECT_EQ(reply["customFields"]["dois"], Json("2"));
}

TEST_F(ContactCustomFieldsTest, a_deleted_field_is_in_no_answer_until_it_is_back) {
    const auto field = given.custom_field("cor", "text").saved();
    const auto contact = given.contact().with_custom(Json::object({{"cor", "azul"}})).saved();
    api.patch(contact.path, {{"customFields", Json::object({{"cor", "verde"}})}});
    const auto answers = [&] {
        std::string all;
        for (const auto* what : {"", "/history", "/timeline", "?asOf=2030-01-01T00:00:00Z"}) {
            all += api.get(contact.path + what).text;
        }
        return all + api.get("/api/v1/contacts").text;
    };
    const auto tells = [&](const char* word) { return answers().find(word) != std::string::npos; };
    ASSERT_TRUE(tells("verde"));

    ASSERT_EQ(api.del(field.path).status, 204);

    EXPECT_FALSE(tells("verde"));
    EXPECT_FALSE(tells("azul"));
    Json shown = api.get(contact.path).body;
    shown.set("city", "Rio");
    EXPECT_EQ(api.put(contact.path, shown).status, 200);

    ASSERT_EQ(api.post(field.path + "/restore").status, 200);
    EXPECT_EQ(api.get(contact.path)["customFields"]["cor"], Json("verde"));
    EXPECT_EQ(api.get(contact.path)["city"], Json("Rio"));
}

TEST_F(ContactCustomFieldsTest, an_import_leaves_values_of_deleted_fields_alone) {
    const auto field = given.custom_field("cor", "text").saved();
    given.custom_field("plano", "text").saved();
    const auto contact = given.contact()
                             .with_email("ana@exemplo.com")
                             .with_custom(Json::object({{"cor", "azul"}}))
                             .saved();
    ASSERT_EQ(api.del(field.path).status, 204);

    const Reply started = api.upload("/api/v1/imports", {{"entity", "contact"}, {"mode", "update"}},
                                     "c.csv", "email;plano\nana@exemplo.com;Fibra\n");
    testing::finished(api, "/api/v1/imports/" + started.id());

    api.post(field.path + "/restore");
    const Json expected = Json::object({{"cor", "azul"}, {"plano", "Fibra"}});
    EXPECT_EQ(api.get(contact.path)["customFields"]["cor"], expected["cor"]);
    EXPECT_EQ(api.get(contact.path)["customFields"]["plano"], expected["plano"]);
}

TEST_F(ContactCustomFieldsTest, what_a_record_has_may_stay_when_its_option_goes) {
    const auto level =
        given.custom_field("nivel", "select").with_options({"Ouro", "Prata"}).saved();
    const auto tastes =
        given.custom_field("gostos", "multiselect").with_options({"Mar", "Serra"}).saved();
    const Json values =
        Json::object({{"nivel", "Ouro"}, {"gostos", Json::array({"Mar", "Serra"})}});
    const auto old = given.contact().with_custom(values).saved(), fresh = given.contact().saved();
    api.patch(level.path, {{"options", Json::array({"Prata"})}});
    api.patch(tastes.path, {{"options", Json::array({"Serra"})}});

    Json shown = api.get(old.path).body;
    shown.set("city", "Rio");
    EXPECT_EQ(api.put(old.path, shown).status, 200);
    EXPECT_EQ(
        api.patch(old.path, {{"customFields", Json::object({{"gostos", Json::array({"Mar"})}})}})
            .status,
        200);

    const Reply refused =
        api.patch(fresh.path, {{"customFields", Json::object({{"nivel", "Ouro"}})}});
    EXPECT_EQ(refused.problem("customFields.nivel"), "not_an_option");
}

TEST_F(ContactCustomFieldsTest, a_person_in_a_field_is_somebody_of_the_company) {
    const auto field = given.custom_field("padrinho", "user").saved();
    testing::Company other;
    const auto contact = given.contact().saved();
    const auto give = [&](const std::string& id) {
        return api.patch(contact.path, {{"customFields", Json::object({{"padrinho", id}})}});
    };

    EXPECT_EQ(give(company.admin().id).status, 200);
    for (const std::string& nobody : {Id::make().text(), other.admin().id}) {
        EXPECT_EQ(give(nobody).problem("customFields.padrinho"), "not_found");
        EXPECT_EQ(api.patch(field.path, {{"defaultValue", nobody}}).problem("defaultValue"),
                  "not_found");
        const Json values = Json::object({{"customFields", Json::object({{"padrinho", nobody}})}});
        const Reply bulk = api.post(
            "/api/v1/contacts/bulk",
            {{"action", "update"}, {"ids", Json::array({contact.id})}, {"values", values}});
        EXPECT_EQ(bulk.problem("customFields.padrinho"), "not_found") << bulk.shown();
    }
}

}  // namespace
}  // namespace ponte::customers
