// The feed against writers who commit late, in any order, or not at all.
#include <gtest/gtest.h>

#include <algorithm>

#include "kernel/events/tests/feed_world.hpp"

namespace ponte {
namespace {

using namespace std::chrono_literals;

struct FeedTest : FeedWorld {
    std::optional<std::vector<Event>> since(Worker& worker, Position after,
                                            std::size_t limit = 100) {
        Loop& loop = worker.loops->at(1);
        return wait_for(loop, worker.services().feed().since(loop, company(), after, limit));
    }
};

TEST_F(FeedTest, carries_an_event_as_it_was_written) {
    Worker& worker = start(nullptr);
    const auto heard = follow(worker);
    Event event = event_named("contact.updated", company());
    event.version = 7;
    event.actor = Id::make();
    event.owner = Id::make();
    event.operation = Id::make();
    event.changes = Json::object({{"name", Json::object({{"from", "Ana"}, {"to", "Açaí ✓"}})}});
    event.request_id = "r-1";
    Loop& loop = worker.loops->at(0);
    const db::Statement statement = event_statement(event, {});
    const db::Scope scope{db::Role::system, {}};

    wait_for(loop,
             worker.services().database().query(loop, scope, statement.sql, statement.params));
    worker.services().feed().wake();

    until([&] { return heard->names().size() == 1; });
    const Event& got = heard->events.front();
    EXPECT_EQ(got.tenant, event.tenant);
    EXPECT_EQ(got.name, event.name);
    EXPECT_EQ(got.entity, event.entity);
    EXPECT_EQ(got.entity_id, event.entity_id);
    EXPECT_EQ(got.version, event.version);
    EXPECT_EQ(got.actor, event.actor);
    EXPECT_EQ(got.owner, event.owner);
    EXPECT_EQ(got.operation, event.operation);
    EXPECT_EQ(got.changes["name"]["from"].as_string(), "Ana");
    EXPECT_EQ(got.changes["name"]["to"].as_string(), "Açaí ✓");
    EXPECT_EQ(got.request_id, event.request_id);
    EXPECT_FALSE(got.id.is_nil());
    EXPECT_LT(now() - got.at, 10s);
}

TEST_F(FeedTest, begins_with_now) {
    Worker& worker = start(nullptr);
    write(worker, "before");
    const auto heard = follow(worker);

    write(worker, "after");

    until([&] { return !heard->names().empty(); });
    EXPECT_EQ(heard->names(), std::vector<std::string>{"after"});
}

TEST_F(FeedTest, quiet_events_are_not_carried) {
    Worker& worker = start(nullptr);
    const auto heard = follow(worker);

    write(worker, "imported", true);
    write(worker, "written");

    until([&] { return !heard->names().empty(); });
    EXPECT_EQ(heard->names(), std::vector<std::string>{"written"});
}

TEST_F(FeedTest, skips_nothing_and_doubles_nothing_among_writers_who_roll_back) {
    Worker& one = start(nullptr);
    Worker& other = start(nullptr);
    const auto heard = follow(one), heard_elsewhere = follow(other);

    expect_whole(one, 60, {heard, heard_elsewhere}, [] {});
}

TEST_F(FeedTest, what_an_older_transaction_holds_back_comes_soon_after_its_end) {
    Worker& worker = start(nullptr);
    const auto heard = follow(worker);
    Loop& loop = worker.loops->at(0);
    std::vector<double> delays_ms;

    for (int i = 0; i < 20; ++i) {
        db::Transaction older = open_transaction(worker);
        const db::Statement first = event_statement(event_named("older", company()), {});
        wait_for(loop, older.query(first.sql, first.params));
        write(worker, "younger");
        const std::size_t before = heard->names().size();
        const auto end = std::chrono::steady_clock::now();
        wait_for(loop, older.commit());
        until([&] { return heard->names().size() == before + 2; });
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - end;
        delays_ms.push_back(took.count());
        EXPECT_EQ(heard->names()[before], "older") << "in the order of their transactions";
    }

    std::ranges::sort(delays_ms);
    print("held back, milliseconds after the older transaction's end", delays_ms);
    EXPECT_LT(delays_ms[delays_ms.size() / 2], 50);
}

TEST_F(FeedTest, events_arrive_within_milliseconds) {
    Worker& worker = start(nullptr);
    const auto heard = follow(worker);
    std::vector<double> delays_ms;

    for (int i = 0; i < 100; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        write(worker, "n");
        until([&] { return heard->names().size() == static_cast<std::size_t>(i) + 1; });
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - begin;
        delays_ms.push_back(took.count());
    }

    std::ranges::sort(delays_ms);
    print("write to listener: median, p99 ms", {delays_ms[50], delays_ms[98]});
    EXPECT_LT(delays_ms[50], 50);
}

TEST_F(FeedTest, gives_a_client_that_comes_back_what_it_missed) {
    Worker& worker = start(nullptr);
    const auto heard = follow(worker);
    write(worker, "a");
    until([&] { return heard->names().size() == 1; });
    const Position seen = heard->events.front().position;
    write(worker, "b");
    write(worker, "c");
    until([&] { return heard->names().size() == 3; });

    const auto missed = since(worker, seen);

    ASSERT_TRUE(missed);
    ASSERT_EQ(missed->size(), 2u);
    EXPECT_EQ(missed->front().name, "b");
    EXPECT_FALSE(since(worker, seen, 1)) << "too many";
    EXPECT_FALSE(since(worker, {seen.transaction + 1'000'000, 1})) << "from another world";
}

TEST_F(FeedTest, a_node_that_just_started_knows_the_past_from_the_table) {
    Worker& writer = start(nullptr);
    const auto heard = follow(writer);
    write(writer, "a");
    write(writer, "b");
    until([&] { return heard->names().size() == 2; });
    Worker& fresh = start(nullptr);
    follow(fresh);

    const auto missed = since(fresh, heard->events.front().position);

    ASSERT_TRUE(missed);
    ASSERT_EQ(missed->size(), 1u);
    EXPECT_EQ(missed->front().name, "b");
    sql("update events set at = now() - interval '11 minutes'");
    EXPECT_FALSE(since(fresh, heard->events.front().position)) << "too long ago";
}

TEST_F(FeedTest, what_a_restored_database_brought_along_holds_nobody_up) {
    Worker& worker = start(nullptr);
    write(worker, "of another cluster");
    sql("update events set transaction = '999999999999'");
    const auto heard = follow(worker);

    write(worker, "ours");

    until([&] { return !heard->names().empty(); });
    EXPECT_EQ(heard->names(), std::vector<std::string>{"ours"});
}

}  // namespace
}  // namespace ponte
