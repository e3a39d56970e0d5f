// Every way to what a record says, for people with no reach, reach to their own and reach to their
// team: what is out of reach is told by none of them. (Realtime: stock_client/conformance.mjs.)
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

constexpr const char* secret = "Quixotesco";
constexpr const char* phone = "+5511912345678";

// One company for all of it: an administrator's record with everything that hangs on it, and people
// whose reach it is out of.
struct House {
    Company company;
    Api& api = company.api();
    Saved contact, note;
    std::string import, operation;
    std::vector<std::pair<std::string, Person*>> people;

    House() {
        contact = save(api, "/api/v1/contacts",
                       Json::object({{"name", std::string("Ana ") + secret},
                                     {"phone", phone},
                                     {"city", secret},
                                     {"tags", Json::array({"vip"})}}));
        note =
            save(api, "/api/v1/notes", Json::object({{"contactId", contact.id}, {"body", secret}}));
        api.patch(contact.path, {{"company", secret}});
        import = api.upload("/api/v1/imports", {{"entity", "contact"}, {"mode", "create"}},
                            std::string(secret) + ".csv",
                            std::string("nome;telefone\n") + secret + ";999\n")
                     .id();
        finished(api, "/api/v1/imports/" + import);
        operation =
            api.post("/api/v1/contacts/bulk", {{"action", "update"},
                                               {"ids", Json::array({contact.id})},
                                               {"values", Json::object({{"jobTitle", secret}})}})
                .id();
        finished(api, "/api/v1/operations/" + operation);
        for (const char* reach : {"none", "own", "team"}) {
            people.emplace_back(reach, &someone(reach));
        }
    }
    Person& someone(const char* reach) {
        const Json rights = Json::object({{"read", reach},
                                          {"create", "all"},
                                          {"update", reach},
                                          {"delete", reach},
                                          {"import", "all"}});
        Person& person = company.with_rights(Json::object({{"contacts", rights},
                                                           {"notes", rights},
                                                           {"tags", rights},
                                                           {"imports", rights},
                                                           {"operations", rights}}));
        const Saved team =
            save(api, "/api/v1/teams", Json::object({{"name", unique_name("Equipe")}}));
        api.patch("/api/v1/users/" + person.id, {{"teamId", team.id}});
        return person;
    }
    std::string version() { return api.get(contact.path)["version"].dump(); }
};

House& house() {
    static House one;
    return one;
}

std::vector<std::string> reads() {
    const std::string name = secret, filter = "/api/v1/contacts?filter=%7B%22field%22%3A%22";
    const std::string contact = house().contact.path, note = house().note.path;
    return {
        contact,
        contact + "?expand=tags",
        contact + "?asOf=2030-01-01T00:00:00Z",
        contact + "/history",
        contact + "/timeline",
        "/api/v1/contacts",
        "/api/v1/contacts?search=" + name,
        "/api/v1/contacts?sortBy=-name&count=exact",
        "/api/v1/contacts?fields=name,city",
        "/api/v1/contacts?city=" + name,
        filter + "city%22%2C%22op%22%3A%22is%22%2C%22value%22%3A%22" + name + "%22%7D",
        "/api/v1/contacts?deleted=true",
        "/api/v1/contacts/stats",
        "/api/v1/contacts/duplicates?phone=11912345678",
        "/api/v1/whatsapp/customers/check?phone=11912345678",
        "/api/v1/search?q=" + name,
        note,
        note + "/history",
        note + "?asOf=2030-01-01T00:00:00Z",
        "/api/v1/notes",
        "/api/v1/notes?contactId=" + house().contact.id,
        "/api/v1/notes?search=" + name,
        "/api/v1/imports",
        "/api/v1/imports/" + house().import,
        "/api/v1/imports/" + house().import + "/plan",
        "/api/v1/imports/" + house().import + "/errors",
        "/api/v1/imports/" + house().import + "/errors/groups",
        "/api/v1/imports/" + house().import + "/errors.csv",
        "/api/v1/imports/" + house().import + "/kept",
        "/api/v1/operations",
        "/api/v1/operations/" + house().operation,
    };
}

// What is counted must not tell either: no total, no page.
std::int64_t counted(const Reply& reply) {
    const Json* pagination = reply.body.find("pagination");
    return pagination ? (*pagination)["total"].as_integer() : reply["total"].as_integer();
}

TEST(WaysTest, nothing_that_is_out_of_reach_is_read) {
    for (const auto& [reach, person] : house().people) {
        for (const std::string& target : reads()) {
            SCOPED_TRACE(reach + " " + target);
            const Reply reply = person->api.get(target);
            EXPECT_LT(reply.status, 500) << reply.shown();
            // Of the question itself, an answer may say what was asked.
            EXPECT_EQ(reply.text.find(std::string("Ana ") + secret), std::string::npos);
            EXPECT_EQ(reply.text.find(house().contact.id), std::string::npos) << reply.shown();
            EXPECT_EQ(reply.text.find(house().note.id), std::string::npos) << reply.shown();
            EXPECT_EQ(counted(reply), 0) << reply.shown();
        }
    }
    EXPECT_NE(house().api.get(house().contact.path).text.find(secret), std::string::npos);
}

