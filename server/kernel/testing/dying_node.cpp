#include "kernel/testing/dying_node.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace ponte::testing {
namespace {

constexpr const char* database_name = "PONTE_TEST_NODE_DATABASE";
constexpr const char* place_name = "PONTE_TEST_NODE_DIES";

std::atomic<int> left;
std::string place;

}  // namespace

DyingNode::DyingNode(const std::string& test, const std::string& conninfo,
                     const std::string& dies) {
    ::setenv(database_name, conninfo.c_str(), 1);
    ::setenv(place_name, dies.c_str(), 1);
    posix_spawn_file_actions_t quiet;
    ::posix_spawn_file_actions_init(&quiet);
    ::posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    std::string program = "/proc/self/exe", also = "--gtest_also_run_disabled_tests",
                filter = "--gtest_filter=" + test;
    char* arguments[] = {program.data(), also.data(), filter.data(), nullptr};
    EXPECT_EQ(::posix_spawn(&pid_, program.c_str(), &quiet, nullptr, arguments, environ), 0);
    ::posix_spawn_file_actions_destroy(&quiet);
}

DyingNode::~DyingNode() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        dies();
    }
}

bool DyingNode::dies() {
    int status = 0;
    ::waitpid(std::exchange(pid_, 0), &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

std::string life_of_a_node() {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const char* const database = std::getenv(database_name);
    const char* const dies = std::getenv(place_name);
    if (!database || !dies) {
        throw std::runtime_error("a node is started by a test");
    }
    const std::string told = dies;
    place = told.substr(0, told.find(' '));
    left = std::stoi(told.substr(told.find(' ') + 1));
    return database;
}

void die_if(std::string_view here) {
    if (here == place && --left == 0) {
        ::kill(::getpid(), SIGKILL);
    }
}

}  // namespace ponte::testing
