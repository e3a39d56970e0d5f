#include "kernel/realtime/audience.hpp"

#include <gtest/gtest.h>

#include "kernel/realtime/heartbeat.hpp"
#include "kernel/realtime/presence.hpp"
#include "kernel/realtime/ticket.hpp"

namespace ponte::realtime {
namespace {

using namespace std::chrono_literals;

struct AudienceTest : ::testing::Test {
    const Id me = Id::make(), mate = Id::make(), stranger = Id::make();
    const Id my_team = Id::make(), other_team = Id::make();
    const TeamOf team_of{{me, my_team}, {mate, my_team}, {stranger, other_team}};
    Principal who;

    AudienceTest() {
        who.user = me;
        who.team = my_team;
    }
    bool sees(Reach reach, std::optional<Id> owner, std::optional<Id> author = {}) {
        return may_see(who, reach, {owner, author}, &team_of);
    }
    Sight sight(Reaches reaches, const Subject& subject) {
        return sight_of(who, reaches, subject, &team_of);
    }
};

TEST_F(AudienceTest, all_sees_everything_and_none_nothing) {
    EXPECT_TRUE(sees(Reach::all, stranger));
    EXPECT_TRUE(sees(Reach::all, {}));
    EXPECT_FALSE(sees(Reach::none, me, me));
}

TEST_F(AudienceTest, own_sees_what_is_mine_or_made_by_me) {
    EXPECT_TRUE(sees(Reach::own, me));
    EXPECT_TRUE(sees(Reach::own, stranger, me));
    EXPECT_FALSE(sees(Reach::own, mate));
    EXPECT_FALSE(sees(Reach::own, {}));
}

TEST_F(AudienceTest, team_sees_what_belongs_to_the_team) {
    EXPECT_TRUE(sees(Reach::team, mate));
    EXPECT_TRUE(sees(Reach::team, me));
    EXPECT_FALSE(sees(Reach::team, stranger));
    EXPECT_FALSE(sees(Reach::team, {}));
}

TEST_F(AudienceTest, who_loses_a_record_is_told_that_alone) {
    Subject subject{"contacts", {stranger, stranger}, Holders{me, stranger}, {}, {}, {}};

    EXPECT_EQ(sight({Reach::own}, subject), Sight::loss);
    EXPECT_EQ(sight({Reach::all}, subject), Sight::event);
    subject.former = Holders{mate, stranger};
    EXPECT_EQ(sight({Reach::team}, subject), Sight::loss);
    EXPECT_EQ(sight({Reach::own}, subject), Sight::nothing);
    subject.holders.author = me;
    EXPECT_EQ(sight({Reach::own}, subject), Sight::event);
}

TEST_F(AudienceTest, a_part_is_seen_where_its_whole_is) {
    Subject note{"notes", {stranger, stranger}, {}, "contacts", me, stranger};

    EXPECT_EQ(sight({Reach::all, Reach::own}, note), Sight::event);
    note.whole_owner = stranger;
    EXPECT_EQ(sight({Reach::all, Reach::own}, note), Sight::nothing);
    EXPECT_EQ(sight({Reach::all, Reach::none}, note), Sight::nothing);
    EXPECT_EQ(sight({Reach::own, Reach::all}, note), Sight::nothing);
}

TEST_F(AudienceTest, who_wrote_a_part_hears_of_it_though_the_whole_is_anothers) {
    Subject note{"notes", {me, me}, {}, "contacts", stranger, me};

    EXPECT_EQ(sight({Reach::own, Reach::own}, note), Sight::event);
    EXPECT_EQ(sight({Reach::own, Reach::none}, note), Sight::nothing);
    note.holders = {stranger, stranger};
    EXPECT_EQ(sight({Reach::own, Reach::own}, note), Sight::nothing);
    note.actor = stranger;
    EXPECT_EQ(sight({Reach::all, Reach::own}, note), Sight::nothing);
}

TEST_F(AudienceTest, team_without_a_team_means_own) {
    who.team.reset();

    EXPECT_TRUE(sees(Reach::team, me));
    EXPECT_FALSE(sees(Reach::team, mate));
}

TEST(Heartbeat, asks_after_the_interval_and_gives_up_after_the_timeout) {
    const auto start = Clock::now();
    Heartbeat heartbeat(start);

    EXPECT_EQ(heartbeat.due(start + 24s), Heartbeat::Due::nothing);
    EXPECT_EQ(heartbeat.due(start + 25s), Heartbeat::Due::ping);
    EXPECT_EQ(heartbeat.due(start + 44s), Heartbeat::Due::nothing);
    EXPECT_EQ(heartbeat.due(start + 45s), Heartbeat::Due::death);
}

TEST(Heartbeat, counts_from_the_last_pong) {
    const auto start = Clock::now();
    Heartbeat heartbeat(start);
    ASSERT_EQ(heartbeat.due(start + 25s), Heartbeat::Due::ping);

    heartbeat.pong(start + 30s);

    EXPECT_EQ(heartbeat.due(start + 54s), Heartbeat::Due::nothing);
    EXPECT_EQ(heartbeat.due(start + 55s), Heartbeat::Due::ping);
}

TEST(Presence, a_person_with_two_windows_counts_once) {
    Presence presence;
    const Record record{Id::make(), "contact", Id::make()};
    const Id ana = Id::make(), rui = Id::make();

    EXPECT_TRUE(presence.enter(record, ana, "Ana"));
    EXPECT_FALSE(presence.enter(record, ana, "Ana"));
    EXPECT_TRUE(presence.enter(record, rui, "Rui"));
    EXPECT_EQ(presence.users(record).items().size(), 2u);
    EXPECT_FALSE(presence.leave(record, ana));
    EXPECT_TRUE(presence.leave(record, ana));
    EXPECT_FALSE(presence.leave(record, ana));
    EXPECT_EQ(presence.users(record).items().front()["name"].as_string(), "Rui");
}

TEST(Ticket, opens_only_with_the_key_that_sealed_it) {
    const std::string key = auth::random_token(32).substr(0, 32);
    const std::string other = auth::random_token(32).substr(0, 32);
    const Ticket ticket{Id::make(), Id::make(), "S1", {812, 4711}};

    const std::string pid = seal_ticket(ticket, key);

    const auto opened = open_ticket(pid, key);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->user, ticket.user);
    EXPECT_EQ(opened->position, ticket.position);
    EXPECT_FALSE(open_ticket(pid, other));
    EXPECT_FALSE(open_ticket("anything", key));
}

}  // namespace
}  // namespace ponte::realtime
