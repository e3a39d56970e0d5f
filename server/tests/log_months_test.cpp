// What can be asked of the past when the log has many months, and what is said of those that have
// gone.
#include "kernel/upkeep/log_months.hpp"
#include "kernel/services.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::testing {
namespace {

// Months pass for everybody, so these tests have an installation of their own.
Server& years() {
    static Server server;
    return server;
}

struct PastMonthsTest : ::testing::Test {
    Company company{years().url()};
    Api& api = company.api();

    Saved contact() {
        return save(api, "/api/v1/contacts",
                    Json::object({{"name", "Ana Souza"}, {"phone", unique_phone()}}));
    }
    // A month goes by, with all that was in it.
    void a_month_later() {
        years().sql("update events set at = at - interval '40 days'");
        years().sql("update contacts set created_at = created_at - interval '40 days'");
        years().sql("update operations set created_at = created_at - interval '40 days'");
        years().sql(
            "update log_months set begun_at = begun_at - interval '40 days', "
            "ended_at = ended_at - interval '40 days'");
        wait_for(years().loop(), records::turn_log_months(years().services(), years().loop()));
    }
    // Until one has gone: positions of listeners follow what is written.
    void drop_a_month() {
        const auto oldest = [] { return years().number("select min(number) from log_months"); };
        const auto before = oldest();
        until(
            [&] {
                contact();
                wait_for(years().loop(),
                         records::drop_old_month(years().services(), years().loop(), 1));
                return oldest() > before;
            },
            "the oldest month has gone");
    }
    std::string at(int months_ago) {
        return years().value(
            "select to_char(now() - $1::integer * interval '40 days' + "
            "interval '1 hour', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
            {std::to_string(months_ago)});
    }
    Reply as_of(const Saved& record, int months_ago) {
        return api.get(record.path + "?asOf=" + http::url_encode(at(months_ago)));
    }
    // Four months, a change in each.
    Saved with_a_past() {
        const Saved made = contact();
        for (const char* city : {"Rio", "Santos", "Recife"}) {
            a_month_later();
            EXPECT_EQ(api.patch(made.path, {{"city", city}}).status, 200);
        }
        return made;
    }
};

TEST_F(PastMonthsTest, is_read_across_them) {
    const Saved made = with_a_past();

    const Reply first = api.get(made.path + "/history?limit=3");
    const Reply rest = api.get(
        made.path + "/history?limit=3&cursor=" + first["pagination"]["nextCursor"].as_string());
    const Reply line = api.get(made.path + "/timeline");

    ASSERT_EQ(first.data().items().size(), 3u) << first.shown();
    EXPECT_EQ(first.data().items().at(2)["changes"]["city"]["to"], Json("Rio"));
    ASSERT_EQ(rest.data().items().size(), 1u) << rest.shown();
    EXPECT_EQ(rest.data().items().at(0)["event"], Json("contact.created"));
    EXPECT_EQ(line.data().items().size(), 4u) << line.shown();
    EXPECT_EQ(as_of(made, 1)["city"], Json("Santos"));
    EXPECT_EQ(as_of(made, 2)["city"], Json("Rio"));
    EXPECT_TRUE(as_of(made, 3)["city"].is_null());
    EXPECT_EQ(as_of(made, 4).status, 404) << "it did not exist";
}

TEST_F(PastMonthsTest, an_operation_is_undone_a_month_later) {
    const Saved made = contact();
    const Reply started =
        api.post("/api/v1/contacts/bulk", {{"action", "update"},
                                           {"ids", Json::array({made.id})},
                                           {"values", Json::parse(R"({"city": "Santos"})")}});
    finished(api, "/api/v1/operations/" + started.id());
    a_month_later();

    const Reply undone = api.post("/api/v1/operations/" + started.id() + "/undo", {});
    ASSERT_EQ(undone.status, 202) << undone.shown();
    finished(api, "/api/v1/operations/" + started.id());

    EXPECT_TRUE(api.get(made.path)["city"].is_null());
}

TEST_F(PastMonthsTest, begin_and_go_by_the_clock) {
    const auto by_the_clock = [](const std::string& job, const std::function<bool()>& is_done) {
        until(
            [&] {
                years().sql("update job_schedules set next_run_at = now() where kind = $1", {job});
                return is_done();
            },
            job);
    };
    const auto newest = [] { return years().number("select max(number) from log_months"); };
    const auto oldest = [] { return years().number("select min(number) from log_months"); };
    const auto before = newest(), first = oldest();
    years().sql("update log_months set begun_at = begun_at - interval '40 days'");

    by_the_clock("log.turn_months", [&] { return newest() > before; });
    years().sql("update log_months set ended_at = ended_at - interval '61 months'");
    by_the_clock("log.drop_month", [&] {
        contact();
        return oldest() > first;
    });

    EXPECT_GT(newest(), before);
}

TEST_F(PastMonthsTest, what_has_gone_is_told_plainly) {
    const Saved made = with_a_past();
    const Saved still = contact();
    EXPECT_TRUE(api.get(made.path + "/history")["pagination"]["keptSince"].is_null());
    while (years().number("select count(*) from log_months where ended_at is not null "
                          "and ended_at < now() - interval '35 days'") > 0) {
        drop_a_month();
    }

    const Reply history = api.get(made.path + "/history");
    const Reply line = api.get(made.path + "/timeline");
    const Reply young = api.get(still.path + "/history");

    EXPECT_EQ(history.data().items().size(), 2u) << history.shown();
    EXPECT_TRUE(history["pagination"]["keptSince"].is_string()) << history.shown();
    EXPECT_EQ(line["pagination"]["keptSince"], history["pagination"]["keptSince"]);
    EXPECT_TRUE(young["pagination"]["keptSince"].is_null()) << "all of it is known";
    EXPECT_EQ(as_of(made, 1)["city"], Json("Santos"));
    EXPECT_EQ(as_of(made, 3).code(), "history.not_kept") << as_of(made, 3).shown();
    EXPECT_EQ(as_of(still, 1).status, 404) << "it did not exist";
}

TEST_F(PastMonthsTest, a_record_that_nobody_touched_since_stands_as_it_is) {
    const Saved made = with_a_past();
    a_month_later();
    a_month_later();
    while (years().number("select count(*) from log_months where ended_at is not null "
                          "and ended_at < now() - interval '35 days'") > 0) {
        drop_a_month();
    }

    EXPECT_EQ(as_of(made, 0)["city"], Json("Recife"));
    EXPECT_EQ(as_of(made, 3).code(), "history.not_kept");
    EXPECT_EQ(api.get(made.path + "/history").data().items().size(), 0u);
}

}  // namespace
}  // namespace ponte::testing
