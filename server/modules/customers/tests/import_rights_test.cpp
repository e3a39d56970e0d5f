// An import shows what stands in somebody's file and writes in their name: who may see it, run it,
// stop it and take it back.
#include "modules/customers/tests/given.hpp"

namespace ponte::customers {
namespace {

using testing::Reply;

constexpr const char* file = "nome;telefone\nSegredo Um;11987650001\n";

class ImportRightsTest : public CustomersTest {
protected:
    static Reply started(testing::Api& as, const char* dry_run = "false") {
        return as.upload("/api/v1/imports", {{"entity", "contact"}, {"dryRun", dry_run}},
                         "clientes.csv", file);
    }
    std::string finished(testing::Api& as, const std::string& id) {
        const std::string path = "/api/v1/imports/" + id;
        EXPECT_EQ(testing::finished(as, path)["state"], Json("done"));
        return path;
    }
    static Json rights(const char* reach = "all") {
        return Json::object({{"read", reach}, {"create", "all"}, {"update", reach}});
    }
};

TEST_F(ImportRightsTest, importing_is_a_right_of_its_own) {
    auto& person = company.with_rights(Json::object({{"contacts", rights()}}));

    EXPECT_EQ(started(person.api).status, 403);
    EXPECT_EQ(started(company.user("agent").api).status, 403);
    EXPECT_EQ(started(company.user("supervisor").api).status, 202);
}

TEST_F(ImportRightsTest, nobody_reads_a_file_that_somebody_else_sent) {
    Json with_import = rights("own");
    with_import.set("import", "all");
    auto& person = company.with_rights(Json::object({{"contacts", with_import}}));
    const Reply preview =
        api.upload("/api/v1/imports/preview", {{"entity", "contact"}}, "clientes.csv", file);

    const Json::Object body = {{"entity", "contact"}, {"uploadId", preview["uploadId"]}};

    EXPECT_EQ(person.api.post("/api/v1/imports", Json(body)).status, 404);
    EXPECT_EQ(person.api.post("/api/v1/imports/preview", Json(body)).status, 404);
}

TEST_F(ImportRightsTest, somebody_elses_import_does_not_exist) {
    auto& agent = company.user("agent");
    const std::string path = finished(api, started(api, "true").id());

    for (const auto* what : {"", "/plan", "/errors", "/errors.csv", "/kept"}) {
        SCOPED_TRACE(what);
        EXPECT_EQ(agent.api.get(path + what).status, 404);
    }
    for (const auto* what : {"/run", "/cancel", "/undo"}) {
        SCOPED_TRACE(what);
        EXPECT_EQ(agent.api.post(path + what).status, 404);
    }
    EXPECT_EQ(agent.api.put(path + "/plan", Json::object()).status, 404);
    EXPECT_TRUE(agent.api.get("/api/v1/imports").data().items().empty());
    EXPECT_EQ(api.get("/api/v1/contacts")["pagination"]["total"], Json(0));
}

TEST_F(ImportRightsTest, who_may_no_longer_import_goes_on_with_no_old_one) {
    auto& person = company.user("supervisor");
    const std::string trial = finished(person.api, started(person.api, "true").id());
    const std::string real = finished(person.api, started(person.api).id());
    ASSERT_EQ(api.patch("/api/v1/users/" + person.id, {{"role", "readonly"}}).status, 200);

    EXPECT_EQ(person.api.post(trial + "/run").status, 403);
    EXPECT_EQ(person.api.put(trial + "/plan", Json::object()).status, 403);
    EXPECT_EQ(person.api.post(real + "/undo").status, 403);
    EXPECT_EQ(api.get("/api/v1/contacts")["pagination"]["total"], Json(1));
}

class NoteRightsTest : public CustomersTest {};

TEST_F(NoteRightsTest, the_timeline_shows_no_note_that_may_not_be_read) {
    const auto contact = given.contact().saved();
    given.note(contact).saved();
    auto& without =
        company.with_rights(Json::object({{"contacts", Json::object({{"read", "all"}})}}));
    auto& own = company.with_rights(
        Json::object({{"contacts", Json::object({{"read", "all"}})},
                      {"notes", Json::object({{"read", "own"}, {"create", "all"}})}}));
    own.api.post("/api/v1/notes", {{"contactId", contact.id}, {"body", "minha"}});
    const auto notes_seen = [&](testing::Api& as) {
        return as.get(contact.path + "/timeline?type=note").data().items().size();
    };

    EXPECT_EQ(notes_seen(without.api), 0u);
    EXPECT_EQ(notes_seen(own.api), 1u);
    EXPECT_EQ(notes_seen(api), 2u);
}

class BulkRightsTest : public CustomersTest {};

TEST_F(BulkRightsTest, a_search_of_blanks_means_nobody) {
    given.contact().saved();

    for (const auto* blanks : {"   ", "\u00A0", "\t"}) {
        const Reply reply =
            api.post("/api/v1/contacts/bulk", {{"action", "delete"}, {"search", blanks}});

        EXPECT_EQ(reply.problem("ids"), "required") << reply.shown();
    }
}

}  // namespace
}  // namespace ponte::customers
