// What every entity can do, on contacts and tags: made, read, replaced, changed, deleted, restored,
// by whom, and by two at once.
#include <thread>

#include "kernel/testing/given.hpp"

namespace ponte::testing {
namespace {

using ::testing::ElementsAre;

constexpr const char* contacts = "/api/v1/contacts";

struct RecordsTest : ApiTest {
    Saved contact(const Json::Object& more = {}) {
        Json values = Json::object({{"name", "Ana Souza"}, {"phone", "+5511987654321"}});
        for (const auto& [name, value] : more) {
            values.set(name, value);
        }
        return save(api, contacts, values);
    }
    Reply patch_if(const Saved& record, const char* if_match, const Json::Object& values) {
        return api.send("PATCH", record.path, Json(values), {{"If-Match", if_match}});
    }
};

TEST_F(RecordsTest, a_new_record_comes_with_its_address_and_version) {
    const Body body{{"name", " Ana  Souza "},
                    {"phone", "(11) 98765-4321"},
                    {"email", "Ana@Exemplo.COM"},
                    {"tags", Json::array({"vip", "cliente"})}};

    const Reply made = api.post(contacts, body);

    ASSERT_EQ(made.status, 201) << made.shown();
    EXPECT_EQ(made.header("location"), contacts + ("/" + made.id()));
    EXPECT_EQ(made.header("etag"), "\"1\"");
    EXPECT_EQ(made["version"].as_integer(), 1);
    EXPECT_EQ(made["phone"].as_string(), "+5511987654321");
    EXPECT_EQ(made["status"].as_string(), "active");
    EXPECT_EQ(made["tags"].dump(), R"(["vip","cliente"])");
    EXPECT_EQ(made["createdBy"].as_string(), company.admin().id);
    const Reply read = api.get(made.header("location"));
    EXPECT_EQ(read.body, made.body);
    EXPECT_EQ(read.header("etag"), "\"1\"");
}

TEST_F(RecordsTest, labels_of_a_record_are_records_with_an_event) {
    const Saved made = contact({{"tags", Json::array({"Novo rótulo"})}});

    const Reply expanded = api.get(made.path + "?expand=tags");

    ASSERT_EQ(expanded.status, 200) << expanded.shown();
    const Json& chip = expanded["tags"].items().at(0);
    EXPECT_EQ(chip["name"].as_string(), "Novo rótulo");
    EXPECT_EQ(chip["color"].as_string(), "gray");
    const std::string tag = "/api/v1/tags/" + chip["id"].as_string();
    EXPECT_THAT(events_of(tag), ElementsAre("tag.created"));
    const Saved other = contact({{"tags", Json::array({"NOVO RÓTULO"})}});
    EXPECT_EQ(other["tags"].dump(), R"(["Novo rótulo"])");
}

TEST_F(RecordsTest, every_problem_is_told_at_once) {
    const Reply refused = api.post(
        contacts,
        {{"name", "A"}, {"email", "ana(at)exemplo"}, {"status", "lost"}, {"colour", "blue"}});

    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.code(), "validation");
    EXPECT_EQ(refused.problem("name"), "too_short");
    EXPECT_EQ(refused.problem("phone"), "required");
    EXPECT_EQ(refused.problem("email"), "format");
    EXPECT_EQ(refused.problem("status"), "not_an_option");
    EXPECT_EQ(refused.problem("colour"), "unknown");
}

TEST_F(RecordsTest, put_empties_what_it_does_not_name_and_patch_leaves_it) {
    const Saved one = contact({{"city", "Campinas"}, {"status", "prospect"}});
    const Saved other = contact({{"city", "Campinas"}, {"status", "prospect"}});

    const Reply replaced = api.put(one.path, {{"name", "Bia Lima"}, {"phone", "+5511912345678"}});
    const Reply changed = api.patch(other.path, {{"name", "Bia Lima"}});

    ASSERT_EQ(replaced.status, 200) << replaced.shown();
    EXPECT_EQ(replaced["name"].as_string(), "Bia Lima");
    EXPECT_TRUE(replaced["city"].is_null());
    EXPECT_EQ(replaced["status"].as_string(), "active");
    EXPECT_EQ(replaced["version"].as_integer(), 2);
    EXPECT_EQ(replaced.header("etag"), "\"2\"");
    ASSERT_EQ(changed.status, 200) << changed.shown();
    EXPECT_EQ(changed["city"].as_string(), "Campinas");
    EXPECT_EQ(changed["status"].as_string(), "prospect");
    EXPECT_EQ(api.put(one.path, {{"city", "Santos"}}).problem("name"), "required");
}

TEST_F(RecordsTest, a_change_to_the_same_value_is_none) {
    const Saved made = contact({{"tags", Json::array({"vip", "novo"})}});

    const Body same{{"name", "Ana Souza"}, {"tags", Json::array({"Novo", "VIP"})}};
    const Reply unchanged = api.patch(made.path, same);

    EXPECT_EQ(unchanged.status, 200);
    EXPECT_EQ(unchanged["version"].as_integer(), 1);
    EXPECT_THAT(events_of(made), ElementsAre("contact.created"));
}

TEST_F(RecordsTest, computed_fields_are_not_taken_from_outside) {
    const Saved made = contact({{"totalInteractions", 99}, {"version", 7}});

    const Reply changed = api.patch(made.path, {{"totalInteractions", 5}, {"city", "Rio"}});

    EXPECT_EQ(made["totalInteractions"].as_integer(), 0);
    EXPECT_EQ(changed["totalInteractions"].as_integer(), 0);
    EXPECT_EQ(changed["version"].as_integer(), 2);
}

TEST_F(RecordsTest, whoever_saw_an_older_version_is_refused) {
    const Saved made = contact();
    ASSERT_EQ(patch_if(made, "\"1\"", {{"city", "Rio"}}).status, 200);

    const Reply late = patch_if(made, "\"1\"", {{"city", "Santos"}});

    EXPECT_EQ(late.status, 412);
    EXPECT_EQ(late.code(), "version_mismatch");
    EXPECT_EQ(patch_if(made, "\"nonsense\"", {{"city", "Santos"}}).status, 412);
    EXPECT_EQ(api.send("DELETE", made.path, {}, {{"If-Match", "\"1\""}}).status, 412);
    EXPECT_EQ(patch_if(made, "W/\"2\"", {{"city", "Santos"}}).status, 200);
    EXPECT_EQ(patch_if(made, "*", {{"city", "Recife"}}).status, 200);
    EXPECT_EQ(api.get(made.path)["city"].as_string(), "Recife");
}

TEST_F(RecordsTest, of_two_who_saw_the_same_version_one_wins) {
    const Saved made = contact();
    std::vector<int> statuses(8);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        threads.emplace_back([&, i, mine = Api(api)]() mutable {
            const Json values = Json::object({{"city", "Cidade " + std::to_string(i)}});
            statuses[i] = mine.send("PATCH", made.path, values, {{"If-Match", "\"1\""}}).status;
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }

    EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 200), 1);
    EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 412), 7);
    EXPECT_EQ(api.get(made.path)["version"].as_integer(), 2);
    EXPECT_EQ(events_of(made).size(), 2U);
}

