// What people are told of: by the bell, once and grouped, in their language, within their rights;
// and by the daily mail.
#include "kernel/testing/given.hpp"
#include "kernel/testing/mailbox.hpp"
#include "kernel/testing/server.hpp"
#include "tests/listening.hpp"

namespace ponte {
namespace {

using testing::Api;
using testing::finished;
using testing::Mailbox;
using testing::Person;
using testing::Reply;
using testing::save;
using testing::Saved;
using testing::server;
using testing::unique_phone;
using testing::until;

constexpr const char* bell = "/api/v1/notifications";

class NotificationsTest : public testing::ApiTest {
protected:
    Saved contact(const std::string& name, const std::string& owner = {}) {
        Json values = Json::object({{"name", name}, {"phone", unique_phone()}});
        if (!owner.empty()) {
            values.set("assignedTo", owner);
        }
        return save(api, "/api/v1/contacts", values);
    }
    static std::int64_t unread(Api& as) {
        return as.get(std::string(bell) + "/unread")["unread"].as_integer();
    }
    static void until_told(Api& as, std::int64_t count) {
        until([&] { return unread(as) == count; }, "notifications to arrive");
    }
    // One line that stands for so many.
    static void until_counted(Api& as, std::int64_t count) {
        until(
            [&] {
                const Reply page = as.get(bell);
                const auto& told = page.data().items();
                return told.size() == 1 && told.front()["count"] == Json(count);
            },
            "what is gathered to be counted");
    }
    static std::vector<std::string> texts(Api& as, const std::string& which = {}) {
        std::vector<std::string> all;
        const Reply page = as.get(std::string(bell) + which);
        for (const Json& one : page.data().items()) {
            all.push_back(one["text"].as_string());
        }
        return all;
    }
    // Everything that was written until now has been heard.
    void settle() {
        const std::string path = "/api/v1/contacts/" + contact("Marco", watcher().id).id;
        until([&] { return !texts(watcher().api).empty(); }, "the log to be heard");
        watcher().api.post(std::string(bell) + "/read");
    }
    Person& watcher() {
        if (!watcher_) {
            watcher_ = &company.user("supervisor");
        }
        return *watcher_;
    }

    // The company lives where it is this hour of a day on which nothing has come yet.
    void let_it_be(int hour) {
        const auto utc = server().number("select extract(hour from now() at time zone 'UTC')::int");
        const int east = static_cast<int>((hour - utc + 36) % 24) - 12;
        const std::string zone =
            "Etc/GMT" + std::string(east > 0 ? "-" : "+") + std::to_string(east > 0 ? east : -east);
        server().sql("update tenants set timezone = $2 where tenant_id = $1", {company.id(), zone});
        server().sql(
            "insert into company_schedules (tenant_id, kind, ran_on) "
            "values ($1, 'notifications.mail', '2000-01-01') on conflict (tenant_id, kind) "
            "do update set ran_on = excluded.ran_on",
            {company.id()});
    }
    // As the clock would; with the mail that it causes.
    void run(const std::string& kind) {
        server().sql("insert into jobs (tenant_id, kind) values (null, $1)", {kind});
        server().services().jobs().wake();
        until(
            [&] {
                return server().number(
                           "select count(*) from jobs where kind = $1 "
                           "or (kind = 'notifications.mail' and tenant_id = $2)",
                           {kind, company.id()}) == 0;
            },
            kind + " to end");
    }

private:
    Person* watcher_ = nullptr;
};

TEST_F(NotificationsTest, whoever_a_record_is_passed_on_to_is_told) {
    Person& bia = company.user("sales");
    testing::Listening heard(bia);

    const Saved aurora = contact("Padaria Aurora", bia.id);

    until_told(bia.api, 1);
    EXPECT_THAT(heard.heard("notification.created"), ::testing::HasSubstr("notification.created"));
    const Json told = bia.api.get(bell).data().items().at(0);
    EXPECT_EQ(told["kind"], Json("record.assigned"));
    EXPECT_EQ(told["text"], Json(company.admin().name + " passou para você: Padaria Aurora"));
    EXPECT_EQ(told["record"]["id"], Json(aurora.id));
    EXPECT_EQ(told["record"]["title"], Json("Padaria Aurora"));
    EXPECT_EQ(told["actor"]["id"], Json(company.admin().id));
    EXPECT_TRUE(told["readAt"].is_null());
    EXPECT_EQ(unread(api), 0) << "whoever did it knows";
}

TEST_F(NotificationsTest, whoever_is_named_in_a_note_is_told_once) {
    Person& rui = company.user("supervisor");
    Person& bia = company.user("supervisor");
    api.patch("/api/v1/users/" + rui.id, {{"name", "João da Silva"}});
    api.patch("/api/v1/users/" + bia.id, {{"name", "João"}});
    const Saved about = contact("Ana Prado");
    const Json body = Json::object(
        {{"contactId", about.id}, {"body", "Falar com @joao DA silva, e não com x@joao.com"}});

    const Saved note = save(api, "/api/v1/notes", body);

    until_told(rui.api, 1);
    EXPECT_THAT(texts(rui.api).front(), ::testing::HasSubstr("citou você em uma nota"));
    EXPECT_EQ(api.get(note.path)["mentions"], Json::array({rui.id}));
    api.patch(note.path, {{"body", "Com @João da Silva, e agora com @João também"}});
    until_told(bia.api, 1);
    EXPECT_EQ(unread(rui.api), 1) << "known already";
    api.patch(note.path, {{"pinned", true}, {"body", "Com ninguém: @Joãozinho"}});
    EXPECT_EQ(api.get(note.path)["mentions"], Json::array());
    settle();
    EXPECT_EQ(unread(bia.api), 1);
}

TEST_F(NotificationsTest, whoever_may_not_see_the_customer_is_not_told_what_stands_in_the_note) {
    Person& eva = company.with_rights(Json::object({{"contacts", Json::object({{"read", "own"}})},
                                                    {"notes", Json::object({{"read", "own"}})}}));
    api.patch("/api/v1/users/" + eva.id, {{"name", "Eva Tavares"}});
    const Json body = Json::object(
        {{"contactId", contact("Ana Prado").id}, {"body", "Segredo para @Eva Tavares"}});

    save(api, "/api/v1/notes", body);

    settle();
    for (const std::string& text : texts(eva.api)) {
        EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("Segredo")));
    }
}

