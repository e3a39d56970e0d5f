// When a database that ended is started again, and what its log says about it.
#include "kernel/db/revival.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <vector>

#include "kernel/db/postgres_log.hpp"
#include "kernel/testing/temporary_directory.hpp"

namespace ponte::db {
namespace {

using std::chrono::seconds;

struct RevivalTest : ::testing::Test {
    Revival revival;
    Revival::Clock::time_point now = Revival::Clock::now();

    std::vector<long> pauses(int count) {
        std::vector<long> all;
        for (int i = 0; i < count; ++i) {
            all.push_back(revival.pause(now).count());
        }
        return all;
    }
};

TEST_F(RevivalTest, it_is_at_once_then_later_and_later_up_to_a_minute) {
    EXPECT_EQ(pauses(5), (std::vector<long>{0, 500, 1'000, 2'000, 4'000}));

    EXPECT_EQ(pauses(5), (std::vector<long>{8'000, 16'000, 32'000, 60'000, 60'000}));
}

TEST_F(RevivalTest, one_that_stood_is_revived_at_once) {
    pauses(6);
    revival.started(now);
    now += seconds{2};

    EXPECT_EQ(pauses(2), (std::vector<long>{0, 500}));
}

TEST_F(RevivalTest, one_that_starts_and_ends_is_left_alone_for_longer) {
    std::vector<long> all;
    for (int i = 0; i < 4; ++i) {
        revival.started(now);
        all.push_back(revival.pause(now + Milliseconds{900}).count());
    }

    EXPECT_EQ(all, (std::vector<long>{0, 500, 1'000, 2'000}));
}

TEST(PostgresLogTest, only_what_was_said_since_the_last_start_counts) {
    const testing::TemporaryDirectory directory;
    const std::string path = directory.path() + "/pg.log";
    const std::string before = "FATAL:  of yesterday\n";
    std::ofstream(path) << before << "2026-11-27 UTC [1] LOG:  starting\n";

    EXPECT_EQ(last_complaint(end_of_log(path, static_cast<std::int64_t>(before.size()))), "");
    EXPECT_EQ(last_complaint(end_of_log(path, 0)), "of yesterday");
}

TEST(PostgresLogTest, what_ended_it_is_told_in_plain_words) {
    const std::string full =
        "PANIC:  could not write to file: No space left on device\n"
        "FATAL:  the database system is in recovery mode\n";

    EXPECT_EQ(in_plain_words(last_complaint(full), false),
              "the disk is full: make room, and it goes on by itself");
    EXPECT_EQ(in_plain_words("", true), "the disk is full: make room, and it goes on by itself");
    EXPECT_EQ(in_plain_words("", false), "it was killed, or said nothing");
    EXPECT_EQ(in_plain_words(last_complaint("FATAL:  could not open file \"x\"\n"), false),
              "could not open file \"x\"");
}

}  // namespace
}  // namespace ponte::db
