// Many records at once: chosen by ids or by a filter, changed, deleted, restored, and undone.
#include <thread>

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

struct BulkTest : ApiTest {
    Saved contact(const std::string& name, const Json::Object& more = {}) {
        Json values = Json::object({{"name", name}, {"phone", unique_phone()}});
        for (const auto& [key, value] : more) {
            values.set(key, value);
        }
        return save(api, "/api/v1/contacts", values);
    }
    Reply bulk(Json body) { return api.post("/api/v1/contacts/bulk", body); }
    Reply done(const Reply& started) {
        EXPECT_EQ(started.status, 202) << started.shown();
        return finished(api, "/api/v1/operations/" + started.id());
    }
    Reply undone(const Reply& operation) {
        return done(api.post("/api/v1/operations/" + operation.id() + "/undo"));
    }
    Reply update(const Json& ids, Json values) {
        return done(bulk(
            Json::object({{"action", "update"}, {"ids", ids}, {"values", std::move(values)}})));
    }
    Json field(const Saved& record, std::string_view name) { return api.get(record.path)[name]; }
};

TEST_F(BulkTest, changes_the_records_that_are_named) {
    const Saved ana = contact("Ana"), bia = contact("Bia", {{"status", "prospect"}}),
                cida = contact("Cida");

    const Reply operation =
        update(Json::array({ana.id, bia.id, ana.id}), Json::object({{"status", "prospect"}}));

    EXPECT_EQ(operation["kind"].as_string(), "bulk_update");
    EXPECT_EQ(operation["title"].as_string(), "Alteração de Clientes");
    EXPECT_EQ(operation["fields"], Json::array({"status"}));
    EXPECT_EQ(operation["entity"].as_string(), "contact");
    EXPECT_EQ(operation["state"].as_string(), "done") << operation.shown();
    EXPECT_EQ(operation["total"].as_integer(), 2);
    EXPECT_EQ(operation["processed"].as_integer(), 2);
    EXPECT_EQ(operation["changed"].as_integer(), 1);
    EXPECT_EQ(operation["skipped"].as_integer(), 1);
    EXPECT_EQ(operation["failed"].as_integer(), 0);
    EXPECT_TRUE(operation["undoableUntil"].is_string());
    EXPECT_EQ(field(ana, "status").as_string(), "prospect");
    EXPECT_EQ(field(cida, "status").as_string(), "active");
    EXPECT_EQ(field(bia, "version").as_integer(), 1);
}

