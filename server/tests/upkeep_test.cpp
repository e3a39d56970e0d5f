// What the clock does by itself: many differences of a total become one, and old keys go.
#include <map>

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::testing {
namespace {

struct UpkeepTest : ApiTest {
    static void come(const std::string& schedule) {
        ASSERT_EQ(server()
                      .sql("update job_schedules set next_run_at = now() where kind = $1 "
                           "returning kind",
                           {schedule})
                      .size(),
                  1u);
    }
    std::string contact(const std::string& name) {
        return save(api, "/api/v1/contacts",
                    Json::object({{"name", name}, {"phone", unique_phone()}}))
            .path;
    }
    std::int64_t tallies() const {
        return server().number("select count(*) from tallies where tenant_id = $1", {company.id()});
    }
    std::int64_t keys() const {
        return server().number("select count(*) from idempotency_keys where tenant_id = $1",
                               {company.id()});
    }
};

TEST_F(UpkeepTest, new_entries_of_the_search_do_not_pile_up) {
    const auto merged = [] { return server().number("select merge_search_entries()"); };
    server().sql(
        "update job_schedules set next_run_at = now() + interval '1 hour' "
        "where kind = 'search_entries.merge'");
    merged();
    contact("Ana de Souza");
    EXPECT_GT(merged(), 0);
    contact("Bruno de Souza");

    come("search_entries.merge");

    until(
        [] {
            return server().number(
                       "select count(*) from job_schedules where kind = 'search_entries.merge' "
                       "and next_run_at <= now()") == 0 &&
                   server().number(
                       "select count(*) from jobs where kind = 'search_entries.merge'") == 0;
        },
        "the entries are merged");
    EXPECT_EQ(merged(), 0);
}

TEST_F(UpkeepTest, totals_are_folded_and_stay_what_they_were) {
    // Not by the clock while they are counted.
    server().sql(
        "update job_schedules set next_run_at = now() + interval '1 hour' "
        "where kind = 'tallies.fold'");
    std::vector<std::string> made;
    for (int i = 0; i < 12; ++i) {
        made.push_back(contact("Ana " + std::to_string(i)));
    }
    ASSERT_EQ(api.del(made[0]).status, 204);
    ASSERT_EQ(api.patch(made[1], {{"status", "inactive"}}).status, 200);
    const auto total = [&](const std::string& query) {
        return api.get("/api/v1/contacts?" + query)["pagination"]["total"].as_integer();
    };
    const std::int64_t before = tallies();
    ASSERT_GT(before, 12);
    ASSERT_EQ(total("limit=1"), 11);
    const std::int64_t inactive = total("limit=1&status=inactive");

    come("tallies.fold");

    until([&] { return tallies() < 5; }, "the totals are folded");
    // Of an address that no answer is remembered for.
    EXPECT_EQ(total("limit=2"), 11);
    EXPECT_EQ(total("limit=2&status=inactive"), inactive);
    EXPECT_EQ(inactive, 1);
    contact("Bia");
    EXPECT_EQ(total("limit=2"), 12);
}

TEST_F(UpkeepTest, keys_of_requests_are_forgotten_after_a_day) {
    std::map<std::string, std::string> phones{{"old", unique_phone()}, {"young", unique_phone()}};
    const auto make = [&](const std::string& key) {
        return api.send("POST", "/api/v1/contacts", {{"name", "Ana"}, {"phone", phones[key]}},
                        {{"Idempotency-Key", key}});
    };
    ASSERT_EQ(make("old").status, 201);
    ASSERT_EQ(make("young").status, 201);
    server().sql(
        "update idempotency_keys set created_at = now() - interval '25 hours' "
        "where tenant_id = $1 and key = 'old'",
        {company.id()});

    come("idempotency_keys.clear");

    until([&] { return keys() == 1; }, "the old key is gone");
    EXPECT_EQ(make("young").header("idempotency-replayed"), "true");
    EXPECT_EQ(make("old").header("idempotency-replayed"), "");
}

TEST_F(UpkeepTest, a_listener_that_nothing_declares_any_more_is_forgotten_after_a_time) {
    const std::string gone = unique_name("gone."), kept = unique_name("kept.");
    for (const std::string& name : {gone, kept}) {
        server().sql(
            "insert into listener_leases (name, transaction, lease_until) "
            "values ($1, '1', now() - $2::interval)",
            {name, name == gone ? "91 days" : "89 days"});
        server().sql("insert into listeners (tenant_id, name) values ($1, $2)",
                     {company.id(), name});
    }

    come("listeners.forget");

    const auto rows_of = [&](const std::string& name) {
        return server().number("select count(*) from listener_leases where name = $1", {name}) +
               server().number("select count(*) from listeners where name = $1", {name});
    };
    until([&] { return rows_of(gone) == 0; });
    EXPECT_EQ(rows_of(kept), 2);
}

}  // namespace
}  // namespace ponte::testing
