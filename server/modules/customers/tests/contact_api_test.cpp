// The endpoints of seed 000, under the names that it gives them.
#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Reply;
using ::testing::UnorderedElementsAre;

// The body of seed 000, word by word.
const Json joao = Json::parse(R"({
  "name": "João Silva",
  "email": "joao.silva@email.com",
  "phone": "+5511999999999",
  "company": "Tech Solutions Ltda",
  "status": "active",
  "tags": ["cliente", "vip"]
})");

class ContactApiTest : public CustomersTest {};

TEST_F(ContactApiTest, customers_are_listed_under_every_name_that_the_seed_has) {
    given.contact().named("Ana").saved();

    for (const char* path : {"/api/customers", "/v1/customers", "/api/v1/customers",
                             "/api/contacts", "/api/v1/contacts"}) {
        SCOPED_TRACE(path);
        const Reply reply = api.get(path);

        EXPECT_EQ(reply.status, 200);
        ASSERT_EQ(reply.data().items().size(), 1u);
        EXPECT_EQ(reply.data().items()[0]["name"], Json("Ana"));
    }
}

TEST_F(ContactApiTest, pages_have_20_records_unless_asked_and_100_at_most) {
    for (int i = 0; i < 23; ++i) {
        given.contact().saved();
    }

    const Reply first = api.get("/api/customers");
    EXPECT_EQ(first.data().items().size(), 20u);
    EXPECT_EQ(first["pagination"]["page"], Json(1));
    EXPECT_EQ(first["pagination"]["limit"], Json(20));
    EXPECT_EQ(first["pagination"]["total"], Json(23));
    EXPECT_EQ(first["pagination"]["totalPages"], Json(2));
    EXPECT_EQ(api.get("/api/customers?page=2").data().items().size(), 3u);
    EXPECT_EQ(api.get("/api/customers?limit=5").data().items().size(), 5u);
    EXPECT_EQ(api.get("/api/customers?limit=1000")["pagination"]["limit"], Json(100));
    EXPECT_EQ(api.get("/api/customers?page=0").status, 400);
    EXPECT_EQ(api.get("/api/customers?limit=x").status, 400);
}

TEST_F(ContactApiTest, search_looks_at_names_without_accents_and_at_everything_else) {
    given.contact().named("João Silva").with_email("jsilva@email.com").saved();
    given.contact().named("Maria").of_company("Padaria Conceição").saved();
    given.contact().named("Pedro").with_phone("+5511987654321").saved();

    EXPECT_THAT(names_in("/api/customers?search=joao"), ElementsAre("João Silva"));
    EXPECT_THAT(names_in("/api/customers?search=jsilva%40"), ElementsAre("João Silva"));
    EXPECT_THAT(names_in("/api/customers?search=conceicao"), ElementsAre("Maria"));
    EXPECT_THAT(names_in("/api/customers?search=(11)+98765-4321"), ElementsAre("Pedro"));
    EXPECT_THAT(names_in("/api/customers?search=551187654321"), ElementsAre("Pedro"));
    EXPECT_THAT(names_in("/api/customers?search=jo"), ElementsAre("João Silva"));
    EXPECT_THAT(names_in("/api/customers?search=silva+joao"), ElementsAre("João Silva"));
    EXPECT_THAT(names_in("/api/customers?search=ninguem"), IsEmpty());
}

TEST_F(ContactApiTest, a_field_of_the_business_is_found_too) {
    given.custom_field("plano", "text").saved();
    given.contact().named("Ana").with_custom(Json::object({{"plano", "Girassol"}})).saved();
    given.contact().named("Bia").saved();

    EXPECT_THAT(names_in("/api/customers?search=girassol"), ElementsAre("Ana"));
}

TEST_F(ContactApiTest, status_filters_by_one_or_several) {
    given.contact().named("Ana").with_status("active").saved();
    given.contact().named("Bia").with_status("inactive").saved();
    given.contact().named("Cid").with_status("prospect").saved();

    EXPECT_THAT(names_in("/api/customers?status=active"), ElementsAre("Ana"));
    EXPECT_THAT(names_in("/api/customers?status=inactive"), ElementsAre("Bia"));
    EXPECT_THAT(names_in("/api/customers?status=active,prospect"),
                UnorderedElementsAre("Ana", "Cid"));
    EXPECT_EQ(api.get("/api/customers?status=active")["pagination"]["total"], Json(1));
    EXPECT_EQ(api.get("/api/customers?status=unknown").status, 400);
}

TEST_F(ContactApiTest, tags_filter_by_any_of_several) {
    given.contact().named("Ana").tagged({"cliente", "vip"}).saved();
    given.contact().named("Bia").tagged({"atacado"}).saved();
    given.contact().named("Cid").saved();

    EXPECT_THAT(names_in("/api/customers?tags=vip"), ElementsAre("Ana"));
    EXPECT_THAT(names_in("/api/customers?tags=VIP,atacado"), UnorderedElementsAre("Ana", "Bia"));
    EXPECT_THAT(names_in("/api/customers?tags=nunca-usada"), IsEmpty());
}

