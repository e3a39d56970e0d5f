#include "kernel/log.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

namespace ponte {
namespace {

using log::Level;

struct LogTest : ::testing::Test {
    ~LogTest() override {
        log::set_level(Level::info);
        log::set_text_format(false);
    }
    template <class Write>
    std::string written(Write write) {
        ::testing::internal::CaptureStdout();
        write();
        return ::testing::internal::GetCapturedStdout();
    }
};

TEST_F(LogTest, a_line_is_one_json_object) {
    const std::string line = written(
        [] { log::info("served", {{"path", "/a\n\"b\""}, {"status", 200}, {"tenant", nullptr}}); });

    ASSERT_EQ(std::ranges::count(line, '\n'), 1);
    const Json json = Json::parse(line.substr(0, line.size() - 1));
    EXPECT_EQ(json["level"].as_string(), "info");
    EXPECT_EQ(json["message"].as_string(), "served");
    EXPECT_EQ(json["path"].as_string(), "/a\n\"b\"");
    EXPECT_EQ(json["status"].as_integer(), 200);
    EXPECT_EQ(json["time"].as_string().size(), std::string("2026-11-24T12:00:00.000Z").size());
}

TEST_F(LogTest, what_is_below_the_level_is_not_written) {
    log::set_level(Level::warning);

    const std::string text = written([] {
        log::debug("a");
        log::info("b");
        log::warning("c");
        log::error("d");
    });

    EXPECT_EQ(std::ranges::count(text, '\n'), 2);
    EXPECT_NE(text.find("\"warning\""), std::string::npos);
    EXPECT_NE(text.find("\"error\""), std::string::npos);
}

TEST_F(LogTest, levels_are_read_from_their_names) {
    EXPECT_EQ(log::parse_level("debug"), Level::debug);
    EXPECT_EQ(log::parse_level("warning"), Level::warning);
    EXPECT_EQ(log::parse_level("warn"), Level::warning);
    EXPECT_EQ(log::parse_level("error"), Level::error);
    EXPECT_EQ(log::parse_level("nonsense"), Level::info);
    EXPECT_EQ(log::parse_level(""), Level::info);
}

TEST_F(LogTest, what_comes_from_outside_fakes_no_line_at_a_terminal) {
    log::set_text_format(true);

    const std::string text =
        written([] { log::info("served", {{"path", "/a\n12:00:00.000 error faked\x1b[2J"}}); });

    EXPECT_EQ(std::ranges::count(text, '\n'), 1);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST_F(LogTest, lines_of_several_threads_do_not_mix) {
    constexpr int threads = 4, lines = 500;

    const std::string text = written([] {
        std::vector<std::thread> all;
        for (int i = 0; i < threads; ++i) {
            all.emplace_back([i] {
                for (int n = 0; n < lines; ++n) {
                    log::info(std::string(200, static_cast<char>('a' + i)));
                }
            });
        }
        for (auto& thread : all) {
            thread.join();
        }
    });

    int seen = 0;
    for (std::size_t start = 0; start < text.size(); ++seen) {
        const std::size_t end = text.find('\n', start);
        EXPECT_NO_THROW(Json::parse(text.substr(start, end - start)));
        start = end + 1;
    }
    EXPECT_EQ(seen, threads * lines);
}

}  // namespace
}  // namespace ponte
