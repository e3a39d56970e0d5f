// Listeners in the whole product: what a bulk changed and an import made is heard as well, and who
// administers a company sees what stopped and lets it go on.
#include <atomic>
#include <set>

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::testing {
namespace {

constexpr int rows_of_import = 500, records_of_bulk = 40;
std::atomic<bool> is_broken = false;

void leave_word(Ctx& ctx, const Event& event, std::string_view name) {
    const Json record = event.entity_id ? Json(*event.entity_id) : Json{};
    Json changes = Json::object({{"event", event.name},
                                 {"record", record},
                                 {"version", event.version},
                                 {"count", event.changes["count"]},
                                 {"operation", event.operation ? Json(*event.operation) : Json{}},
                                 {"zone", ctx.who.timezone},
                                 {"language", language_code(ctx.language)}});
    ctx.emit(name, Id::make(), std::move(changes));
}

Task<> hear_each(Ctx& ctx, const Event& event) {
    leave_word(ctx, event, "heard.each");
    co_return;
}

Task<> hear_whole(Ctx& ctx, const Event& event) {
    leave_word(ctx, event, "heard.whole");
    co_return;
}

Task<> tag_what_is_renamed(Ctx& ctx, const Event& event) {
    if (is_broken && event.changes.find("name")) {
        throw conflict("contact.broken");
    }
    if (event.changes.find("name")) {
        Values values;
        values.set("company", Json("Ouvida Ltda"));
        co_await ctx.update("contact", *event.entity_id, std::move(values));
    }
}

void declare(App& app) {
    app.on("contact.*", "test.each", hear_each).each_of_bulks();
    app.on("contact.*", "test.whole", hear_whole);
    app.on("contact.updated", "test.renamed", tag_what_is_renamed).tries(1);
}

Server& listening() {
    static Server of_this_program(Server::usual_settings(), declare);
    return of_this_program;
}

struct ListenersTest : ::testing::Test {
    Company company{listening().url()};
    Api& api = company.api();

    std::int64_t heard(const std::string& name, const std::string& event,
                       const std::string& what = "count(*)") {
        return listening().number("select " + what +
                                      " from events where tenant_id = $1 and name = $2 "
                                      "and changes ->> 'event' = $3",
                                  {company.id(), name, event});
    }
    void wait_for(const std::string& name, const std::string& event, std::int64_t count) {
        until([&] { return heard(name, event) >= count; }, name + " " + event);
    }
    std::string import_contacts() {
        std::string csv = "nome;email\n";
        for (int i = 0; i < rows_of_import; ++i) {
            csv += "Pessoa " + std::to_string(i) + ";" + unique_email() + "\n";
        }
        const FormFields fields{{"entity", "contact"}, {"mode", "create"}};
        const Reply reply = api.upload("/api/v1/imports", fields, "pessoas.csv", csv);
        EXPECT_EQ(reply.status, 202) << reply.shown();
        finished(api, "/api/v1/imports/" + reply.id());
        return reply.id();
    }
    std::string change_in_bulk() {
        Json ids = Json::array();
        const Reply page = api.get("/api/v1/contacts?limit=" + std::to_string(records_of_bulk));
        for (const Json& one : page.data().items()) {
            ids.push(one["id"]);
        }
        const Body body{
            {"action", "update"}, {"ids", ids}, {"values", Json::object({{"city", "Santos"}})}};
        const Reply reply = api.post("/api/v1/contacts/bulk", body);
        EXPECT_EQ(reply.status, 202) << reply.shown();
        finished(api, "/api/v1/operations/" + reply.id());
        return reply.id();
    }
    Json listener(const std::string& name) {
        const Reply reply = api.get("/api/v1/listeners");
        EXPECT_EQ(reply.status, 200) << reply.shown();
        for (const Json& one : reply.data().items()) {
            if (one["name"].as_string() == name) {
                return one;
            }
        }
        return {};
    }
};

TEST_F(ListenersTest, each_record_of_an_import_and_of_a_bulk_is_heard_once_where_it_is_asked_for) {
    import_contacts();
    change_in_bulk();
    save(api, "/api/v1/contacts", Json::object({{"name", "Ana"}, {"phone", unique_phone()}}));

    wait_for("heard.each", "contact.created", rows_of_import + 1);
    wait_for("heard.each", "contact.updated", records_of_bulk);

    const std::string records = "count(distinct changes ->> 'record')";
    EXPECT_EQ(heard("heard.each", "contact.created"), rows_of_import + 1);
    EXPECT_EQ(heard("heard.each", "contact.created", records), rows_of_import + 1);
    EXPECT_EQ(heard("heard.each", "contact.updated"), records_of_bulk);
    EXPECT_EQ(heard("heard.each", "contact.updated", records), records_of_bulk);
    EXPECT_EQ(heard("heard.each", "contact.bulk"), 0);
    EXPECT_EQ(listening().number("select count(*) from events a join events b using (tenant_id) "
                                 "where tenant_id = $1 and a.name = 'heard.each' and b.name = "
                                 "a.name and a.changes ->> 'record' = b.changes ->> 'record' and "
                                 "(a.changes ->> 'version')::int < (b.changes ->> 'version')::int "
                                 "and a.sequence > b.sequence",
                                 {company.id()}),
              0)
        << "in their order";
}

TEST_F(ListenersTest, others_hear_an_import_and_a_bulk_as_a_whole) {
    const std::string import = import_contacts(), bulk = change_in_bulk();
    const std::string count_of = "coalesce(sum((changes ->> 'count')::int), 0)";

    until([&] {
        return heard("heard.whole", "contact.bulk", count_of) >= rows_of_import + records_of_bulk;
    });

    EXPECT_EQ(heard("heard.whole", "contact.bulk", count_of), rows_of_import + records_of_bulk);
    EXPECT_EQ(heard("heard.whole", "contact.created"), 0);
    for (const std::string& operation : {import, bulk}) {
        EXPECT_GT(listening().number("select count(*) from events where tenant_id = $1 and name = "
                                     "'heard.whole' and changes ->> 'operation' = $2",
                                     {company.id(), operation}),
                  0);
    }
}

TEST_F(ListenersTest, a_handler_works_as_the_system_in_the_company_s_language_and_time_zone) {
    const Reply changed =
        api.patch("/api/v1/tenant", {{"timezone", "America/Manaus"}, {"locale", "en"}});
    ASSERT_EQ(changed.status, 200) << changed.shown();

    save(api, "/api/v1/contacts", Json::object({{"name", "Ana"}, {"phone", unique_phone()}}));

    wait_for("heard.each", "contact.created", 1);
    EXPECT_EQ(listening().value("select changes ->> 'zone' || ' ' || (changes ->> 'language') from "
                                "events where tenant_id = $1 and name = 'heard.each'",
                                {company.id()}),
              "America/Manaus en");
}

TEST_F(ListenersTest, what_stopped_is_seen_and_resumed_or_skipped_by_an_administrator) {
    const Saved ana =
        save(api, "/api/v1/contacts", Json::object({{"name", "Ana"}, {"phone", unique_phone()}}));
    const auto rename = [&](const char* name) {
        ASSERT_EQ(api.patch(ana.path, {{"name", name}}).status, 200);
    };
    const auto wait_for_state = [&](const char* state) {
        until([&] { return listener("test.renamed")["state"] == Json(state); }, state);
    };
    is_broken = true;
    rename("Ana Souza");
    wait_for_state("stopped");

    const Json stopped = listener("test.renamed");
    EXPECT_EQ(stopped["error"], Json("contact.broken"));
    EXPECT_EQ(stopped["failedEvent"]["entityId"], Json(ana.id));
    EXPECT_TRUE(stopped["waitingSince"].is_string());
    const std::string path = "/api/v1/listeners/" + stopped["id"].as_string();
    EXPECT_EQ(company.user("sales").api.get("/api/v1/listeners").status, 403);
    EXPECT_EQ(company.user("sales").api.post(path + "/resume").status, 403);

    EXPECT_EQ(api.post(path + "/skip").status, 202);
    wait_for_state("running");
    EXPECT_EQ(api.post(path + "/skip").code(), "listener.not_stopped");
    rename("Ana Lima");
    wait_for_state("stopped");
    is_broken = false;
    EXPECT_EQ(api.post(path + "/resume").status, 202);

    until([&] { return api.get(ana.path)["company"] == Json("Ouvida Ltda"); });
    EXPECT_EQ(listener("test.renamed")["error"], Json{});
    EXPECT_EQ(listening().number("select count(*) from events where tenant_id = $1 and entity_id = "
                                 "$2 and changes -> 'company' is not null",
                                 {company.id(), ana.id}),
              1)
        << "the one that was skipped was left out";
}

}  // namespace
}  // namespace ponte::testing
