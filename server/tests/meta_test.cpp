// What /meta tells: enough for a screen to draw an entity that it has never heard of.
#include <algorithm>

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

using ::testing::Contains;

const Json& named(const Json& list, std::string_view key, std::string_view name) {
    static const Json none;
    const auto& items = list.items();
    const auto found = std::ranges::find_if(
        items, [&](const Json& item) { return item[key].as_string() == name; });
    return found == items.end() ? none : *found;
}

class MetaTest : public ApiTest {
protected:
    static Json entity(Api& reader, std::string_view name) {
        return named(reader.get("/api/v1/meta")["entities"], "name", name);
    }
};

TEST_F(MetaTest, tells_fields_in_the_language_of_the_reader) {
    const Json in_portuguese = entity(api, "contact");
    const Json in_english = entity(api.in_english(), "contact");

    EXPECT_EQ(in_portuguese["labelPlural"], Json("Clientes"));
    EXPECT_EQ(in_english["labelPlural"], Json("Customers"));
    EXPECT_EQ(named(in_portuguese["fields"], "key", "phone")["label"], Json("Telefone"));
    EXPECT_EQ(named(in_english["fields"], "key", "phone")["label"], Json("Phone"));
}

TEST_F(MetaTest, tells_one_entity_alone_and_nobody_twice) {
    const Reply all = api.get("/api/v1/meta"), alone = api.get("/api/v1/meta/contact");

    const Reply known =
        api.send("GET", "/api/v1/meta/contact", {}, {{"If-None-Match", alone.header("etag")}});
    const Reply known_all =
        api.send("GET", "/api/v1/meta", {}, {{"If-None-Match", all.header("etag")}});
    save(api, "/api/v1/custom-fields",
         Json::object({{"entity", "contact"}, {"name", "Time"}, {"type", "text"}}));
    const Reply changed =
        api.send("GET", "/api/v1/meta/contact", {}, {{"If-None-Match", alone.header("etag")}});

    EXPECT_EQ(alone.body, named(all["entities"], "name", "contact"));
    EXPECT_EQ(known.status, 304);
    EXPECT_EQ(known.text, "");
    EXPECT_EQ(known_all.status, 304);
    EXPECT_EQ(changed.status, 200);
    EXPECT_EQ(api.get("/api/v1/meta/proposal_item").status, 404);
    EXPECT_EQ(api.get("/api/v1/meta/nada").status, 404);
    Api& narrow =
        company.with_rights(Json::object({{"tags", Json::object({{"read", "all"}})}})).api;
    EXPECT_EQ(narrow.get("/api/v1/meta/contact").status, 404);
}

TEST_F(MetaTest, tells_what_a_form_must_know) {
    const Json contact = entity(api, "contact");
    const Json& status = named(contact["fields"], "key", "status");
    const Json& name = named(contact["fields"], "key", "name");

    EXPECT_EQ(status["default"], Json("active"));
    EXPECT_EQ(named(status["options"], "value", "active")["color"], Json("green"));
    EXPECT_EQ(name["required"], Json(true));
    EXPECT_EQ(name["max"], Json(255));
    EXPECT_EQ(named(contact["fields"], "key", "tags")["target"], Json("tag"));
    EXPECT_EQ(named(contact["fields"], "key", "createdAt")["readOnly"], Json(true));
    EXPECT_EQ(contact["counters"], Json::array({"status"}));
    EXPECT_EQ(contact["defaultSort"], Json::object({{"field", "createdAt"}, {"order", "desc"}}));
}

TEST_F(MetaTest, shows_a_custom_field_from_the_moment_that_it_exists) {
    api.post("/api/v1/custom-fields", {{"entity", "contact"},
                                       {"name", "Plano"},
                                       {"type", "select"},
                                       {"options", Json::array({"Ouro", "Prata"})},
                                       {"required", true}});

    const Json contact = entity(api, "contact");
    const Json& plan = named(contact["fields"], "key", "customFields.plano");

    EXPECT_EQ(plan["custom"], Json(true));
    EXPECT_EQ(plan["type"], Json("choice"));
    EXPECT_EQ(plan["required"], Json(true));
    EXPECT_EQ(plan["options"].items().size(), 2u);
    EXPECT_THAT(plan["ops"].items(), Contains(Json("any_of")));
}

TEST_F(MetaTest, another_company_has_fields_of_its_own) {
    api.post("/api/v1/custom-fields", {{"entity", "contact"}, {"name", "Plano"}, {"type", "text"}});
    Company other;

    const Json contact = entity(other.api(), "contact");

    EXPECT_TRUE(named(contact["fields"], "key", "customFields.plano").is_null());
}

TEST_F(MetaTest, tells_the_reader_their_own_rights) {
    Api& reader = company.user("readonly").api;

    const Json contact = entity(reader, "contact");

    EXPECT_EQ(contact["permissions"]["read"], Json("all"));
    EXPECT_EQ(contact["permissions"]["update"], Json("none"));
    EXPECT_EQ(entity(api, "contact")["permissions"]["update"], Json("all"));
}

TEST_F(MetaTest, hides_what_the_reader_may_not_read) {
    Api& reader =
        company.with_rights(Json::object({{"tags", Json::object({{"read", "all"}})}})).api;

    EXPECT_FALSE(entity(reader, "tag").is_null());
    EXPECT_TRUE(entity(reader, "contact").is_null());
}

TEST_F(MetaTest, lists_the_roles) {
    const Json roles = api.get("/api/v1/meta")["roles"];

    EXPECT_EQ(named(roles, "name", "agent")["label"], Json("Atendente"));
}

}  // namespace
}  // namespace ponte::testing
