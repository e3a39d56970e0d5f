// Nodes that are killed between taking a job and its end, with others in line behind it: the order
// holds, nothing is lost and nothing done twice. Each is a process of its own, this program once
// more, and kills itself where it is told.
#include <unistd.h>

#include <algorithm>

#include "kernel/jobs/tests/lines.hpp"
#include "kernel/testing/dying_node.hpp"

namespace ponte {
namespace {

using namespace std::chrono_literals;
using testing::die_if;

Task<> make_and_die(Ctx& ctx, const Step& step) {
    die_if("before");
    co_await leave_step(ctx, step);
    die_if("written");
    ctx.after_commit([] { die_if("committed"); });
}

void declare(App& app) {
    app.job<Step>("test.serial", make_and_die).tries(30).serial_by("line");
    app.job<Step>("test.paced", make_and_die).tries(30).paced_by("line", {{20, 100ms}, {500, 1h}});
    app.job<Step>("test.both", make_and_die)
        .tries(30)
        .serial_by("line")
        .paced_by("line", {{20, 100ms}, {500, 1h}});
}

// Not a test: the life of a node.
TEST(JobNode, DISABLED_lives_until_it_is_killed) {
    const Worker node(testing::life_of_a_node());
    declare(node.kernel->app());
    node.services().jobs().start();
    ::pause();
}

struct Node : testing::DyingNode {
    explicit Node(const std::string& dies)
        : DyingNode("JobNode.*", testing::database_of_its_own("jobs"), dies) {}
};

struct KilledJobsTest : LineWorld {
    void end_leases() {
        sql("update jobs set lease_until = '-infinity' where state = 'running'");
        hurry();
    }
};

TEST_F(KilledJobsTest, order_holds_nothing_is_lost_and_nothing_done_twice) {
    sql("insert into job_kinds (kind, serial_by, paced_by, paced_ms, paced_most) values "
        "('test.serial', 'line', null, '{}', '{}'), "
        "('test.paced', null, 'line', '{100,3600000}', '{20,500}'), "
        "('test.both', 'line', 'line', '{100,3600000}', '{20,500}')");
    const std::vector<std::string> places{"before 1",    "written 3",  "committed 2",
                                          "committed 5", "written 20", "before 9"};
    int next = 0;
    for (const std::string& place_of_death : places) {
        for (const std::string kind : {"serial", "paced", "both"}) {
            enqueue_many("test." + kind, steps(kind, next, next + 12));
        }
        next += 12;
        Node node(place_of_death);
        ASSERT_TRUE(node.dies()) << place_of_death;
        end_leases();
    }

    Node last("never 1");
    until([&] {
        hurry();
        return count("true") == 0;
    });

    EXPECT_EQ(made("serial"), in_order("serial", 0, next));
    EXPECT_EQ(made("both"), in_order("both", 0, next));
    auto paced = made("paced");
    EXPECT_EQ(paced.size(), static_cast<std::size_t>(next));
    std::ranges::sort(paced);
    EXPECT_EQ(std::ranges::adjacent_find(paced), paced.end());
}

}  // namespace
}  // namespace ponte
