#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::ElementsAre;
using testing::Reply;

class TimelineTest : public CustomersTest {
protected:
    std::vector<std::string> types_in(const std::string& target) {
        const Reply reply = api.get(target);
        EXPECT_EQ(reply.status, 200) << reply.shown();
        std::vector<std::string> types;
        for (const Json& entry : reply.data().items()) {
            types.push_back(entry["type"].as_string());
        }
        return types;
    }
};

TEST_F(TimelineTest, events_and_notes_stand_in_one_line_newest_first) {
    const auto contact = given.contact().named("Ana").saved();
    const auto note = given.note(contact).saying("Quer o plano Enterprise").saved();
    api.patch(contact.path, {{"status", "inactive"}});

    const Reply reply = api.get(contact.path + "/timeline");

    EXPECT_THAT(types_in(contact.path + "/timeline"),
                ElementsAre("contact.updated", "note.created", "contact.created"));
    const Json& updated = reply.data().items()[0];
    EXPECT_EQ(updated["changes"]["status"]["from"], Json("active"));
    EXPECT_EQ(updated["changes"]["status"]["to"], Json("inactive"));
    EXPECT_EQ(updated["actor"]["name"], Json(company.admin().name));
    EXPECT_EQ(reply.data().items()[1]["body"], Json("Quer o plano Enterprise"));
    EXPECT_EQ(reply.data().items()[1]["entity"], Json("note"));
    EXPECT_EQ(reply.data().items()[1]["record"]["id"], Json(note.id));
}

TEST_F(TimelineTest, a_type_shows_only_its_entries) {
    const auto contact = given.contact().saved();
    given.note(contact).saved();
    api.patch(contact.path, {{"name", "Outro nome"}});

    EXPECT_THAT(types_in(contact.path + "/timeline?type=note"), ElementsAre("note.created"));
    EXPECT_THAT(types_in(contact.path + "/timeline?type=updated,created"),
                ElementsAre("contact.updated", "contact.created"));
    EXPECT_EQ(api.get(contact.path + "/timeline?type=sung").status, 400);
}

TEST_F(TimelineTest, pages_follow_each_other_without_gaps) {
    const auto contact = given.contact().saved();
    for (int i = 0; i < 7; ++i) {
        given.note(contact).saying("nota " + std::to_string(i)).saved();
    }

    std::vector<std::string> bodies;
    std::string cursor;
    do {
        const Reply page = api.get(contact.path + "/timeline?limit=3&cursor=" + cursor);
        ASSERT_EQ(page.status, 200) << page.shown();
        for (const Json& entry : page.data().items()) {
            bodies.push_back(entry["body"].as_string());
        }
        cursor = page["pagination"]["nextCursor"].as_string();
    } while (!cursor.empty());

    EXPECT_THAT(bodies, ElementsAre("nota 6", "nota 5", "nota 4", "nota 3", "nota 2", "nota 1",
                                    "nota 0", ""));
    EXPECT_EQ(api.get(contact.path + "/timeline?cursor=forged").status, 400);
    EXPECT_EQ(api.get(contact.path + "/timeline?limit=0").status, 400);
}

TEST_F(TimelineTest, a_deleted_note_leaves_the_line) {
    const auto contact = given.contact().saved();
    const auto note = given.note(contact).saved();

    api.del(note.path);

    EXPECT_THAT(types_in(contact.path + "/timeline"), ElementsAre("contact.created"));
}

TEST_F(TimelineTest, what_happened_with_a_deleted_contact_can_still_be_read) {
    const auto contact = given.contact().saved();
    given.note(contact).saved();
    api.del(contact.path);

    EXPECT_THAT(types_in(contact.path + "/timeline"),
                ElementsAre("contact.deleted", "note.created", "contact.created"));
    EXPECT_EQ(api.get("/api/v1/contacts/" + Id::make().text() + "/timeline").status, 404);
    EXPECT_EQ(api.get("/api/v1/contacts/x/timeline").status, 404);
}

}  // namespace
}  // namespace ponte::customers
