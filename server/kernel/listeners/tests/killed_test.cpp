// Nodes that are killed between any two events: before a handler wrote, after it wrote, after the
// commit. Each is a process of its own, this program once more, and kills itself where it is told.
#include <unistd.h>

#include "kernel/listeners/tests/world.hpp"
#include "kernel/testing/dying_node.hpp"

namespace ponte::listeners {
namespace {

using testing::die_if;

Task<> hear_and_die(Ctx& ctx, const Event& event) {
    die_if("before");
    co_await leave_word(ctx, event);
    co_await ctx.tx.query("select 1");
    die_if("written");
    ctx.after_commit([] { die_if("committed"); });
}

// Not a test: the life of a node.
TEST(ListenerNode, DISABLED_lives_until_it_is_killed) {
    const Worker node(testing::life_of_a_node());
    node.kernel->app().on("contact.*", "test.hear", hear_and_die);
    node.services().feed().start();
    node.services().listeners().start();
    ::pause();
}

struct Node : testing::DyingNode {
    explicit Node(const std::string& dies)
        : DyingNode("ListenerNode.*", testing::database_of_its_own("jobs"), dies) {}
};

struct KilledListenersTest : ListenerWorld {
    // A dead node's lease must end before another takes over: here at once.
    void end_leases() { sql("update listener_leases set lease_until = '-infinity'"); }
};

TEST_F(KilledListenersTest, nothing_is_lost_and_nothing_comes_twice) {
    const std::vector<std::string> places{"before 1",    "written 1", "committed 1", "written 2",
                                          "committed 1", "before 3",  "written 4",   "committed 2"};
    {
        Node first("never 1");
        wait_for_lease("test.hear");
    }
    int next = 0;
    for (const std::string& place_of_death : places) {
        for (int i = 0; i < 2; ++i, ++next) {
            write(company(), next);
            write(other_company(), next);
        }
        end_leases();
        Node node(place_of_death);
        ASSERT_TRUE(node.dies()) << place_of_death;
    }

    end_leases();
    Node last("never 1");
    wait_for_heard(company(), static_cast<std::size_t>(next));
    wait_for_heard(other_company(), static_cast<std::size_t>(next));

    write(company(), next);
    wait_for_heard(company(), static_cast<std::size_t>(next) + 1);
    EXPECT_EQ(heard(company()), numbers_until(next + 1));
    EXPECT_EQ(heard(other_company()), numbers_until(next));
}

TEST_F(KilledListenersTest, another_node_takes_over_from_one_that_died) {
    Node first("committed 2");
    wait_for_lease("test.hear");
    const std::string token = text("select lease_token from listener_leases");
    Node second("never 1");
    write(company(), 0);
    wait_for_heard(company(), 1);

    write(company(), 1);
    ASSERT_TRUE(first.dies());
    write(company(), 2);

    wait_for_heard(company(), 3);
    EXPECT_EQ(heard(company()), numbers_until(3));
    EXPECT_NE(text("select lease_token from listener_leases"), token);
}

}  // namespace
}  // namespace ponte::listeners