TEST_F(NotificationsTest, it_is_said_in_the_language_of_whoever_reads) {
    Person& bia = company.user("sales");
    contact("Padaria Aurora", bia.id);
    until_told(bia.api, 1);

    bia.api.patch("/api/v1/auth/me", {{"language", "en"}});

    EXPECT_THAT(texts(bia.api),
                ::testing::ElementsAre(company.admin().name + " passed on to you: Padaria Aurora"));
}

TEST_F(NotificationsTest, what_is_unread_is_gathered_and_what_is_read_begins_anew) {
    Person& bia = company.user("sales");
    contact("Um", bia.id);
    contact("Dois", bia.id);
    const Saved third = contact("Três", bia.id);
    until_counted(bia.api, 3);
    EXPECT_THAT(texts(bia.api), ::testing::ElementsAre(company.admin().name +
                                                       " passou para você 3 registros (Clientes)"));

    EXPECT_EQ(bia.api.post(std::string(bell) + "/read").status, 204);
    EXPECT_EQ(unread(bia.api), 0);
    contact("Quatro", bia.id);

    until_told(bia.api, 1);
    EXPECT_EQ(texts(bia.api).size(), 2u);
    EXPECT_EQ(texts(bia.api, "?unread=true").size(), 1u);
}

TEST_F(NotificationsTest, a_bulk_of_many_is_one_and_exactly_as_many) {
    Person& bia = company.user("sales");
    Json ids = Json::array();
    for (int i = 0; i < 40; ++i) {
        ids.push(contact("Cliente " + std::to_string(i)).id);
    }
    const Reply started =
        api.post("/api/v1/contacts/bulk",
                 Json::object({{"action", "update"},
                               {"ids", ids},
                               {"values", Json::object({{"assignedTo", bia.id}})}}));
    finished(api, "/api/v1/operations/" + started.id());

    until_counted(bia.api, 40);
    settle();
    const Json told = bia.api.get(bell).data().items().at(0);
    EXPECT_EQ(told["count"], Json(40));
}

TEST_F(NotificationsTest, an_import_tells_its_author_when_it_is_over_and_a_trial_does_not) {
    const auto import = [&](bool is_trial) {
        const Reply started = api.upload(
            "/api/v1/imports",
            {{"entity", "contact"}, {"mode", "create"}, {"dryRun", is_trial ? "true" : "false"}},
            "pessoas.csv", "nome,telefone\nBia," + unique_phone() + "\n");
        ASSERT_EQ(started.status, 202) << started.shown();
        finished(api, "/api/v1/imports/" + started.id());
    };
    import(true);
    import(false);

    until_told(api, 1);
    settle();
    EXPECT_THAT(texts(api), ::testing::ElementsAre("Sua importação terminou: 1 linhas (Clientes)"));
    const Json told = api.get(bell).data().items().at(0);
    EXPECT_EQ(told["entity"], Json("import"));
    EXPECT_TRUE(told["entityId"].is_string());
}

TEST_F(NotificationsTest, whoever_may_no_longer_read_the_record_learns_nothing_of_it) {
    Person& bia =
        company.with_rights(Json::object({{"contacts", Json::object({{"read", "own"}})}}));
    const Saved aurora = contact("Padaria Aurora", bia.id);
    until_told(bia.api, 1);

    api.patch(aurora.path, {{"assignedTo", company.admin().id}});

    const Reply page = bia.api.get(bell);
    EXPECT_THAT(page.text, ::testing::Not(::testing::HasSubstr("Aurora")));
    EXPECT_TRUE(page.data().items().at(0)["record"].is_null());
}

