// Who may do what with customers, and that nobody reaches those of another company.
#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using testing::Reply;

class ContactRightsTest : public CustomersTest {
protected:
    static Reply create(testing::Api& as) {
        return as.post("/api/v1/contacts",
                       {{"name", "Nova Pessoa"}, {"phone", testing::unique_phone()}});
    }
};

TEST_F(ContactRightsTest, each_role_may_what_its_name_promises) {
    struct Case {
        const char* role;
        int read, create, change_others, delete_others;
    };
    const Case cases[] = {
        {"supervisor", 200, 201, 200, 204},
        {"agent", 200, 201, 200, 403},
        {"sales", 200, 201, 403, 403},
        {"readonly", 200, 403, 403, 403},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(one.role);
        testing::Api& mine = company.user(one.role).api;
        const auto contact = given.contact().saved();

        EXPECT_EQ(mine.get(contact.path).status, one.read);
        EXPECT_EQ(create(mine).status, one.create);
        EXPECT_EQ(mine.patch(contact.path, {{"name", "Mudou"}}).status, one.change_others);
        EXPECT_EQ(mine.del(contact.path).status, one.delete_others);
    }
}

TEST_F(ContactRightsTest, sales_changes_its_own_customers) {
    auto& seller = company.user("sales");
    const auto contact = given.contact().owned_by(seller.id).saved();

    EXPECT_EQ(seller.api.patch(contact.path, {{"name", "Mudou"}}).status, 200);
    EXPECT_EQ(seller.api.del(contact.path).status, 204);
}

TEST_F(ContactRightsTest, reach_own_shows_only_ones_own) {
    auto& person =
        company.with_rights(Json::object({{"contacts", Json::object({{"read", "own"}})}}));
    const auto mine = given.contact().owned_by(person.id).saved();
    const auto theirs = given.contact().with_phone("+5511987654321").saved();

    EXPECT_EQ(person.api.get("/api/v1/contacts").data().items().size(), 1u);
    EXPECT_EQ(person.api.get(mine.path).status, 200);
    EXPECT_EQ(person.api.get(theirs.path).status, 404);
    EXPECT_EQ(person.api.get(mine.path + "/timeline").status, 200);
    EXPECT_EQ(person.api.get(theirs.path + "/timeline").status, 404);
    EXPECT_EQ(person.api.get("/api/v1/contacts/duplicates?phone=11987654321").data().items().size(),
              0u);
}

TEST_F(ContactRightsTest, nobody_writes_about_a_contact_that_they_cannot_see) {
    auto& person =
        company.with_rights(Json::object({{"contacts", Json::object({{"read", "own"}})},
                                          {"notes", Json::object({{"create", "all"}})}}));
    const auto theirs = given.contact().saved();

    const Reply reply =
        person.api.post("/api/v1/notes", {{"contactId", theirs.id}, {"body", "Oi"}});

    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.problem("contactId"), "not_found");
}

TEST_F(ContactRightsTest, without_the_right_to_read_nothing_answers) {
    auto& person = company.with_rights(Json::object({{"tags", Json::object({{"read", "all"}})}}));
    const auto contact = given.contact().saved();

    for (const std::string& target :
         {std::string("/api/v1/contacts"), contact.path, contact.path + "/timeline",
          std::string("/api/v1/contacts/stats"), std::string("/api/v1/contacts/duplicates?phone=1"),
          std::string("/api/v1/whatsapp/customers/check?phone=+5511999999999")}) {
        SCOPED_TRACE(target);
        EXPECT_EQ(person.api.get(target).status, 403);
    }
    EXPECT_EQ(person.api
                  .post("/api/v1/whatsapp/customers/create",
                        {{"name", "Ana"}, {"phone", "+5511999999999"}})
                  .status,
              403);
}

TEST_F(ContactRightsTest, another_companys_customers_do_not_exist) {
    const auto contact = given.contact().with_phone("+5511987654321").tagged({"vip"}).saved();
    const auto note = given.note(contact).saved();
    testing::Company other;
    testing::Api& theirs = other.api();

    EXPECT_EQ(theirs.get(contact.path).status, 404);
    EXPECT_EQ(theirs.patch(contact.path, {{"name", "Minha"}}).status, 404);
    EXPECT_EQ(theirs.del(contact.path).status, 404);
    EXPECT_EQ(theirs.get(contact.path + "/timeline").status, 404);
    EXPECT_EQ(theirs.get(note.path).status, 404);
    EXPECT_EQ(theirs.get("/api/v1/contacts")["pagination"]["total"], Json(0));
    EXPECT_EQ(theirs.get("/api/v1/contacts?search=ana").data().items().size(), 0u);
    EXPECT_EQ(theirs.get("/api/v1/tags").data().items().size(), 0u);
    EXPECT_EQ(theirs.get("/api/v1/contacts/stats")["total"], Json(0));
    EXPECT_EQ(theirs.get("/api/v1/contacts/duplicates?phone=11987654321").data().items().size(),
              0u);
    EXPECT_EQ(theirs.get("/api/v1/whatsapp/customers/check?phone=+5511987654321")["exists"],
              Json(false));
    EXPECT_EQ(theirs.post("/api/v1/notes", {{"contactId", contact.id}, {"body", "Oi"}}).status,
              422);
    EXPECT_EQ(api.get(contact.path)["name"], contact["name"]);
}

}  // namespace
}  // namespace ponte::customers
