// Everything that happened to a record, and the record as it was at any moment of it.
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

using ::testing::ElementsAre;

struct HistoryTest : ApiTest {
    Saved contact() {
        return save(api, "/api/v1/contacts",
                    Json::object({{"name", "Ana Souza"}, {"phone", "+5511987654321"}}));
    }
    // Events of one test lie within milliseconds: they are moved apart, one an hour, the last one
    // now.
    void spread_out(const Saved& record) {
        server().sql(
            "update events e set at = date_trunc('milliseconds', now()) - interval '1 hour' * ("
            "select count(*) from events l where l.entity_id = e.entity_id and "
            "l.sequence > e.sequence) where e.entity_id = $1",
            {record.id});
    }
    std::string time_of(const Saved& record, int version) {
        for (const Json& entry : entries(record)) {
            if (entry["version"].as_integer() == version) {
                return entry["at"].as_string();
            }
        }
        throw std::runtime_error("no such version");
    }
    Json::Array entries(const Saved& record) {
        return api.get(record.path + "/history?limit=100").data().items();
    }
    Reply as_of(const Saved& record, const std::string& time) {
        return api.get(record.path + "?asOf=" + http::url_encode(time));
    }
};

TEST_F(HistoryTest, says_who_changed_what_from_what_to_what) {
    const Saved made = contact();
    Person& rui = company.user("supervisor");
    ASSERT_EQ(rui.api.patch(made.path, {{"city", "Rio"}, {"status", "inactive"}}).status, 200);

    const Json::Array all = entries(made);

    ASSERT_EQ(all.size(), 2U);
    const Json& last = all[0];
    EXPECT_EQ(last["event"].as_string(), "contact.updated");
    EXPECT_EQ(last["version"].as_integer(), 2);
    EXPECT_EQ(last["actor"]["id"].as_string(), rui.id);
    EXPECT_EQ(last["actor"]["name"].as_string(), rui.name);
    EXPECT_TRUE(last["operationId"].is_null());
    EXPECT_EQ(last["changes"]["city"].dump(), R"({"to":"Rio","from":null})");
    EXPECT_EQ(last["changes"]["status"].dump(), R"({"to":"inactive","from":"active"})");
    EXPECT_EQ(last["changes"].members().size(), 2U);
    EXPECT_EQ(all[1]["changes"]["name"]["to"].as_string(), "Ana Souza");
    EXPECT_EQ(all[1]["actor"]["id"].as_string(), company.admin().id);
}

TEST_F(HistoryTest, comes_in_pages_newest_first) {
    const Saved made = contact();
    for (int i = 0; i < 6; ++i) {
        api.patch(made.path, {{"city", "Cidade " + std::to_string(i)}});
    }

    std::vector<std::int64_t> versions;
    std::string cursor;
    int pages = 0;
    do {
        const Reply page =
            api.get(made.path + "/history?limit=3" + (cursor.empty() ? "" : "&cursor=" + cursor));
        ASSERT_EQ(page.status, 200) << page.shown();
        EXPECT_EQ(page["pagination"]["limit"].as_integer(), 3);
        for (const Json& entry : page.data().items()) {
            versions.push_back(entry["version"].as_integer());
        }
        cursor = page["pagination"]["nextCursor"].as_string();
        ++pages;
    } while (!cursor.empty() && pages < 9);

    EXPECT_EQ(pages, 3);
    EXPECT_THAT(versions, ElementsAre(7, 6, 5, 4, 3, 2, 1));
}

TEST_F(HistoryTest, any_moment_can_be_read) {
    const Saved made = contact();
    api.patch(made.path, {{"city", "Rio"}, {"tags", Json::array({"vip"})}});
    api.patch(made.path,
              {{"city", "Santos"}, {"phone", "+5511912345678"}, {"email", "ana@exemplo.com"}});
    spread_out(made);

    const Reply first = as_of(made, time_of(made, 1)), second = as_of(made, time_of(made, 2)),
                third = as_of(made, time_of(made, 3));

    ASSERT_EQ(first.status, 200) << first.shown();
    EXPECT_TRUE(first["city"].is_null());
    EXPECT_EQ(first["tags"].dump(), "[]");
    EXPECT_EQ(first["version"].as_integer(), 1);
    EXPECT_EQ(first["updatedAt"].as_string(), time_of(made, 1));
    EXPECT_EQ(second["city"].as_string(), "Rio");
    EXPECT_EQ(second["tags"].dump(), R"(["vip"])");
    EXPECT_EQ(second["phone"].as_string(), "+5511987654321");
    EXPECT_TRUE(second["email"].is_null());
    EXPECT_EQ(second["version"].as_integer(), 2);
    EXPECT_EQ(third.body["city"], api.get(made.path)["city"]);
    EXPECT_EQ(third["version"].as_integer(), 3);
}

