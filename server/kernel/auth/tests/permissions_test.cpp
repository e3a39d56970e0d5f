#include <gtest/gtest.h>

#include "kernel/auth.hpp"

namespace ponte {
namespace {

Permissions of(std::string_view json) { return Permissions::from_json(Json::parse(json)); }

TEST(Permissions, what_was_not_granted_is_refused) {
    const Permissions none;
    const Permissions agent =
        of(R"({"contacts": {"read": "all", "update": "own", "delete": "none"}})");

    EXPECT_EQ(none.reach("contacts", "read"), Reach::none);
    EXPECT_EQ(agent.reach("contacts", "read"), Reach::all);
    EXPECT_EQ(agent.reach("contacts", "update"), Reach::own);
    EXPECT_TRUE(agent.allows("contacts.update"));
    EXPECT_FALSE(agent.allows("contacts.delete"));
    EXPECT_FALSE(agent.allows("contacts.create"));
    EXPECT_FALSE(agent.allows("contacts"));
}

TEST(Permissions, an_unknown_reach_grants_nothing) {
    const Permissions odd =
        of(R"({"contacts": {"read": "everything", "update": 1, "create": "ALL"}})");

    EXPECT_FALSE(odd.allows("contacts.read"));
    EXPECT_FALSE(odd.allows("contacts.update"));
    EXPECT_FALSE(odd.allows("contacts.create"));
}

TEST(Permissions, travel_through_json_unchanged) {
    const Json json =
        Json::parse(R"({"contacts":{"delete":"none","read":"team"},"tags":{"read":"all"}})");

    EXPECT_EQ(Permissions::from_json(json).to_json(), json);
}

TEST(Permissions, a_copy_does_not_change_with_the_original) {
    Permissions role = of(R"({"tags": {"read": "all"}})");
    const Permissions before = role;

    role.grant("tags", "delete", Reach::all);

    EXPECT_TRUE(role.allows("tags.delete"));
    EXPECT_FALSE(before.allows("tags.delete"));
}

TEST(Permissions, cover_others_only_with_the_same_or_a_wider_reach) {
    const Permissions all = of(R"({"contacts": {"read": "all", "update": "all"}})");
    const Permissions own = of(R"({"contacts": {"read": "all", "update": "own"}})");
    const Permissions other = of(R"({"tags": {"read": "own"}})");
    const Permissions nothing = of(R"({"tags": {"read": "none"}})");

    EXPECT_TRUE(all.covers(own));
    EXPECT_TRUE(all.covers(all));
    EXPECT_FALSE(own.covers(all));
    EXPECT_FALSE(all.covers(other));
    EXPECT_TRUE(all.covers(nothing));
    EXPECT_TRUE(nothing.covers(Permissions{}));
}

TEST(Permissions, the_digest_tells_two_sets_apart) {
    const Permissions one = of(R"({"contacts": {"read": "all"}})");
    const Permissions same = of(R"({"contacts": {"read": "all"}})");
    const Permissions narrower = of(R"({"contacts": {"read": "own"}})");
    const Permissions wider = of(R"({"contacts": {"read": "all"}, "tags": {"read": "all"}})");

    EXPECT_EQ(one.digest(), same.digest());
    EXPECT_NE(one.digest(), narrower.digest());
    EXPECT_NE(one.digest(), wider.digest());
}

TEST(Permissions, every_reach_has_a_name_that_reads_back) {
    for (const Reach reach : {Reach::none, Reach::own, Reach::team, Reach::all}) {
        EXPECT_EQ(parse_reach(reach_name(reach)), reach);
    }
    EXPECT_EQ(parse_reach("Own"), std::nullopt);
}

}  // namespace
}  // namespace ponte
