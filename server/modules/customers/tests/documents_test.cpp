#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::Reply;
using testing::Saved;

class DocumentsTest : public CustomersTest {
protected:
    Saved document(testing::Api& as, const Saved& contact, const std::string& name = "Contrato") {
        const Reply file = as.upload("/api/v1/files", {}, "contrato.pdf", "%PDF-1.7 ...");
        return testing::save(
            as, "/api/v1/documents",
            Json::object({{"contactId", contact.id}, {"fileId", file.id()}, {"name", name}}));
    }
};

TEST_F(DocumentsTest, a_file_of_a_contact_is_listed_with_its_name_size_and_who_brought_it) {
    const Saved ana = given.contact().saved(), bia = given.contact().saved();
    document(api, ana, "Contrato social");
    document(api, ana, "Cartão CNPJ");
    document(api, bia, "De outra");

    const Reply list =
        api.get("/api/v1/documents?contactId=" + ana.id + "&sortBy=name&sortOrder=asc");

    EXPECT_EQ(list.data().items().size(), 2u) << list.shown();
    const Json first = list.data().items().at(0);
    EXPECT_EQ(first["name"], "Cartão CNPJ");
    EXPECT_EQ(first["file"]["name"], "contrato.pdf");
    EXPECT_EQ(first["file"]["size"], 12);
    EXPECT_EQ(first["createdByUser"]["title"], company.admin().name);
}

TEST_F(DocumentsTest, it_is_renamed_deleted_and_brought_back_with_its_file) {
    const Saved ana = given.contact().saved(), made = document(api, ana);
    const std::string content = "/api/v1/files/" + made["fileId"].as_string() + "/content";

    EXPECT_EQ(api.patch(made.path, {{"name", "Contrato assinado"}})["name"], "Contrato assinado");
    EXPECT_EQ(api.patch(made.path, {{"fileId", nullptr}}).problem("fileId"), "required");
    ASSERT_EQ(api.del(made.path).status, 204);
    EXPECT_EQ(api.get(made.path).status, 404);
    ASSERT_EQ(api.post(made.path + "/restore").status, 200);

    EXPECT_EQ(api.get(content).text, "%PDF-1.7 ...");
}

TEST_F(DocumentsTest, it_stands_in_the_timeline_of_its_contact) {
    const Saved ana = given.contact().saved();
    document(api, ana);

    const Reply timeline = api.get(ana.path + "/timeline");

    std::vector<std::string> told;
    for (const Json& one : timeline.data().items()) {
        told.push_back(one["type"].as_string());
    }
    EXPECT_THAT(told, Contains("document.created")) << timeline.shown();
}

TEST_F(DocumentsTest, people_change_their_own_and_see_what_they_may_see) {
    testing::Person& agent = company.user("agent");
    const Saved ana = given.contact().saved(), theirs = document(api, ana),
                own = document(agent.api, ana);

    EXPECT_EQ(agent.api.get(theirs.path).status, 200);
    EXPECT_EQ(agent.api.patch(theirs.path, {{"name", "Outro"}}).status, 403);
    EXPECT_EQ(agent.api.del(theirs.path).status, 403);
    EXPECT_EQ(agent.api.patch(own.path, {{"name", "Outro"}}).status, 200);
    EXPECT_EQ(agent.api.del(own.path).status, 204);
}

TEST_F(DocumentsTest, who_does_not_see_the_contact_sees_none) {
    const Json near = Json::object({{"contacts", Json::object({{"read", "own"}})},
                                    {"documents", Json::object({{"read", "all"}})}});
    testing::Person& far = company.with_rights(near);
    const Saved ana = given.contact().saved(), made = document(api, ana);

    EXPECT_EQ(far.api.get(made.path).status, 404);
    EXPECT_EQ(far.api.get("/api/v1/documents").data().items().size(), 0u);
}

}  // namespace
}  // namespace ponte::customers
