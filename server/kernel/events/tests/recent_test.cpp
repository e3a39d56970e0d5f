#include "kernel/events/recent.hpp"

#include <gtest/gtest.h>

namespace ponte::events {
namespace {

Event event_at(std::uint64_t transaction, std::uint64_t sequence, const Id& tenant, Time at) {
    Event event;
    event.position = {transaction, sequence};
    event.tenant = tenant;
    event.at = at;
    return event;
}

struct RecentTest : ::testing::Test {
    const Time start = now();
    const Id ours = Id::make(), theirs = Id::make();
    Recent recent;

    RecentTest() {
        recent.begin({10, 0});
        recent.add({event_at(10, 1, ours, start), event_at(11, 3, theirs, start),
                    event_at(12, 2, ours, start)});
    }
};

TEST_F(RecentTest, gives_what_came_after_of_this_company_alone) {
    const auto missed = recent.since(ours, {10, 1}, 100, start);

    ASSERT_TRUE(missed.is_covered);
    ASSERT_EQ(missed.events.size(), 1u);
    EXPECT_EQ(missed.events.front().position, (Position{12, 2}));
}

TEST_F(RecentTest, does_not_cover_what_was_before_it_began_or_never_was) {
    EXPECT_FALSE(recent.since(ours, {9, 5}, 100, start).is_covered);
    EXPECT_FALSE(recent.since(ours, {13, 1}, 100, start).is_covered);
    EXPECT_TRUE(recent.since(ours, {12, 2}, 100, start).is_covered);
}

TEST_F(RecentTest, says_when_it_is_too_much_or_too_long_ago) {
    const Time later = start + std::chrono::minutes{11};

    EXPECT_TRUE(recent.since(ours, {10, 0}, 1, start).is_too_much);
    EXPECT_FALSE(recent.since(ours, {10, 0}, 2, start).is_too_much);
    EXPECT_TRUE(recent.since(ours, {10, 0}, 100, later).is_too_much);
    EXPECT_FALSE(recent.since(ours, {12, 2}, 100, later).is_too_much);
}

TEST_F(RecentTest, forgets_the_oldest_when_it_is_full) {
    std::vector<Event> many;
    for (std::size_t i = 0; i < most_missed; ++i) {
        many.push_back(event_at(20 + i, 1, theirs, start));
    }

    recent.add(many);

    EXPECT_FALSE(recent.since(ours, {10, 1}, 100, start).is_covered);
    EXPECT_TRUE(recent.since(ours, {12, 2}, 100, start).is_covered);
    EXPECT_EQ(recent.newest(), (Position{20 + most_missed - 1, 1}));
}

TEST_F(RecentTest, forgets_the_oldest_when_they_are_too_large_to_be_kept) {
    constexpr std::size_t megabyte = 1 << 20;
    std::vector<Event> large;
    for (std::uint64_t i = 0; i < 30; ++i) {
        large.push_back(event_at(20 + i, 1, theirs, start));
        large.back().changes = Json::object({{"name", std::string(megabyte, 'a')}});
    }

    recent.add(large);

    EXPECT_LE(recent.bytes(), static_cast<std::size_t>(most_recent_bytes));
    EXPECT_FALSE(recent.since(theirs, {12, 2}, 100, start).is_covered);
    EXPECT_EQ(recent.since(theirs, {40, 1}, 100, start).events.size(), 9u);

    std::vector<Event> small;
    for (std::size_t i = 0; i < most_missed; ++i) {
        small.push_back(event_at(100 + i, 1, ours, start));
    }
    recent.add(small);
    EXPECT_LT(recent.bytes(), 4 * megabyte) << "and what is forgotten is counted no more";
}

TEST(Position, is_read_as_written_and_nothing_else) {
    const Position position{812, 4711};

    EXPECT_EQ(position.text(), "812.4711");
    EXPECT_EQ(Position::parse("812.4711"), position);
    for (const char* wrong : {"", ".", "812", "812.", ".4711", "812.4711 ", "-1.2", "1.2.3", "a.b",
                              "99999999999999999999.1"}) {
        EXPECT_FALSE(Position::parse(wrong)) << wrong;
    }
}

TEST(Position, transaction_counts_before_sequence) {
    EXPECT_LT((Position{1, 9}), (Position{2, 1}));
    EXPECT_LT((Position{2, 1}), (Position{2, 2}));
}

}  // namespace
}  // namespace ponte::events
