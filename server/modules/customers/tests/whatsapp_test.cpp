#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::Contains;
using testing::Reply;

class WhatsappCustomersTest : public CustomersTest {};

TEST_F(WhatsappCustomersTest, a_number_is_looked_up_in_any_form) {
    const auto ana = given.contact().named("Ana").with_phone("+5511999999999").saved();

    for (const char* phone : {"+5511999999999", "%2B5511999999999", "5511999999999", "551199999999",
                              "(11)+99999-9999", "11+9999-9999", "+55+11+99999-9999"}) {
        SCOPED_TRACE(phone);
        const Reply reply = api.get(std::string("/api/whatsapp/customers/check?phone=") + phone);

        EXPECT_EQ(reply.status, 200) << reply.shown();
        EXPECT_EQ(reply["exists"], Json(true));
        EXPECT_EQ(reply["customer"]["id"], Json(ana.id));
        EXPECT_EQ(reply["customer"]["name"], Json("Ana"));
    }
}

TEST_F(WhatsappCustomersTest, an_old_eight_digit_number_finds_the_new_one_and_back) {
    given.contact().with_phone("11 8765-4321").saved();

    EXPECT_EQ(api.get("/api/whatsapp/customers/check?phone=+5511987654321")["exists"], Json(true));
    EXPECT_EQ(api.get("/api/whatsapp/customers/check?phone=551187654321")["exists"], Json(true));
}

TEST_F(WhatsappCustomersTest, an_unknown_number_does_not_exist) {
    const Reply reply = api.get("/api/whatsapp/customers/check?phone=+5511988887777");

    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply["exists"], Json(false));
    EXPECT_TRUE(reply["customer"].is_null());
    EXPECT_EQ(api.get("/api/whatsapp/customers/check").status, 400);
    EXPECT_EQ(api.get("/api/whatsapp/customers/check?phone=abc").status, 400);
}

TEST_F(WhatsappCustomersTest, a_customer_is_made_from_a_conversation) {
    const Json body = Json::parse(R"({"name": "João Silva", "phone": "+5511999999999",
        "email": "joao.silva@email.com", "company": "Tech Solutions Ltda"})");

    const Reply reply = api.post("/api/whatsapp/customers/create", body);

    ASSERT_EQ(reply.status, 201) << reply.shown();
    for (const auto& [field, value] : body.members()) {
        SCOPED_TRACE(field);
        EXPECT_EQ(reply[field], value);
    }
    EXPECT_THAT(events_of("/api/v1/contacts/" + reply.id()), Contains("contact.created"));
}

TEST_F(WhatsappCustomersTest, name_and_phone_are_enough) {
    const Reply reply = api.post("/api/whatsapp/customers/create",
                                 {{"name", "João Silva"}, {"phone", "+5511999999999"}});

    EXPECT_EQ(reply.status, 201) << reply.shown();
    EXPECT_EQ(api.post("/api/whatsapp/customers/create", {{"name", "João"}}).problem("phone"),
              "required");
    EXPECT_EQ(
        api.post("/api/whatsapp/customers/create", {{"phone", "+5511999999998"}}).problem("name"),
        "required");
}

TEST_F(WhatsappCustomersTest, who_is_a_customer_already_is_answered_and_not_made_again) {
    const auto ana = given.contact().named("Ana").with_phone("+5511999999999").saved();

    const Reply reply = api.post("/api/whatsapp/customers/create",
                                 {{"name", "Ana do WhatsApp"}, {"phone", "551199999999"}});

    EXPECT_EQ(reply.status, 200) << reply.shown();
    EXPECT_EQ(reply.id(), ana.id);
    EXPECT_EQ(reply["name"], Json("Ana"));
    EXPECT_EQ(api.get("/api/customers")["pagination"]["total"], Json(1));
}

TEST_F(WhatsappCustomersTest, a_colleagues_customer_exists_but_is_not_shown) {
    const Json rights = Json::object({{"read", "own"}, {"create", "all"}});
    auto& person = company.with_rights(Json::object({{"contacts", rights}}));
    given.contact().with_phone("+5511999999999").saved();

    const Reply seen = person.api.get("/api/whatsapp/customers/check?phone=+5511999999999");
    const Reply made = person.api.post("/api/whatsapp/customers/create",
                                       {{"name", "Ana"}, {"phone", "+5511999999999"}});

    EXPECT_EQ(seen["exists"], Json(true));
    EXPECT_TRUE(seen["customer"].is_null());
    EXPECT_EQ(made.status, 409);
}

}  // namespace
}  // namespace ponte::customers
