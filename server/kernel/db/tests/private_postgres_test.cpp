// The database that comes with the program, against everything that may happen to it.
#include "kernel/db/private_postgres.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "kernel/db/child_process.hpp"
#include "kernel/db/owner_connection.hpp"
#include "kernel/testing/temporary_directory.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::db {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using Clock = std::chrono::steady_clock;

constexpr const char* part_variable = "PONTE_TEST_PART";
constexpr const char* directory_variable = "PONTE_TEST_DIRECTORY";

struct PrivatePostgresTest : ::testing::Test {
    ponte::testing::TemporaryDirectory directory;
    std::string data_dir = directory.path() + "/data";
    std::atomic<int> deaths = 0;

    PrivatePostgres::Options options(const std::string& path) {
        PrivatePostgres::Options chosen;
        chosen.data_dir = path;
        chosen.on_death = [this] { ++deaths; };
        return chosen;
    }
    std::unique_ptr<PrivatePostgres> postgres() {
        return std::make_unique<PrivatePostgres>(options(data_dir));
    }
    std::string refusal(const std::string& path) {
        try {
            PrivatePostgres started(options(path));
            started.start();
        } catch (const std::exception& problem) {
            return problem.what();
        }
        return "it started";
    }
    pid_t postmaster() const {
        std::ifstream file(data_dir + "/pg/postmaster.pid");
        pid_t pid = 0;
        file >> pid;
        return pid;
    }
    // This program once more, for one part below.
    pid_t play(const std::string& part) const {
        Command command;
        command.words = {fs::read_symlink("/proc/self/exe").string(),
                         // No report: it could not be written by whom the program becomes.
                         "--gtest_filter=PrivatePostgresPart.*", "--gtest_output="};
        command.settings = {std::string(part_variable) + "=" + part,
                            std::string(directory_variable) + "=" + data_dir};
        return db::start(command);
    }
};

struct Stopwatch {
    Clock::time_point begin = Clock::now();

    void tell(const char* what) const {
        const std::chrono::duration<double, std::milli> took = Clock::now() - begin;
        std::printf("[ measured ] %s: %.0f ms\n", what, took.count());
    }
};

TEST_F(PrivatePostgresTest, keeps_what_was_written) {
    const auto database = postgres();
    const Stopwatch cold;
    const std::string conninfo = database->start();
    cold.tell("start on a new data directory");
    OwnerConnection(conninfo).run("create table kept as select 7 as number");
    database->stop();

    const Stopwatch warm;
    const std::string again = database->start();
    warm.tell("start on one that was stopped");

    EXPECT_EQ(again, conninfo);
    EXPECT_EQ(OwnerConnection(again).value("select number from kept"), "7");
    EXPECT_EQ(deaths, 0);
}

