#include <gtest/gtest.h>

#include <thread>

#include "kernel/values.hpp"
#include "kernel/values/zone_rule.hpp"

namespace ponte {
namespace {

Time at(std::string_view text) { return parse_time(text).value(); }

TEST(Times, are_read_and_written_as_rfc_3339) {
    struct {
        const char *text, *written;
    } rows[] = {
        {"2026-11-24T12:00:00Z", "2026-11-24T12:00:00.000Z"},
        {"2026-11-24t12:00:00.5z", "2026-11-24T12:00:00.500Z"},
        {"2026-11-24 12:00:00.123456+02:00", "2026-11-24T10:00:00.123Z"},
        {"2026-11-24T12:00:00-03:00", "2026-11-24T15:00:00.000Z"},
        {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.text);
        EXPECT_EQ(format_time(at(row.text)), row.written);
    }
    for (const char* wrong :
         {"", "2026-11-24", "2026-11-24T12:00:00", "2026-13-01T00:00:00Z", "2026-11-24T24:00:00Z",
          "2026-11-24T12:00:60Z", "2026-11-24T12:00:00ZZ"}) {
        SCOPED_TRACE(wrong);
        EXPECT_FALSE(parse_time(wrong));
    }
}

TEST(LocalDays, begin_at_midnight_of_their_zone) {
    struct {
        const char *name, *zone, *date, *begins;
    } rows[] = {
        {"Brasília today", "America/Sao_Paulo", "2026-11-24", "2026-11-24T03:00:00.000Z"},
        {"Acre", "America/Rio_Branco", "2026-11-24", "2026-11-24T05:00:00.000Z"},
        {"Noronha", "America/Noronha", "2026-11-24", "2026-11-24T02:00:00.000Z"},
        {"old summer time", "America/Sao_Paulo", "2018-12-24", "2018-12-24T02:00:00.000Z"},
        {"midnight that never was", "America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z"},
        {"day after midnight came twice", "America/Sao_Paulo", "2018-02-18",
         "2018-02-18T03:00:00.000Z"},
        {"New York in winter", "America/New_York", "2026-11-24", "2026-11-24T05:00:00.000Z"},
        {"New York far from now", "America/New_York", "2150-07-01", "2150-07-01T04:00:00.000Z"},
        {"Sydney far from now", "Australia/Sydney", "2150-01-01", "2149-12-31T13:00:00.000Z"},
        {"half hours", "Asia/Kolkata", "2026-11-24", "2026-11-23T18:30:00.000Z"},
        {"Greenwich", "UTC", "2026-11-24", "2026-11-24T00:00:00.000Z"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(format_time(start_of_date(row.date, row.zone).value()), row.begins);
    }
    EXPECT_FALSE(start_of_date("24/11/2026", "UTC"));
}

TEST(LocalDays, are_counted_from_the_local_today) {
    const Time late = at("2026-11-24T01:30:00Z");  // still the 23rd in Brasília

    EXPECT_EQ(format_time(start_of_day(late, "America/Sao_Paulo", 0)), "2026-11-23T03:00:00.000Z");
    EXPECT_EQ(format_time(start_of_day(late, "America/Sao_Paulo", -30)),
              "2026-10-24T03:00:00.000Z");
    EXPECT_EQ(format_time(start_of_day(late, "UTC", 1)), "2026-11-25T00:00:00.000Z");
    EXPECT_EQ(format_time(start_of_day(late, "No/Where", 0)), "2026-11-23T03:00:00.000Z");
}

TEST(Zones, are_known_by_name_only) {
    EXPECT_TRUE(is_timezone("America/Sao_Paulo"));
    EXPECT_TRUE(is_timezone("Etc/GMT+3"));
    for (const char* wrong : {"", "Mars/Olympus", "../../../etc/passwd", "/etc/passwd", "America",
                              "right/UTC", "America/Sao_Paulo\n", "tzdata.zi"}) {
        SCOPED_TRACE(wrong);
        EXPECT_FALSE(is_timezone(wrong));
    }
}

TEST(Zones, may_be_asked_by_many_threads) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([] {
            for (const char* zone :
                 {"Europe/Lisbon", "Asia/Tokyo", "America/Bahia", "Africa/Luanda"}) {
                EXPECT_TRUE(is_timezone(zone));
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
}

TEST(ZoneRules, of_every_form_are_understood) {
    using values::offset_of;
    using values::read_zone_rule;
    const auto seconds = [](const char* text) {
        return at(text).time_since_epoch().count() / 1000;
    };

    const auto new_york = read_zone_rule("EST5EDT,M3.2.0,M11.1.0").value();
    EXPECT_EQ(offset_of(new_york, seconds("2050-03-13T06:59:59Z")), -5 * 3600);
    EXPECT_EQ(offset_of(new_york, seconds("2050-03-13T07:00:00Z")), -4 * 3600);
    EXPECT_EQ(offset_of(new_york, seconds("2050-11-06T06:00:00Z")), -5 * 3600);

    const auto by_day = read_zone_rule("AAA3BBB,J60/0,300/-1:30").value();
    EXPECT_EQ(offset_of(by_day, seconds("2048-03-01T02:59:59Z")), -3 * 3600);
    EXPECT_EQ(offset_of(by_day, seconds("2048-03-01T03:00:00Z")), -2 * 3600);

    EXPECT_EQ(offset_of(read_zone_rule("<-03>3").value(), 0), -3 * 3600);
    for (const char* wrong :
         {"", "E5", "EST", "EST5EDT", "EST5EDT,M13.1.0,M11.1.0", "EST5EDT,M3.2.0"}) {
        SCOPED_TRACE(wrong);
        EXPECT_FALSE(read_zone_rule(wrong));
    }
}

}  // namespace
}  // namespace ponte
