#include "kernel/id.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

namespace ponte {
namespace {

std::vector<Id> made(std::size_t count) {
    std::vector<Id> ids(count);
    std::ranges::generate(ids, Id::make);
    return ids;
}

TEST(IdTest, is_a_uuid_of_version_7) {
    const std::string text = Id::make().text();

    ASSERT_EQ(text.size(), 36u);
    EXPECT_EQ(text[14], '7');
    EXPECT_NE(std::string_view("89ab").find(text[19]), std::string_view::npos);
}

TEST(IdTest, begins_with_the_time) {
    const std::int64_t before =
        std::chrono::system_clock::now().time_since_epoch() / std::chrono::milliseconds(1);

    const Id id = Id::make();

    std::int64_t milliseconds = 0;
    for (std::size_t i = 0; i < 6; ++i) {
        milliseconds = milliseconds << 8 | id.bytes[i];
    }
    EXPECT_GE(milliseconds, before);
    EXPECT_LT(milliseconds, before + 60'000);
}

TEST(IdTest, later_ones_are_greater) { EXPECT_TRUE(std::ranges::is_sorted(made(100'000))); }

TEST(IdTest, threads_make_no_two_alike) {
    constexpr std::size_t each = 50'000;
    std::vector<std::vector<Id>> all(4);
    std::vector<std::thread> threads;

    for (auto& ids : all) {
        threads.emplace_back([&ids] { ids = made(each); });
    }
    for (auto& thread : threads) {
        thread.join();
    }

    std::set<Id> distinct;
    for (const auto& ids : all) {
        distinct.insert(ids.begin(), ids.end());
    }
    EXPECT_EQ(distinct.size(), all.size() * each);
}

TEST(IdTest, text_and_id_are_one) {
    const Id id = Id::make();

    EXPECT_EQ(Id::parse(id.text()), id);
    EXPECT_EQ(Id::parse("cust_" + id.text()), id) << "as seed 000 writes it";
    EXPECT_EQ(Id::parse("018F0000-0000-7000-8000-00000000000A")->text(),
              "018f0000-0000-7000-8000-00000000000a");
}

TEST(IdTest, refuses_what_is_none) {
    for (const std::string text : {
             "",
             "cust_",
             "1",
             "018f0000-0000-7000-8000-00000000000",
             "018f0000-0000-7000-8000-00000000000ab",
             "018f0000-0000-7000-8000-00000000000g",
             "018f00000000-7000-8000-00000000000a0",
             "{18f0000-0000-7000-8000-00000000000}",
             "018f0000-0000-7000-8000-0000000000é",
             "CUST_018f0000-0000-7000-8000-00000000000a",
         }) {
        EXPECT_FALSE(Id::parse(text)) << text;
    }
    const std::string with_nul("018f0000-0000-7000-8000-0000000000\0a", 36);
    EXPECT_FALSE(Id::parse(with_nul));
}

TEST(IdTest, nobody_is_nil) {
    EXPECT_TRUE(Id{}.is_nil());
    EXPECT_FALSE(Id::make().is_nil());
}

}  // namespace
}  // namespace ponte