TEST(WaysTest, nothing_that_is_out_of_reach_is_changed) {
    const std::string contact = house().contact.path, note = house().note.path;
    const std::string before = house().version();
    for (const auto& [reach, person] : house().people) {
        SCOPED_TRACE(reach);
        Api& api = person->api;
        EXPECT_GE(api.patch(contact, {{"city", "Rio"}}).status, 403);
        EXPECT_GE(api.put(contact, {{"name", "Outra"}, {"phone", phone}}).status, 403);
        EXPECT_GE(api.del(contact).status, 403);
        EXPECT_GE(api.post(contact + "/restore").status, 403);
        EXPECT_GE(api.patch(note, {{"body", "outro"}}).status, 403);
        EXPECT_GE(api.del(note).status, 403);
        EXPECT_GE(
            api.post("/api/v1/notes", {{"contactId", house().contact.id}, {"body", "x"}}).status,
            400);
        for (const char* what : {"/undo", "/resume"}) {
            EXPECT_GE(api.post("/api/v1/operations/" + house().operation + what).status, 403);
            EXPECT_GE(api.post("/api/v1/imports/" + house().import + what).status, 403);
        }
    }
    EXPECT_EQ(house().version(), before);
    EXPECT_EQ(house().api.get(note)["body"], Json(secret));
}

TEST(WaysTest, no_bulk_meets_what_is_out_of_reach) {
    const std::string before = house().version();
    const Json by_id = Json::object({{"ids", Json::array({house().contact.id})}});
    const Json by_search = Json::object({{"search", secret}});
    for (const auto& [reach, person] : house().people) {
        for (const Json& chosen : {by_id, by_search}) {
            SCOPED_TRACE(reach + " " + chosen.dump());
            Json body = chosen;
            body.set("action", "delete");
            const Reply started = person->api.post("/api/v1/contacts/bulk", body);
            if (reach == "none") {
                EXPECT_EQ(started.status, 403);
                continue;
            }
            const std::string path = "/api/v1/operations/" + started.id();
            EXPECT_EQ(finished(house().api, path)["changed"], Json(0));
        }
    }
    EXPECT_EQ(house().version(), before);
}

TEST(WaysTest, no_import_changes_what_is_out_of_reach) {
    const std::string before = house().version();
    const std::string file = "nome;telefone;cidade\nAna Quixotesco;11912345678;Rio\n";
    for (const auto& [reach, person] : house().people) {
        SCOPED_TRACE(reach);
        const Reply started = person->api.upload(
            "/api/v1/imports", {{"entity", "contact"}, {"mode", "update"}}, "c.csv", file);
        if (reach == "none") {
            EXPECT_EQ(started.status, 403) << started.shown();
            continue;
        }
        const Reply done = finished(house().api, "/api/v1/imports/" + started.id());
        EXPECT_EQ(done["updated"], Json(0)) << done.shown();
        EXPECT_EQ(done["failed"], Json(1)) << done.shown();
    }
    EXPECT_EQ(house().version(), before);
}

// Given to somebody, changed by them in bulk and by a file, and taken away again.
TEST(WaysTest, an_undo_leaves_alone_what_is_out_of_reach_by_now) {
    Api& admin = house().api;
    for (const char* reach : {"own", "team"}) {
        SCOPED_TRACE(reach);
        Person& person = house().someone(reach);
        const std::string mail = person.id + "@exemplo.com";
        const Saved contact = save(admin, "/api/v1/contacts",
                                   Json::object({{"name", "Rui"},
                                                 {"phone", unique_phone()},
                                                 {"email", mail},
                                                 {"assignedTo", person.id}}));
        const Reply bulk = person.api.post("/api/v1/contacts/bulk",
                                           {{"action", "update"},
                                            {"ids", Json::array({contact.id})},
                                            {"values", Json::object({{"jobTitle", "Chefe"}})}});
        const Reply import =
            person.api.upload("/api/v1/imports", {{"entity", "contact"}, {"mode", "update"}},
                              "c.csv", "email;cidade\n" + mail + ";Recife\n");
        const std::string works[] = {"/api/v1/operations/" + bulk.id(),
                                     "/api/v1/imports/" + import.id()};
        ASSERT_EQ(finished(admin, works[0])["changed"], Json(1));
        ASSERT_EQ(finished(admin, works[1])["updated"], Json(1));
        admin.patch(contact.path, {{"assignedTo", nullptr}});

        for (const std::string& work : works) {
            const Reply asked = person.api.post(work + "/undo");
            ASSERT_EQ(asked.status, 202) << asked.shown();
            const Reply undone = finished(admin, work);
            EXPECT_EQ(undone["undone"], Json(0)) << undone.shown();
            EXPECT_EQ(undone["kept"], Json(1)) << undone.shown();
        }
        const Reply now = admin.get(contact.path);
        EXPECT_EQ(now["jobTitle"], Json("Chefe"));
        EXPECT_EQ(now["city"], Json("Recife"));
        const Reply kept = person.api.get(works[1] + "/kept");
        EXPECT_EQ(kept.text.find("Rui"), std::string::npos) << kept.shown();
        EXPECT_EQ(kept.data().items().size(), 1U) << kept.shown();
        EXPECT_NE(admin.get(works[1] + "/kept").text.find("Rui"), std::string::npos);
    }
}

}  // namespace
}  // namespace ponte::testing
