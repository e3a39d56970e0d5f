#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using ::testing::ElementsAre;
using testing::Reply;

class NotesTest : public CustomersTest {};

TEST_F(NotesTest, a_note_counts_as_an_interaction) {
    const auto contact = given.contact().saved();

    const auto first = given.note(contact).saying("Primeira conversa").saved();
    given.note(contact).saying("Segunda").saved();

    const Reply now = api.get(contact.path);
    EXPECT_EQ(now["totalInteractions"], Json(2));
    EXPECT_GE(now["lastContactAt"].as_string(), first["createdAt"].as_string());
}

TEST_F(NotesTest, a_note_gives_the_contact_no_new_version) {
    const auto contact = given.contact().saved();
    given.note(contact).saved();

    const Reply reply =
        api.send("PATCH", contact.path, {{"name", "Outra"}}, {{"If-Match", "\"1\""}});

    EXPECT_EQ(reply.status, 200) << reply.shown();
    EXPECT_EQ(reply["totalInteractions"], Json(1));
}

TEST_F(NotesTest, a_deleted_note_does_not_count_until_it_is_back) {
    const auto contact = given.contact().saved();
    const auto note = given.note(contact).saved();

    api.del(note.path);
    EXPECT_EQ(api.get(contact.path)["totalInteractions"], Json(0));
    EXPECT_TRUE(api.get(contact.path)["lastContactAt"].is_null());
    api.post(note.path + "/restore");
    EXPECT_EQ(api.get(contact.path)["totalInteractions"], Json(1));
}

TEST_F(NotesTest, notes_of_one_contact_are_listed_newest_first) {
    const auto ana = given.contact().saved(), bia = given.contact().saved();
    given.note(ana).saying("um").saved();
    given.note(bia).saying("de outra").saved();
    given.note(ana).saying("dois").saved();

    const Reply reply = api.get("/api/v1/notes?contactId=" + ana.id);

    std::vector<std::string> bodies;
    for (const Json& note : reply.data().items()) {
        bodies.push_back(note["body"].as_string());
    }
    EXPECT_THAT(bodies, ElementsAre("dois", "um"));
    EXPECT_EQ(reply.data().items()[0]["createdBy"], Json(company.admin().id));
}

TEST_F(NotesTest, a_note_is_pinned_and_found_by_its_words) {
    const auto contact = given.contact().saved();
    const auto note = given.note(contact).saying("Reunião agendada\ncom a diretoria").saved();

    EXPECT_EQ(note["pinned"], Json(false));
    EXPECT_EQ(api.patch(note.path, {{"pinned", true}})["pinned"], Json(true));
    EXPECT_EQ(api.get("/api/v1/notes?search=reuniao+agendada").data().items().size(), 1u);
}

TEST_F(NotesTest, a_note_stays_with_its_contact) {
    const auto ana = given.contact().saved(), bia = given.contact().saved();
    const auto note = given.note(ana).saved();

    api.patch(note.path, {{"contactId", bia.id}});

    EXPECT_EQ(api.get(note.path)["contactId"], Json(ana.id));
}

TEST_F(NotesTest, a_note_out_of_reach_or_about_somebody_in_the_bin_is_not_changed) {
    const auto contact = given.contact().saved();
    const auto note = given.note(contact).saved();
    auto& person =
        company.with_rights(Json::object({{"contacts", Json::object({{"read", "own"}})},
                                          {"notes", Json::object({{"update", "all"}})}}));

    EXPECT_EQ(person.api.patch(note.path, {{"body", "outra"}}).status, 404);
    ASSERT_EQ(api.del(contact.path).status, 204);
    EXPECT_EQ(api.patch(note.path, {{"body", "outra"}}).status, 409);
}

TEST_F(NotesTest, notes_of_somebody_in_the_bin_are_not_there_until_they_are_back) {
    const auto contact = given.contact().saved();
    const auto note = given.note(contact).saying("palavra rara").saved();
    const auto listed = [&] { return api.get("/api/v1/notes?search=rara&count=exact"); };

    ASSERT_EQ(api.del(contact.path).status, 204);

    EXPECT_EQ(api.get(note.path).status, 404);
    EXPECT_EQ(api.get(note.path + "/history").status, 404);
    EXPECT_EQ(listed().data().items().size(), 0u);
    EXPECT_EQ(listed()["pagination"]["total"], Json(0));
    EXPECT_EQ(api.get("/api/v1/search?q=rara")["groups"].items().size(), 0u);
    EXPECT_EQ(api.del(note.path).status, 409);

    api.post(contact.path + "/restore");
    EXPECT_EQ(api.get(note.path).status, 200);
    EXPECT_EQ(listed()["pagination"]["total"], Json(1));
}

TEST_F(NotesTest, a_note_is_out_of_reach_where_its_contact_is) {
    const Json all = Json::object({{"read", "all"}, {"update", "all"}, {"delete", "all"}});
    auto& person = company.with_rights(
        Json::object({{"contacts", Json::object({{"read", "own"}})}, {"notes", all}}));
    const auto mine = given.contact().owned_by(person.id).saved(), other = given.contact().saved();
    const auto seen = given.note(mine).saying("visível").saved();
    const auto hidden = given.note(other).saying("segredo").saved();

    EXPECT_EQ(person.api.get(seen.path).status, 200);
    EXPECT_EQ(person.api.get("/api/v1/notes").data().items().size(), 1u);
    auto& alike = company.with_rights(
        Json::object({{"contacts", Json::object({{"read", "own"}})}, {"notes", all}}));
    EXPECT_EQ(alike.api.get("/api/v1/notes").data().items().size(), 0u);
    EXPECT_EQ(person.api.get(hidden.path).status, 404);
    EXPECT_EQ(person.api.get(hidden.path + "?asOf=2030-01-01T00:00:00Z").status, 404);
    EXPECT_EQ(person.api.get("/api/v1/search?q=segredo")["groups"].items().size(), 0u);
    EXPECT_EQ(person.api.del(hidden.path).status, 404);
    const Reply bulk = person.api.post(
        "/api/v1/notes/bulk", {{"action", "delete"}, {"ids", Json::array({seen.id, hidden.id})}});
    EXPECT_EQ(testing::finished(api, "/api/v1/operations/" + bulk.id())["changed"], Json(1));
    EXPECT_EQ(api.get(hidden.path).status, 200);
}

TEST_F(NotesTest, a_note_needs_words_and_somebody_to_be_about) {
    const auto contact = given.contact().saved();
    const auto post = [&](Json body) { return api.post("/api/v1/notes", body); };

    EXPECT_EQ(post(Json::object({{"contactId", contact.id}, {"body", "  "}})).problem("body"),
              "required");
    EXPECT_EQ(post(Json::object({{"contactId", contact.id}, {"body", std::string(20'001, 'x')}}))
                  .problem("body"),
              "too_long");
    EXPECT_EQ(post(Json::object({{"body", "x"}})).problem("contactId"), "required");
    EXPECT_EQ(
        post(Json::object({{"contactId", Id::make().text()}, {"body", "x"}})).problem("contactId"),
        "not_found");
    api.del(contact.path);
    EXPECT_EQ(post(Json::object({{"contactId", contact.id}, {"body", "x"}})).problem("contactId"),
              "not_found");
}

}  // namespace
}  // namespace ponte::customers