TEST_F(NotificationsTest, nobody_reads_or_marks_what_somebody_else_is_told) {
    Person& bia = company.user("sales");
    contact("Padaria Aurora", bia.id);
    until_told(bia.api, 1);
    const std::string id = bia.api.get(bell).data().items().at(0)["id"].as_string();
    const std::string path = std::string(bell) + "/" + id + "/read";
    testing::Company other;

    EXPECT_EQ(texts(api).size(), 0u);
    EXPECT_EQ(api.post(path).status, 404);
    EXPECT_EQ(other.api().post(path).status, 404);
    EXPECT_EQ(unread(bia.api), 1);
    EXPECT_EQ(bia.api.post(path).status, 204);
    EXPECT_EQ(unread(bia.api), 0);
}

TEST_F(NotificationsTest, what_came_after_the_reader_looked_stays_unread) {
    Person& bia = company.user("sales");
    contact("Um", bia.id);
    until_told(bia.api, 1);

    bia.api.post(std::string(bell) + "/read", {{"until", "2020-01-01T00:00:00Z"}});

    EXPECT_EQ(unread(bia.api), 1);
    EXPECT_EQ(bia.api.post(std::string(bell) + "/read", {{"until", "ontem"}}).status, 422);
}

TEST_F(NotificationsTest, everybody_chooses_what_they_are_told) {
    Person& bia = company.user("sales");
    const std::string choices = std::string(bell) + "/choices";
    const Reply before = bia.api.get(choices);
    EXPECT_THAT(before.text, ::testing::Not(::testing::HasSubstr("listener.stopped")))
        << "nobody chooses about what they are never told";
    EXPECT_THAT(api.get(choices).text, ::testing::HasSubstr("listener.stopped"));

    const Reply chosen = bia.api.patch(choices, {{"kind", "record.assigned"}, {"shown", false}});

    EXPECT_EQ(chosen.status, 200) << chosen.shown();
    EXPECT_EQ(chosen["shown"], Json(false));
    EXPECT_EQ(chosen["mailed"], Json(true)) << "what is not said stays";
    EXPECT_EQ(bia.api.patch(choices, {{"kind", "no.such"}, {"shown", false}}).status, 422);
    EXPECT_EQ(bia.api.patch(choices, {{"kind", "record.assigned"}, {"shown", "talvez"}}).status,
              422);
    contact("Padaria Aurora", bia.id);
    settle();
    EXPECT_EQ(unread(bia.api), 0);
}

TEST_F(NotificationsTest, what_is_unread_in_the_morning_comes_by_mail_once) {
    const Mailbox box;
    ASSERT_EQ(api.patch("/api/v1/settings/mail", {{"provider", "smtp"},
                                                  {"host", "127.0.0.1"},
                                                  {"port", box.port()},
                                                  {"security", "none"},
                                                  {"fromAddress", "crm@aurora.com.br"}})
                  .status,
              200);
    Person& bia = company.user("sales");
    Person& rui = company.user("sales");
    rui.api.patch(std::string(bell) + "/choices", {{"kind", "record.assigned"}, {"mailed", false}});
    contact("Padaria Aurora", bia.id);
    contact("Mercado Sol", rui.id);
    until_told(bia.api, 1);
    until_told(rui.api, 1);
    let_it_be(7);
    run("jobs.daily");
    EXPECT_EQ(api.get("/api/v1/mails").data().items().size(), 0u) << "not at that hour";
    let_it_be(8);
    run("jobs.daily");
    until([&] { return box.received().size() == 1; }, "the mail to arrive");
    contact("Outro", bia.id);
    until_told(bia.api, 1);
    let_it_be(8);
    run("jobs.daily");

    ASSERT_EQ(box.received().size(), 1u) << "one a day, and none that somebody chose not to get";
    EXPECT_EQ(box.received().front().to, bia.email);
    EXPECT_EQ(api.get("/api/v1/mails").data().items().size(), 1u);
}

TEST_F(NotificationsTest, without_anybody_to_send_it_no_mail_is_written) {
    Person& bia = company.user("sales");
    contact("Padaria Aurora", bia.id);
    until_told(bia.api, 1);

    let_it_be(8);
    run("jobs.daily");

    EXPECT_EQ(api.get("/api/v1/mails").data().items().size(), 0u);
    EXPECT_EQ(server().number("select count(*) from notifications where tenant_id = $1 "
                              "and mailed_at is not null",
                              {company.id()}),
              0);
}

TEST_F(NotificationsTest, what_is_three_months_old_is_forgotten) {
    Person& bia = company.user("sales");
    contact("Padaria Aurora", bia.id);
    until_told(bia.api, 1);
    bia.api.post(std::string(bell) + "/read");
    contact("Mercado Sol", bia.id);
    until_told(bia.api, 1);
    server().sql(
        "update notifications set at = at - interval '91 days' where tenant_id = $1 "
        "and read_at is not null",
        {company.id()});

    run("notifications.forget");

    EXPECT_EQ(texts(bia.api).size(), 1u);
}

}  // namespace
}  // namespace ponte
