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

}  // namespace
}  // namespace ponte::customers