TEST_F(RecordsTest, changes_of_different_fields_at_once_are_both_kept) {
    const Saved made = contact();
    const std::vector<std::string> fields{"city", "state", "source", "company", "jobTitle"};
    std::vector<std::thread> threads;
    for (const std::string& field : fields) {
        threads.emplace_back([&, mine = Api(api)]() mutable {
            mine.patch(made.path, Json::object({{field, "novo " + field}}));
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }

    const Reply now = api.get(made.path);
    for (const std::string& field : fields) {
        EXPECT_EQ(now[field].as_string(), "novo " + field);
    }
    EXPECT_EQ(now["version"].as_integer(), 6);
}

TEST_F(RecordsTest, a_reader_who_knows_the_version_gets_no_body) {
    const Saved made = save(api, "/api/v1/teams", Json::object({{"name", "Vendas"}}));
    const auto ask = [&](const char* known) {
        return api.send("GET", made.path, {}, {{"If-None-Match", known}});
    };

    EXPECT_EQ(ask("\"1\"").status, 304);
    EXPECT_EQ(ask("\"1\"").text, "");
    EXPECT_EQ(ask("W/\"1\"").status, 304);
    EXPECT_EQ(ask("\"0\", \"1\"").status, 304);
    EXPECT_EQ(ask("\"2\"").status, 200);
}

TEST_F(RecordsTest, a_renamed_label_is_seen_by_a_reader_who_knows_the_version) {
    const Saved label = save(api, "/api/v1/tags", Json::object({{"name", "vip"}}));
    const Saved made = contact({{"tags", Json::array({"vip"})}});
    const Reply before = api.get(made.path);

    EXPECT_EQ(api.patch(label.path, {{"name", "ouro"}}).status, 200);

    const Reply after = api.send("GET", made.path, {}, {{"If-None-Match", before.header("etag")}});
    EXPECT_EQ(after.status, 200);
    EXPECT_EQ(after["tags"], Json::array({"ouro"}));
}

TEST_F(RecordsTest, an_alias_names_the_same_resource_in_every_route) {
    const Saved made = contact();

    for (const std::string root : {"/api/v1/customers", "/api/customers", "/v1/customers"}) {
        SCOPED_TRACE(root);
        EXPECT_EQ(api.get(root + "/" + made.id)["id"], Json(made.id));
        EXPECT_EQ(api.get(root + "/" + made.id + "/timeline").status, 200);
        EXPECT_EQ(api.get(root + "/stats")["total"], Json(1));
        EXPECT_EQ(api.patch(root + "/" + made.id, {{"city", "Rio"}}).status, 200);
    }
}

TEST_F(RecordsTest, what_is_deleted_lies_in_the_bin_and_comes_back) {
    const Saved made = contact({{"name", "Zilda do Cesto"}});

    EXPECT_EQ(api.del(made.path).status, 204);

    EXPECT_EQ(api.get(made.path).status, 404);
    EXPECT_EQ(api.patch(made.path, {{"city", "Rio"}}).status, 404);
    EXPECT_EQ(api.del(made.path).status, 404);
    EXPECT_TRUE(api.get("/api/v1/contacts?search=zilda").data().items().empty());
    const Reply bin = api.get("/api/v1/contacts?deleted=true&search=zilda");
    ASSERT_EQ(bin.data().items().size(), 1U) << bin.shown();
    EXPECT_TRUE(bin.data().items()[0]["deletedAt"].is_string());

    const Reply restored = api.post(made.path + "/restore");

    ASSERT_EQ(restored.status, 200) << restored.shown();
    EXPECT_EQ(restored["name"].as_string(), "Zilda do Cesto");
    EXPECT_EQ(restored["version"].as_integer(), 3);
    EXPECT_EQ(restored.header("etag"), "\"3\"");
    EXPECT_EQ(api.post(made.path + "/restore")["version"].as_integer(), 3);  // once is enough
    EXPECT_THAT(events_of(made),
                ElementsAre("contact.created", "contact.deleted", "contact.restored"));
}

TEST_F(RecordsTest, a_restored_record_must_not_collide) {
    const Saved first = save(api, "/api/v1/tags", Json::object({{"name", "Único"}}));
    ASSERT_EQ(api.del(first.path).status, 204);
    save(api, "/api/v1/tags", Json::object({{"name", "único"}}));

    const Reply refused = api.post(first.path + "/restore");

    EXPECT_EQ(refused.status, 422) << refused.shown();
    EXPECT_EQ(refused.problem("name"), "taken");
    EXPECT_EQ(api.get(first.path).status, 404);
}

TEST_F(RecordsTest, another_name_of_an_entity_leads_to_the_same_records) {
    const Reply made =
        api.post("/api/v1/customers", {{"name", "Ana Souza"}, {"phone", "+5511987654321"}});

    ASSERT_EQ(made.status, 201) << made.shown();
    EXPECT_EQ(made.header("location"), contacts + ("/" + made.id()));
    EXPECT_EQ(api.get("/api/v1/customers/" + made.id()).body,
              api.get(made.header("location")).body);
    EXPECT_EQ(api.get("/api/v1/customers/" + made.id() + "/history").data().items().size(), 1U);
}

TEST_F(RecordsTest, ids_that_lead_nowhere_are_not_found) {
    Company other;
    const Saved theirs =
        save(other.api(), contacts, Json::object({{"name", "Deles"}, {"phone", "+5511987654321"}}));

    for (const std::string& id : {theirs.id, std::string("nonsense"),
                                  std::string("018f0000-0000-7000-8000-000000000000")}) {
        SCOPED_TRACE(id);
        const std::string path = std::string(contacts) + "/" + id;

        EXPECT_EQ(api.get(path).code(), "contact.not_found");
        EXPECT_EQ(api.get(path + "/history").status, 404);
        EXPECT_EQ(api.get(path + "?asOf=2030-01-01T00:00:00Z").status, 404);
        EXPECT_EQ(api.patch(path, {{"city", "Rio"}}).status, 404);
        EXPECT_EQ(api.put(path, {{"name", "Ana"}, {"phone", "+5511987654321"}}).status, 404);
        EXPECT_EQ(api.del(path).status, 404);
        EXPECT_EQ(api.post(path + "/restore").status, 404);
    }
    EXPECT_EQ(other.api().get(theirs.path)["version"].as_integer(), 1);
}

TEST_F(RecordsTest, wrong_parameters_of_one_record_are_named) {
    const Saved made = contact();

    EXPECT_EQ(api.get(made.path + "?expand=everything").problem("expand"), "not_an_option");
    EXPECT_EQ(api.get(made.path + "?asOf=ontem").problem("asOf"), "format");
    EXPECT_EQ(api.get(made.path + "?as_of=2026-01-01T00:00:00Z").problem("as_of"), "unknown");
    EXPECT_EQ(api.get(made.path + "/history?limit=0").problem("limit"), "positive_integer");
    EXPECT_EQ(api.get(made.path + "/history?cursor=x").problem("cursor"), "format");
}

TEST_F(RecordsTest, entities_without_a_bin_have_no_routes_for_it) {
    const std::string me = "/api/v1/users/" + company.admin().id;

    EXPECT_EQ(api.del(me).status, 405);
    EXPECT_EQ(api.post(me + "/restore").status, 404);
    EXPECT_EQ(api.get("/api/v1/users?deleted=true").problem("deleted"), "unknown");
}

}  // namespace
}  // namespace ponte::testing
