// Nodes that are killed between any two events: before a handler wrote, after it wrote, after the
// commit. Each is a process of its own, this program once more, and kills itself where it is told.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

#include "kernel/listeners/tests/world.hpp"

namespace ponte::listeners {
namespace {

constexpr const char* database_name = "PONTE_TEST_NODE_DATABASE";
constexpr const char* place_name = "PONTE_TEST_NODE_DIES";  // "written 3": at the third event

std::atomic<int> left;
std::string place;

void die_if(std::string_view here) {
    if (here == place && --left == 0) {
        ::kill(::getpid(), SIGKILL);
    }
}

Task<> hear_and_die(Ctx& ctx, const Event& event) {
    die_if("before");
    co_await leave_word(ctx, event);
    co_await ctx.tx.query("select 1");
    die_if("written");
    ctx.after_commit([] { die_if("committed"); });
}

// Not a test: the life of a node.
TEST(ListenerNode, DISABLED_lives_until_it_is_killed) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const char* const database = std::getenv(database_name);
    ASSERT_NE(database, nullptr);
    const std::string told = std::getenv(place_name);
    place = told.substr(0, told.find(' '));
    left = std::stoi(told.substr(told.find(' ') + 1));
    const Worker node(database);
    node.app->on("contact.*", "test.hear", hear_and_die);
    node.app->feed().start();
    node.app->listeners().start();
    ::pause();
}

struct Node {
    pid_t pid = 0;

    explicit Node(const std::string& dies) {
        ::setenv(database_name, testing::database_of_its_own("jobs").c_str(), 1);
        ::setenv(place_name, dies.c_str(), 1);
        posix_spawn_file_actions_t quiet;
        ::posix_spawn_file_actions_init(&quiet);
        ::posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        std::string program = "/proc/self/exe", also = "--gtest_also_run_disabled_tests",
                    filter = "--gtest_filter=ListenerNode.*";
        char* arguments[] = {program.data(), also.data(), filter.data(), nullptr};
        EXPECT_EQ(::posix_spawn(&pid, program.c_str(), &quiet, nullptr, arguments, environ), 0);
        ::posix_spawn_file_actions_destroy(&quiet);
    }
    // Whether it died of what it was told to.
    bool dies() {
        int status = 0;
        ::waitpid(std::exchange(pid, 0), &status, 0);
        return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    }
    ~Node() {
        if (pid > 0) {
            ::kill(pid, SIGKILL);
            dies();
        }
    }
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
