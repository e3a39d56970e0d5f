// The customer's schema in seed 000, field by field, and its rules of validation.
#include <regex>

#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::ElementsAre;
using testing::Reply;
using ::testing::UnorderedElementsAre;

class ContactSchemaTest : public CustomersTest {
protected:
    // Creates with these members beside a name and a phone.
    Reply create(Json more) {
        Json body = Json::object({{"name", "Ana Souza"}, {"phone", testing::unique_phone()}});
        for (const auto& [name, value] : more.members()) {
            body.set(name, value);
        }
        return api.post("/api/customers", body);
    }
};

TEST_F(ContactSchemaTest, a_customer_has_the_members_of_the_seed) {
    const auto contact = given.contact().saved();

    EXPECT_TRUE(Id::parse(contact.id).has_value());
    EXPECT_EQ(contact.id.size(), 36u);
    EXPECT_TRUE(contact["name"].is_string());
    EXPECT_TRUE(contact["email"].is_null());
    EXPECT_TRUE(contact["phone"].as_string().starts_with("+55"));
    EXPECT_TRUE(contact["company"].is_null());
    EXPECT_EQ(contact["status"], Json("active"));
    EXPECT_EQ(contact["tags"], Json::array());
    EXPECT_TRUE(contact["customFields"].is_object());
    EXPECT_TRUE(contact["lastContactAt"].is_null());
    EXPECT_EQ(contact["totalInteractions"], Json(0));
    EXPECT_TRUE(contact["assignedTo"].is_null());
}

TEST_F(ContactSchemaTest, times_are_iso_8601_in_utc) {
    const auto contact = given.contact().saved();

    const std::regex iso(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)");
    EXPECT_TRUE(std::regex_match(contact["createdAt"].as_string(), iso));
    EXPECT_TRUE(std::regex_match(contact["updatedAt"].as_string(), iso));
}

TEST_F(ContactSchemaTest, a_change_moves_updated_at_and_not_created_at) {
    const auto contact = given.contact().saved();

    const Reply changed = api.patch(contact.path, {{"name", "Outra"}});

    EXPECT_EQ(changed["createdAt"], contact["createdAt"]);
    EXPECT_GT(changed["updatedAt"].as_string(), contact["updatedAt"].as_string());
}

TEST_F(ContactSchemaTest, a_customer_belongs_to_a_user) {
    auto& agent = company.user("agent");

    const auto contact = given.contact().owned_by(agent.id).saved();

    EXPECT_EQ(contact["assignedTo"], Json(agent.id));
    EXPECT_EQ(api.get("/api/customers?assignedTo=" + agent.id).data().items().size(), 1u);
    EXPECT_EQ(create(Json::object({{"assignedTo", Id::make().text()}})).problem("assignedTo"),
              "not_found");
}

TEST_F(ContactSchemaTest, computed_fields_are_not_taken_from_input) {
    const Reply reply = create(Json::object({{"totalInteractions", 99},
                                             {"lastContactAt", "2024-01-15T10:30:00Z"},
                                             {"createdAt", "2001-01-01T00:00:00Z"}}));

    ASSERT_EQ(reply.status, 201) << reply.shown();
    EXPECT_EQ(reply["totalInteractions"], Json(0));
    EXPECT_TRUE(reply["lastContactAt"].is_null());
    EXPECT_GT(reply["createdAt"].as_string(), "2024");
}

TEST_F(ContactSchemaTest, every_way_to_write_a_phone_is_one_number) {
    struct Case {
        const char* typed;
        const char* stored;
    };
    const Case cases[] = {
        {"+5511999999999", "+5511999999999"},  {"+55 11 99999-9999", "+5511999999999"},
        {"5511999999999", "+5511999999999"},   {"(11) 99999-9999", "+5511999999999"},
        {"11 9999-9999", "+5511999999999"},    {"+55 55 99999-8888", "+5555999998888"},
        {"55 99999-8888", "+5555999998888"},   {"041 41 3333-4444", "+554133334444"},
        {"+351 912 345 678", "+351912345678"},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(one.typed);
        EXPECT_EQ(create(Json::object({{"phone", one.typed}}))["phone"], Json(one.stored));
    }
}

TEST_F(ContactSchemaTest, wrong_values_are_named_with_their_code) {
    struct Case {
        const char* name;
        Json input;
        const char* field;
        const char* code;
    };
    const Case cases[] = {
        {"no name", Json::object({{"name", nullptr}}), "name", "required"},
        {"blank name", Json::object({{"name", "   "}}), "name", "required"},
        {"one letter", Json::object({{"name", " A "}}), "name", "too_short"},
        {"long name", Json::object({{"name", std::string(256, 'a')}}), "name", "too_long"},
        {"no phone", Json::object({{"phone", nullptr}}), "phone", "required"},
        {"short phone", Json::object({{"phone", "12345"}}), "phone", "format"},
        {"words for a phone", Json::object({{"phone", "ligue já"}}), "phone", "format"},
        {"number for a phone", Json::object({{"phone", 11999999999}}), "phone", "type"},
        {"no such area code", Json::object({{"phone", "(20) 98765-4321"}}), "phone", "area_code"},
        {"half an e-mail", Json::object({{"email", "ana@"}}), "email", "format"},
        {"status", Json::object({{"status", "vip"}}), "status", "not_an_option"},
        {"kind", Json::object({{"kind", "robot"}}), "kind", "not_an_option"},
        {"tags as text", Json::object({{"tags", "vip"}}), "tags", "type"},
        {"CPF", Json::object({{"document", "111.111.111-11"}}), "document", "check_digit"},
        {"unknown field", Json::object({{"nickname", "Nana"}}), "nickname", "unknown"},
        {"unknown custom field", Json::object({{"customFields", Json::object({{"x", 1}})}}),
         "customFields.x", "unknown"},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(one.name);
        const Reply reply = create(one.input);
        EXPECT_EQ(reply.status, 422);
        EXPECT_EQ(reply.problem(one.field), one.code) << reply.shown();
    }
    EXPECT_EQ(api.get("/api/customers")["pagination"]["total"], Json(0));
}

TEST_F(ContactSchemaTest, all_errors_come_at_once_in_the_seeds_words) {
    const Json body = Json::object({{"name", "A"}, {"email", "x"}, {"phone", "12"}});

    const Reply reply = api.post("/api/customers", body);

    EXPECT_EQ(reply.status, 422);
    std::vector<std::string> messages;
    for (const Json& one : reply["errors"].items()) {
        messages.push_back(one["message"].as_string());
    }
    EXPECT_THAT(messages,
                UnorderedElementsAre("Nome é obrigatório e deve ter pelo menos 2 caracteres",
                                     "Email inválido", "Telefone inválido"));
}

TEST_F(ContactSchemaTest, documents_are_kept_without_their_punctuation) {
    EXPECT_EQ(create(Json::object({{"document", "529.982.247-25"}}))["document"],
              Json("52998224725"));
    EXPECT_EQ(
        create(Json::object({{"document", "12.abc.345/01de-35"}, {"kind", "company"}}))["document"],
        Json("12ABC34501DE35"));
}

TEST_F(ContactSchemaTest, the_three_states_are_counted_and_shown) {
    for (const char* status : {"prospect", "active", "inactive"}) {
        SCOPED_TRACE(status);
        EXPECT_EQ(create(Json::object({{"status", status}}))["status"], Json(status));
    }
}

}  // namespace
}  // namespace ponte::customers