TEST_F(PrivatePostgresTest, is_safe_and_reachable_only_through_its_socket) {
    const auto database = postgres();

    OwnerConnection owner(database->start());

    EXPECT_EQ(owner.value("show fsync"), "on");
    EXPECT_EQ(owner.value("show synchronous_commit"), "on");
    EXPECT_EQ(owner.value("show full_page_writes"), "on");
    EXPECT_EQ(owner.value("show listen_addresses"), "");
    EXPECT_EQ(owner.value("show jit"), "off");
    EXPECT_EQ(owner.value("show server_encoding"), "UTF8");
    struct stat facts{};
    ASSERT_EQ(::stat((data_dir + "/run").c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0700u);
    ASSERT_EQ(::stat((data_dir + "/pg").c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0700u);
    ASSERT_EQ(::stat(data_dir.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0711u);
}

TEST_F(PrivatePostgresTest, writes_through_no_link_that_its_user_may_have_made) {
    const std::string precious = directory.path() + "/precious";
    std::ofstream(precious) << "of somebody else";
    struct stat before{}, after{};
    ASSERT_EQ(::stat(precious.c_str(), &before), 0);
    fs::create_directory(data_dir);
    fs::permissions(data_dir, fs::perms{0711});

    for (const bool is_symbolic : {true, false}) {
        for (const char* name : {"/lock", "/pg.log"}) {
            SCOPED_TRACE(name);
            fs::remove(data_dir + name);
            is_symbolic ? fs::create_symlink(precious, data_dir + name)
                        : fs::create_hard_link(precious, data_dir + name);
            EXPECT_THAT(refusal(data_dir), HasSubstr(std::string(name) + " is a link to another"));
            fs::remove(data_dir + name);
        }
    }

    ASSERT_EQ(::stat(precious.c_str(), &after), 0);
    EXPECT_EQ(after.st_uid, before.st_uid);
    EXPECT_EQ(after.st_size, before.st_size);
    EXPECT_EQ(after.st_mtime, before.st_mtime);
}

TEST_F(PrivatePostgresTest, is_told_none_of_our_keys) {
    const char* const ours[] = {"JWT_SECRET_KEY", "ENCRYPT_TOKEN_KEY"};
    for (const char* const name : ours) {
        ::setenv(name, "a key given by the operator", 1);
    }
    const auto database = postgres();
    database->start();
    std::ranges::for_each(ours, ::unsetenv);

    std::ifstream file("/proc/" + std::to_string(postmaster()) + "/environ");
    std::string told;
    std::getline(file, told, '\n');

    EXPECT_THAT(told, HasSubstr("PATH="));
    for (const char* const name : ours) {
        EXPECT_THAT(told, Not(HasSubstr(name)));
    }
}

TEST_F(PrivatePostgresTest, refuses_a_directory_that_somebody_else_uses) {
    const auto database = postgres();

    const std::string refused = refusal(data_dir);

    EXPECT_THAT(refused, HasSubstr("another ponte uses the data directory"));
    EXPECT_THAT(refused, HasSubstr(std::to_string(::getpid())));
}

TEST_F(PrivatePostgresTest, tells_when_it_ends_by_itself_and_starts_again) {
    const auto database = postgres();
    const std::string conninfo = database->start();
    OwnerConnection(conninfo).run("create table kept as select 7 as number");

    ::kill(postmaster(), SIGKILL);

    ponte::testing::until([&] { return deaths == 1; });
    const Stopwatch recovery;
    database->start();
    recovery.tell("start after the server was killed");
    EXPECT_EQ(OwnerConnection(conninfo).value("select number from kept"), "7");
}

TEST_F(PrivatePostgresTest, goes_on_after_the_program_was_killed) {
    const pid_t program = play("hold");
    ponte::testing::until([&] { return fs::exists(data_dir + "/is_held"); });

    ::kill(program, SIGKILL);
    wait_for_exit(program);
    const Stopwatch recovery;
    const auto database = postgres();
    OwnerConnection owner(database->start());

    recovery.tell("start after the program was killed");
    EXPECT_EQ(owner.value("select count(*) from kept"), "1");
}

TEST_F(PrivatePostgresTest, survives_being_killed_again_and_again) {
    const auto database = postgres();
    const std::string conninfo = database->start();
    OwnerConnection(conninfo).run("create table kept (number int)");

    for (int i = 1; i <= 5; ++i) {
        OwnerConnection(conninfo).run("insert into kept values (1)");
        ::kill(postmaster(), i % 2 == 0 ? SIGKILL : SIGQUIT);
        ponte::testing::until([&] { return deaths == i; });
        database->start();
    }

    EXPECT_EQ(OwnerConnection(conninfo).value("select count(*) from kept"), "5");
}

TEST_F(PrivatePostgresTest, a_creation_that_was_cut_off_is_done_again) {
    fs::create_directories(data_dir + "/pg/base");
    std::ofstream(data_dir + "/pg/PG_VERSION") << "15\n";
    fs::permissions(data_dir, fs::perms{0711});
    const auto database = postgres();

    EXPECT_EQ(OwnerConnection(database->start()).value("select 1"), "1");
}

TEST_F(PrivatePostgresTest, refuses_data_of_a_version_that_is_not_there) {
    postgres()->start();
    std::ofstream(data_dir + "/pg/PG_VERSION") << "9\n";

    const std::string refused = refusal(data_dir);

    EXPECT_THAT(refused, HasSubstr("written by PostgreSQL 9"));
    EXPECT_THAT(refused, HasSubstr("install postgresql-9"));
}

TEST_F(PrivatePostgresTest, a_path_too_long_for_a_socket_gets_a_short_one) {
    data_dir = directory.path();
    for (int i = 0; i < 4; ++i) {
        data_dir += "/" + std::string(30, static_cast<char>('a' + i));
    }
    std::string sockets;
    {
        const auto database = postgres();
        const std::string conninfo = database->start();
        EXPECT_THAT(conninfo, HasSubstr("/tmp/ponte-"));
        EXPECT_EQ(OwnerConnection(conninfo).value("select 1"), "1");
        sockets = conninfo.substr(conninfo.find("/tmp/ponte-"));
        sockets.resize(sockets.find('\''));
    }
    fs::remove_all(sockets);
}

TEST_F(PrivatePostgresTest, says_when_its_user_cannot_reach_the_directory) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root has another user for the database";
    }
    const std::string closed = directory.path() + "/closed";
    fs::create_directory(closed);
    fs::permissions(closed, fs::perms::owner_all);

    const std::string refused = refusal(closed + "/data");

    EXPECT_THAT(refused, HasSubstr("may not enter " + closed));
    EXPECT_THAT(refused, HasSubstr("--data"));
}

TEST_F(PrivatePostgresTest, the_program_gives_up_being_root) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "we are not root";
    }
    EXPECT_EQ(wait_for_exit(play("drop")), 0) << "see above";
}

// What the program does that other tests kill, or that loses rights for good.
struct PrivatePostgresPart : PrivatePostgresTest {
    std::string part;

    void SetUp() override {
        if (!std::getenv(part_variable)) {
            GTEST_SKIP() << "played by other tests";
        }
        part = std::getenv(part_variable);
        data_dir = std::getenv(directory_variable);
    }
};

TEST_F(PrivatePostgresPart, is_played_in_a_program_of_its_own) {
    const auto database = postgres();
    const std::string conninfo = database->start();
    if (part == "hold") {
        OwnerConnection(conninfo).run("create table kept as select 7 as number");
        std::ofstream(data_dir + "/is_held") << "yes";
        for (;;) {
            ::pause();
        }
    }
    fs::create_directory(data_dir + "/secrets");
    fs::permissions(data_dir + "/secrets", fs::perms::owner_all);
    std::ofstream(data_dir + "/secrets/key") << "secret";

    ASSERT_TRUE(drop_root(data_dir));

    EXPECT_NE(::geteuid(), 0u);
    EXPECT_NE(::setuid(0), 0);
    EXPECT_TRUE(std::ifstream(data_dir + "/secrets/key").good());
    EXPECT_TRUE(std::ofstream(data_dir + "/new").good());
    EXPECT_EQ(OwnerConnection(conninfo).value("select 1"), "1");
    ::kill(postmaster(), SIGKILL);
    ponte::testing::until([&] { return deaths == 1; });
    database->start();
    EXPECT_EQ(OwnerConnection(conninfo).value("select 1"), "1");
}

}  // namespace
}  // namespace ponte::db