TEST_F(BulkTest, changes_what_a_filter_and_a_search_choose) {
    const Saved ana = contact("Ana Bulk", {{"city", "Rio"}}),
                bia = contact("Bia Bulk", {{"city", "Santos"}}),
                cida = contact("Cida Outra", {{"city", "Rio"}});

    const Reply operation = done(
        bulk(Json::parse(R"({"action": "update", "search": "bulk", "values": {"city": "Recife"},
                        "filter": {"and": [{"field": "city", "op": "is", "value": "rio"}]}})")));

    EXPECT_EQ(operation["total"].as_integer(), 1) << operation.shown();
    EXPECT_EQ(field(ana, "city").as_string(), "Recife");
    EXPECT_EQ(field(bia, "city").as_string(), "Santos");
    EXPECT_EQ(field(cida, "city").as_string(), "Rio");
}

TEST_F(BulkTest, a_change_of_what_the_filter_asks_meets_every_record_once) {
    const std::int64_t many = 1'201;
    server().sql(
        "insert into contacts (tenant_id, name, phone, status, created_at) "
        "select $1, 'Contato ' || n, '+55119' || (10000000 + n), 'prospect', now() - interval '1 "
        "minute' from generate_series(1, $2::int) n",
        {company.id(), std::to_string(many)});
    api.patch("/api/v1/contacts/" + contact("Ana").id, {{"city", "Rio"}});  // caches are told

    const Reply operation =
        done(bulk(Json::parse(R"({"action": "update", "values": {"status": "active"},
                             "filter": {"field": "status", "op": "is", "value": "prospect"}})")));

    EXPECT_EQ(operation["changed"].as_integer(), many) << operation.shown();
    EXPECT_EQ(operation["processed"].as_integer(), many);
    EXPECT_EQ(server().number("select count(*) from contacts where tenant_id = $1 and status = "
                              "'prospect'",
                              {company.id()}),
              0);
    EXPECT_EQ(server().number("select count(*) from events where tenant_id = $1 and operation_id = "
                              "$2 and name = 'contact.updated' and is_quiet",
                              {company.id(), operation.id()}),
              many);

    const Reply back = undone(operation);

    EXPECT_EQ(back["state"].as_string(), "undone") << back.shown();
    EXPECT_EQ(back["undone"].as_integer(), many);
    EXPECT_EQ(server().number("select count(*) from contacts where tenant_id = $1 and status = "
                              "'prospect'",
                              {company.id()}),
              many);
}

TEST_F(BulkTest, labels_are_added_and_taken_away) {
    const Saved ana = contact("Ana", {{"tags", Json::array({"a", "b"})}}), bia = contact("Bia");
    const Json ids = Json::array({ana.id, bia.id});

    update(ids, Json::parse(R"({"tags": {"add": ["vip"], "remove": ["a"]}})"));
    EXPECT_EQ(field(ana, "tags").dump(), R"(["b","vip"])");
    EXPECT_EQ(field(bia, "tags").dump(), R"(["vip"])");

    update(ids, Json::parse(R"({"addTags": ["novo"], "removeTags": ["VIP"]})"));
    EXPECT_EQ(field(ana, "tags").dump(), R"(["b","novo"])");
    EXPECT_EQ(field(bia, "tags").dump(), R"(["novo"])");

    update(ids, Json::parse(R"({"tags": ["só este"]})"));
    EXPECT_EQ(field(ana, "tags").dump(), R"(["só este"])");
}

TEST_F(BulkTest, deletes_and_restores) {
    const Saved ana = contact("Ana"), bia = contact("Bia");
    const Json ids = Json::array({ana.id, bia.id});
    api.del(bia.path);

    const Reply deleted = done(bulk(Json::object({{"action", "delete"}, {"ids", ids}})));
    EXPECT_EQ(deleted["changed"].as_integer(), 1);
    EXPECT_EQ(deleted["skipped"].as_integer(), 1);
    EXPECT_EQ(api.get(ana.path).status, 404);

    const Reply restored =
        done(bulk(Json::parse(R"({"action": "restore", "filter": {"and": []}})")));
    EXPECT_EQ(restored["changed"].as_integer(), 2);
    EXPECT_EQ(api.get(ana.path)["version"].as_integer(), 3);
    EXPECT_THAT(events_of(ana),
                ElementsAre("contact.created", "contact.deleted", "contact.restored"));
}

TEST_F(BulkTest, an_undo_brings_back_what_was_deleted_unless_it_was_touched_since) {
    const Saved ana = contact("Ana"), bia = contact("Bia");
    const Json ids = Json::array({ana.id, bia.id});
    const Reply deleted = done(bulk(Json::object({{"action", "delete"}, {"ids", ids}})));
    api.post(bia.path + "/restore");
    api.del(bia.path);

    const Reply back = undone(deleted);

    EXPECT_EQ(back["undone"].as_integer(), 1) << back.shown();
    EXPECT_EQ(back["kept"].as_integer(), 1);
    EXPECT_EQ(api.get(ana.path).status, 200);
    EXPECT_EQ(api.get(bia.path).status, 404);
}

TEST_F(BulkTest, an_undo_writes_back_each_field_that_nobody_touched_since) {
    const Saved ana = contact("Ana", {{"city", "Rio"}, {"tags", Json::array({"a"})}}),
                bia = contact("Bia", {{"city", "Santos"}});
    const Reply operation =
        update(Json::array({ana.id, bia.id}),
               Json::parse(R"({"city": "Recife", "status": "inactive", "addTags": ["VIP"]})"));
    api.patch(bia.path, {{"city", "Olinda"}, {"source", "feira"}});

    const Reply back = undone(operation);

    EXPECT_EQ(back["state"].as_string(), "undone");
    EXPECT_EQ(back["undone"].as_integer(), 2) << back.shown();
    EXPECT_EQ(back["kept"].as_integer(), 1);
    EXPECT_EQ(field(ana, "city").as_string(), "Rio");
    EXPECT_EQ(field(ana, "tags").dump(), R"(["a"])");
    EXPECT_EQ(field(bia, "city").as_string(), "Olinda");
    EXPECT_EQ(field(bia, "source").as_string(), "feira");
    EXPECT_EQ(field(bia, "status").as_string(), "active");
}

// As if the program had been killed with it too often.
void give_up(const Company& company, const std::string& operation, const std::string& state) {
    server().sql(
        "update operations set state = $2, finished_at = null, cursor_id = null, processed = 0 "
        "where id = $1",
        {operation, state});
    server().sql(
        "insert into jobs (tenant_id, kind, args, state, lane, tries, lease_until, lease_token) "
        "values ($1, $3, jsonb_build_object('id', $2::text), 'running', 1, 8, "
        "'-infinity', new_id())",
        {company.id(), operation, state == "undoing" ? "bulk_update.undo" : "bulk_update.run"});
}

TEST_F(BulkTest, what_was_interrupted_too_often_says_so_and_goes_on) {
    const Saved ana = contact("Ana"), bia = contact("Bia");
    const Reply changed =
        update(Json::array({ana.id, bia.id}), Json::object({{"status", "prospect"}}));
    const std::string path = "/api/v1/operations/" + changed.id();

    give_up(company, changed.id(), "undoing");
    until([&] { return api.get(path)["state"] == Json("failed"); }, "the undo is given up");
    const Reply failed = api.get(path);
    EXPECT_EQ(failed["error"], Json("interrupted"));
    EXPECT_EQ(failed["resumable"], Json(true));

    const Reply resumed = done(api.post(path + "/resume"));
    EXPECT_EQ(resumed["state"], Json("undone")) << resumed.shown();
    EXPECT_TRUE(resumed["error"].is_null());
    EXPECT_EQ(field(ana, "status").as_string(), "active");
    const Reply again = api.post(path + "/resume");
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.code(), "operation.not_resumable");
    until(
        [&] {
            return server().number("select count(*) from jobs where tenant_id = $1",
                                   {company.id()}) == 0;
        },
        "no job is left");
}

TEST_F(BulkTest, is_undone_once) {
    const Saved ana = contact("Ana", {{"city", "Rio"}});
    const Reply operation = update(Json::array({ana.id}), Json::object({{"city", "Recife"}}));
    undone(operation);
    api.patch(ana.path, {{"city", "Recife"}});

    const Reply again = undone(operation);

    EXPECT_EQ(again["state"].as_string(), "undone");
    EXPECT_EQ(field(ana, "city").as_string(), "Recife");
}

TEST_F(BulkTest, cannot_be_undone_when_it_changed_nothing_or_is_too_old) {
    const Saved ana = contact("Ana", {{"city", "Rio"}});
    const Reply nothing = update(Json::array({ana.id}), Json::object({{"city", "Rio"}}));
    const Reply old = update(Json::array({ana.id}), Json::object({{"city", "Recife"}}));
    server().sql("update operations set undoable_until = now() where id = $1", {old.id()});

    EXPECT_TRUE(nothing["undoableUntil"].is_null());
    for (const Reply* operation : {&nothing, &old}) {
        const Reply refused = api.post("/api/v1/operations/" + operation->id() + "/undo");
        EXPECT_EQ(refused.status, 409) << refused.shown();
        EXPECT_EQ(refused.code(), "operation.not_undoable");
    }
}

TEST_F(BulkTest, a_record_that_breaks_a_rule_fails_alone) {
    std::vector<Saved> tags;
    Json ids = Json::array();
    for (int i = 0; i < 5; ++i) {
        tags.push_back(
            save(api, "/api/v1/tags", Json::object({{"name", "t" + std::to_string(i)}})));
        ids.push(tags.back().id);
    }
    done(api.post("/api/v1/tags/bulk", {{"action", "delete"}, {"ids", ids}}));
    save(api, "/api/v1/tags", Json::object({{"name", "T2"}}));  // the name is taken again

    const Reply restored =
        done(api.post("/api/v1/tags/bulk", {{"action", "restore"}, {"ids", ids}}));

    EXPECT_EQ(restored["state"].as_string(), "done") << restored.shown();
    EXPECT_EQ(restored["changed"].as_integer(), 4);
    EXPECT_EQ(restored["failed"].as_integer(), 1);
    EXPECT_EQ(api.get(tags[2].path).status, 404);
    EXPECT_EQ(api.get(tags[4].path).status, 200);
}

TEST_F(BulkTest, two_at_once_neither_block_nor_lose) {
    Json ids = Json::array(), reversed = Json::array();
    std::vector<Saved> records;
    for (int i = 0; i < 40; ++i) {
        records.push_back(contact("Contato " + std::to_string(i)));
    }
    for (int i = 0; i < 40; ++i) {
        ids.push(records[static_cast<std::size_t>(i)].id);
        reversed.push(records[static_cast<std::size_t>(39 - i)].id);
    }
    const auto body = [](const Json& which, const char* name, const char* value) {
        return Json::object(
            {{"action", "update"}, {"ids", which}, {"values", Json::object({{name, value}})}});
    };

    const Reply one = bulk(body(ids, "city", "Rio")), two = bulk(body(reversed, "source", "feira"));

    EXPECT_EQ(done(one)["changed"].as_integer(), 40);
    EXPECT_EQ(done(two)["changed"].as_integer(), 40);
    for (const Saved& record : records) {
        const Reply now = api.get(record.path);
        EXPECT_EQ(now["city"].as_string() + now["source"].as_string(), "Riofeira");
        EXPECT_EQ(now["version"].as_integer(), 3);
    }
}

TEST_F(BulkTest, what_is_wrong_is_told_at_once_and_nothing_is_started) {
    const Saved ana = contact("Ana");
    const Json ids = Json::array({ana.id});
    const struct {
        const char *name, *body;
        int status;
        const char *field, *code;
    } rows[] = {
        {"no action", R"({"ids": ["x"]})", 422, "action", "required"},
        {"unknown action", R"({"action": "burn"})", 422, "action", "not_an_option"},
        {"nobody named", R"({"action": "delete"})", 422, "ids", "required"},
        {"an empty list", R"({"action": "delete", "ids": []})", 422, "ids", "required"},
        {"no id", R"({"action": "delete", "ids": ["x"]})", 422, "ids", "format"},
        {"no list", R"({"action": "delete", "ids": "x"})", 422, "ids", "type"},
        {"no values", R"({"action": "update", "filter": {"and": []}})", 422, "values", "required"},
        {"empty values", R"({"action": "update", "filter": {"and": []}, "values": {}})", 422,
         "values", "required"},
        {"a wrong value",
         R"({"action": "update", "filter": {"and": []}, "values": {"status": "lost"}})", 422,
         "status", "not_an_option"},
        {"an unknown field",
         R"({"action": "update", "filter": {"and": []}, "values": {"colour": 1}})", 422, "colour",
         "unknown"},
        {"a required field emptied",
         R"({"action": "update", "filter": {"and": []}, "values": {"name": null}})", 422, "name",
         "required"},
        {"labels that are none",
         R"({"action": "update", "filter": {"and": []}, "values": {"addTags": [1]}})", 422,
         "addTags", "type"},
        {"a wrong filter",
         R"({"action": "delete", "filter": {"field": "colour", "op": "is", "value": 1}})", 400,
         "filter", "field"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);

        const Reply refused = bulk(Json::parse(row.body));

        EXPECT_EQ(refused.status, row.status) << refused.shown();
        EXPECT_EQ(refused.problem(row.field), row.code) << refused.shown();
    }
    EXPECT_TRUE(api.get("/api/v1/operations").data().items().empty());
}

TEST_F(BulkTest, another_companys_ids_are_skipped) {
    Company other;
    const Saved theirs = save(other.api(), "/api/v1/contacts",
                              Json::object({{"name", "Deles"}, {"phone", unique_phone()}}));

    const Reply operation = update(Json::array({theirs.id}), Json::object({{"city", "Rio"}}));

    EXPECT_EQ(operation["skipped"].as_integer(), 1);
    EXPECT_TRUE(other.api().get(theirs.path)["city"].is_null());
    EXPECT_EQ(other.api().get("/api/v1/operations/" + operation.id()).status, 404);
    EXPECT_EQ(other.api().post("/api/v1/operations/" + operation.id() + "/undo").status, 404);
}

TEST_F(BulkTest, operations_are_listed_newest_first_to_those_who_may_see_them) {
    const Saved ana = contact("Ana");
    Person& agent = company.user("agent");
    const Json ids = Json::array({ana.id});
    const Reply first = update(ids, Json::object({{"city", "Rio"}}));
    const Reply second = agent.api.post(
        "/api/v1/contacts/bulk",
        {{"action", "update"}, {"ids", ids}, {"values", Json::object({{"city", "Recife"}})}});
    done(second);

    const Reply all = api.get("/api/v1/operations"), own = agent.api.get("/api/v1/operations");

    ASSERT_EQ(all.data().items().size(), 2U) << all.shown();
    EXPECT_EQ(all.data().items()[0]["id"].as_string(), second.id());
    EXPECT_EQ(all["pagination"]["total"].as_integer(), 2);
    ASSERT_EQ(own.data().items().size(), 1U);
    EXPECT_EQ(own.data().items()[0]["id"].as_string(), second.id());
    EXPECT_EQ(agent.api.get("/api/v1/operations/" + first.id()).status, 404);
    EXPECT_EQ(api.get("/api/v1/operations?state=running").data().items().size(), 0U);
    EXPECT_EQ(api.get("/api/v1/operations?state=lost").problem("state"), "not_an_option");
    EXPECT_EQ(api.get("/api/v1/operations?limit=1&page=2").data().items().size(), 1U);
}

}  // namespace
}  // namespace ponte::testing