TEST_F(ContactApiTest, lists_are_ordered_by_a_field_in_a_direction) {
    given.contact().named("Zoé").of_company("Aroeira").saved();
    given.contact().named("Íris").of_company("Zênite").saved();
    given.contact().named("ana").saved();

    EXPECT_THAT(names_in("/api/customers?sortBy=name&sortOrder=asc"),
                ElementsAre("ana", "Íris", "Zoé"));
    EXPECT_THAT(names_in("/api/customers?sortBy=name&sortOrder=desc"),
                ElementsAre("Zoé", "Íris", "ana"));
    EXPECT_THAT(names_in("/api/customers?sortBy=company&sortOrder=asc"),
                ElementsAre("ana", "Zoé", "Íris"));
    for (const char* field :
         {"email", "status", "lastContactAt", "totalInteractions", "createdAt", "updatedAt"}) {
        SCOPED_TRACE(field);
        EXPECT_EQ(names_in(std::string("/api/customers?sortBy=") + field).size(), 3u);
    }
    EXPECT_EQ(api.get("/api/customers?sortBy=nothing").status, 400);
    EXPECT_EQ(api.get("/api/customers?sortBy=name&sortOrder=up").status, 400);
}

TEST_F(ContactApiTest, the_example_of_the_seed_works) {
    given.contact().named("João Silva").with_status("active").saved();
    given.contact().named("João Souza").with_status("inactive").saved();

    EXPECT_THAT(names_in("/v1/customers?page=1&limit=10&search=joao&status=active"),
                ElementsAre("João Silva"));
}

TEST_F(ContactApiTest, nobody_gets_in_without_a_bearer_token) {
    testing::Api nobody;

    EXPECT_EQ(nobody.get("/api/customers").status, 401);
    EXPECT_EQ(testing::Api("made.up.token").get("/api/customers").status, 401);
    EXPECT_EQ(nobody.post("/api/customers", joao).status, 401);
}

TEST_F(ContactApiTest, a_customer_is_created_from_the_seeds_body) {
    const Reply reply = api.post("/api/customers", joao);

    ASSERT_EQ(reply.status, 201) << reply.shown();
    for (const auto& [field, value] : joao.members()) {
        SCOPED_TRACE(field);
        EXPECT_EQ(reply[field], value);
    }
    EXPECT_THAT(events_of("/api/v1/contacts/" + reply.id()), ElementsAre("contact.created"));
}

TEST_F(ContactApiTest, a_customer_is_read_by_its_id) {
    const auto contact = given.contact().named("Ana").saved();

    EXPECT_EQ(api.get("/api/customers/" + contact.id)["name"], Json("Ana"));
    EXPECT_EQ(api.get("/api/customers/cust_" + contact.id)["name"], Json("Ana"));
    EXPECT_EQ(api.get("/api/customers/" + Id::make().text()).status, 404);
    EXPECT_EQ(api.get("/api/customers/no-id").code(), "contact.not_found");
}

TEST_F(ContactApiTest, put_replaces_the_whole_customer) {
    const std::string id = api.post("/api/customers", joao).id();
    Json changed = joao;
    changed.set("email", "joao.silva.novo@email.com");
    changed.set("tags", Json::array({"cliente", "vip", "premium"}));

    const Reply reply = api.put("/api/customers/" + id, changed);

    ASSERT_EQ(reply.status, 200) << reply.shown();
    EXPECT_EQ(reply["email"], Json("joao.silva.novo@email.com"));
    EXPECT_EQ(reply["tags"], Json::array({"cliente", "vip", "premium"}));

    changed.erase("company");
    EXPECT_TRUE(api.put("/api/customers/" + id, changed)["company"].is_null());
}

TEST_F(ContactApiTest, patch_changes_what_it_names) {
    const auto contact = given.contact().named("Ana").of_company("Aroeira").saved();

    const Reply reply = api.patch(contact.path, {{"name", "Ana Lima"}});

    EXPECT_EQ(reply["name"], Json("Ana Lima"));
    EXPECT_EQ(reply["company"], Json("Aroeira"));
    EXPECT_EQ(reply["version"], Json(2));
}

TEST_F(ContactApiTest, a_deleted_customer_waits_in_the_bin) {
    const auto contact = given.contact().named("Ana").saved();

    EXPECT_EQ(api.del("/api/customers/" + contact.id).status, 204);

    EXPECT_THAT(names_in("/api/customers"), IsEmpty());
    EXPECT_EQ(api.get(contact.path).status, 404);
    EXPECT_THAT(names_in("/api/customers?deleted=true"), ElementsAre("Ana"));
    EXPECT_EQ(api.post(contact.path + "/restore").status, 200);
    EXPECT_THAT(names_in("/api/customers"), ElementsAre("Ana"));
    EXPECT_THAT(events_of(contact),
                ElementsAre("contact.created", "contact.deleted", "contact.restored"));
}

TEST_F(ContactApiTest, two_who_change_the_same_version_do_not_overwrite_each_other) {
    const auto contact = given.contact().saved();

    const Reply first =
        api.send("PATCH", contact.path, {{"name", "Primeira"}}, {{"If-Match", "\"1\""}});
    const Reply second =
        api.send("PATCH", contact.path, {{"name", "Segunda"}}, {{"If-Match", "\"1\""}});

    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(second.status, 412);
    EXPECT_EQ(api.get(contact.path)["name"], Json("Primeira"));
}

}  // namespace
}  // namespace ponte::customers
