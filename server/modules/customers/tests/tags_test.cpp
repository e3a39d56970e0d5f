#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Reply;

class TagsTest : public CustomersTest {};

TEST_F(TagsTest, a_name_that_nobody_has_used_becomes_a_tag) {
    given.contact().tagged({"vip", "Atacado"}).saved();

    EXPECT_THAT(names_in("/api/v1/tags"), ElementsAre("Atacado", "vip"));
    EXPECT_EQ(api.get("/api/v1/tags").data().items()[0]["color"], Json("gray"));
}

TEST_F(TagsTest, upper_and_lower_case_are_one_tag) {
    given.contact().tagged({"VIP"}).saved();

    const auto second = given.contact().tagged({"vip", "Vip", " vip "}).saved();

    EXPECT_EQ(second["tags"], Json::array({"VIP"}));
    EXPECT_THAT(names_in("/api/v1/tags"), ElementsAre("VIP"));
    EXPECT_EQ(api.post("/api/v1/tags", {{"name", "vIP"}}).problem("name"), "taken");
}

// On every way on which a tag can be named.
TEST_F(TagsTest, who_may_make_none_chooses_among_those_there_are) {
    api.post("/api/v1/tags", {{"name", "Família"}});
    const Json all =
        Json::object({{"read", "all"}, {"create", "all"}, {"update", "all"}, {"import", "all"}});
    auto& person = company.with_rights(
        Json::object({{"contacts", all}, {"imports", Json::object({{"read", "all"}})}}));
    const auto contact = given.contact().saved();
    const auto tags = [&](const char* name) {
        return person.api.patch(contact.path, {{"tags", Json::array({name})}});
    };
    const auto bulk = [&](const char* name) {
        return person.api.post("/api/v1/contacts/bulk",
                               {{"action", "update"},
                                {"ids", Json::array({contact.id})},
                                {"values", Json::object({{"addTags", Json::array({name})}})}});
    };

    EXPECT_EQ(tags("novíssima").problem("tags"), "new_label");
    EXPECT_EQ(tags("familia").status, 200);
    EXPECT_EQ(bulk("novíssima").problem("tags"), "new_label");
    EXPECT_EQ(bulk("familia").status, 202);
    const Reply started = person.api.upload(
        "/api/v1/imports", {{"entity", "contact"}, {"mode", "create"}}, "clientes.csv",
        "nome;telefone;etiquetas\nAna;11987650001;novíssima\nBia;11987650002;FAMÍLIA\n");
    ASSERT_EQ(started.status, 202) << started.shown();
    const Reply done = testing::finished(person.api, "/api/v1/imports/" + started.id());
    EXPECT_EQ(done["created"], Json(1)) << done.shown();
    EXPECT_EQ(done["failed"], Json(1));
    EXPECT_THAT(names_in("/api/v1/tags"), ElementsAre("Família"));
}

TEST_F(TagsTest, what_looks_alike_is_one_tag) {
    api.post("/api/v1/tags", {{"name", "Família"}});

    EXPECT_EQ(api.post("/api/v1/tags", {{"name", "Fami\u0301lia"}}).problem("name"), "taken");
    EXPECT_EQ(api.post("/api/v1/tags", {{"name", "familia\u200B"}}).problem("name"), "taken");
    EXPECT_EQ(given.contact().tagged({"FAMILIA"}).saved()["tags"], Json::array({"Família"}));
}

TEST_F(TagsTest, a_tag_has_one_of_nine_colors) {
    for (const char* color :
         {"gray", "blue", "green", "amber", "red", "violet", "teal", "orange", "pink"}) {
        SCOPED_TRACE(color);
        EXPECT_EQ(given.tag().with("color", color).saved()["color"], Json(color));
    }
    const Json black = Json::object({{"name", "luto"}, {"color", "black"}});
    EXPECT_EQ(api.post("/api/v1/tags", black).problem("color"), "not_an_option");
}

TEST_F(TagsTest, a_renamed_tag_is_renamed_on_every_contact) {
    const auto contact = given.contact().tagged({"vip"}).saved();
    const std::string tag = api.get("/api/v1/tags").data().items()[0]["id"].as_string();

    api.patch("/api/v1/tags/" + tag, {{"name", "ouro"}});

    EXPECT_EQ(api.get(contact.path)["tags"], Json::array({"ouro"}));
}

TEST_F(TagsTest, a_deleted_tag_is_on_nobody_and_comes_back_with_everybody) {
    const auto contact = given.contact().tagged({"vip", "cliente"}).saved();
    const std::string tag = api.get("/api/v1/tags?search=vip").data().items()[0]["id"].as_string();

    api.del("/api/v1/tags/" + tag);

    EXPECT_EQ(api.get(contact.path)["tags"], Json::array({"cliente"}));
    EXPECT_THAT(names_in("/api/customers?tags=vip"), IsEmpty());
    api.post("/api/v1/tags/" + tag + "/restore");
    EXPECT_EQ(api.get(contact.path)["tags"], Json::array({"vip", "cliente"}));
}

TEST_F(TagsTest, a_list_tells_names_or_whole_tags) {
    given.tag().named("vip").with("color", "amber").saved();
    given.contact().tagged({"vip"}).saved();

    const Reply plain = api.get("/api/customers");
    const Reply expanded = api.get("/api/customers?expand=tags");

    EXPECT_EQ(plain.data().items()[0]["tags"], Json::array({"vip"}));
    const Json& tag = expanded.data().items()[0]["tags"].items()[0];
    EXPECT_EQ(tag["name"], Json("vip"));
    EXPECT_EQ(tag["color"], Json("amber"));
}

}  // namespace
}  // namespace ponte::customers