TEST_F(HistoryTest, before_it_was_made_there_was_nothing) {
    const Saved made = contact();

    EXPECT_EQ(as_of(made, "2020-01-01T00:00:00Z").status, 404);
    EXPECT_EQ(as_of(made, "2099-01-01T00:00:00-03:00").status, 200);
}

TEST_F(HistoryTest, while_it_lay_in_the_bin_it_could_not_be_read) {
    const Saved made = contact();
    api.del(made.path);
    spread_out(made);

    EXPECT_EQ(as_of(made, time_of(made, 1)).status, 200);
    EXPECT_EQ(as_of(made, time_of(made, 2)).status, 404);

    api.post(made.path + "/restore");
    spread_out(made);

    EXPECT_EQ(as_of(made, time_of(made, 1)).status, 200);
    EXPECT_EQ(as_of(made, time_of(made, 2)).status, 404);
    EXPECT_EQ(as_of(made, time_of(made, 3)).status, 200);
}

TEST_F(HistoryTest, custom_fields_and_operations_count_like_everything_else) {
    save(api, "/api/v1/custom-fields",
         Json::object({{"entity", "contact"}, {"name", "Plano"}, {"type", "text"}}));
    const Saved made = contact();
    api.patch(made.path, {{"customFields", Json::object({{"plano", "Fibra"}})}});
    const Body bulk{{"action", "update"},
                    {"ids", Json::array({made.id})},
                    {"values", Json::object({{"customFields", Json::object({{"plano", "Ouro"}})},
                                             {"addTags", Json::array({"vip"})}})}};
    const Reply started = api.post("/api/v1/contacts/bulk", bulk);
    ASSERT_EQ(started.status, 202) << started.shown();
    finished(api, "/api/v1/operations/" + started.id());
    spread_out(made);

    const Json::Array all = entries(made);

    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0]["operationId"].as_string(), started.id());
    EXPECT_EQ(all[0]["changes"]["customFields.plano"]["from"].as_string(), "Fibra");
    EXPECT_EQ(as_of(made, time_of(made, 1))["customFields"].dump(), "{}");
    EXPECT_EQ(as_of(made, time_of(made, 2))["customFields"].dump(), R"({"plano":"Fibra"})");
    EXPECT_EQ(as_of(made, time_of(made, 2))["tags"].dump(), "[]");
    EXPECT_EQ(as_of(made, time_of(made, 3))["customFields"].dump(), R"({"plano":"Ouro"})");
}

TEST_F(HistoryTest, of_what_lies_in_the_bin_can_still_be_read) {
    const Saved made = contact();
    api.del(made.path);

    EXPECT_THAT(events_of(made), ElementsAre("contact.created", "contact.deleted"));
}

TEST_F(HistoryTest, nobody_makes_up_what_was_before_a_change_that_was_not_kept) {
    for (const char* not_kept : {"update events set changes = '{}'", "delete from events"}) {
        SCOPED_TRACE(not_kept);
        const Saved made = contact();
        for (const char* city : {"Rio", "Santos", "Recife"}) {
            api.patch(made.path, {{"city", city}});
        }
        spread_out(made);
        const std::string at_first = time_of(made, 1), in_santos = time_of(made, 3);
        server().sql(std::string(not_kept) + " where entity_id = $1 and version = 2", {made.id});

        const Reply before = as_of(made, at_first);
        const Reply after = as_of(made, in_santos);

        EXPECT_EQ(before.status, 409) << before.shown();
        EXPECT_EQ(before.code(), "history.not_kept");
        EXPECT_EQ(after["city"], Json("Santos")) << after.shown();
    }
}

}  // namespace
}  // namespace ponte::testing
