// Time zones from the system's tz database (package tzdata), so that rules stay updatable without a
// new program. A zone is read once and then shared by all threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ponte::values {

// The rule for years after the last listed change, e.g. "EST5EDT,M3.2.0,M11.1.0".
struct ZoneRule {
    struct Change {
        enum class Form { month_week, day_of_year, day_without_leap } form = Form::month_week;
        int month = 1, week = 1, weekday = 0, day = 0;
        int at_s = 7200;
    };
    std::int32_t standard_s = 0, summer_s = 0;  // east of Greenwich
    bool has_summer = false;
    Change starts, ends;
};

class Zone {
public:
    // Null when there is no such zone.
    static std::shared_ptr<const Zone> find(std::string_view name);

    std::int32_t offset_at(std::int64_t utc_s) const;  // seconds east of Greenwich
    // The first instant whose local reading is `local_s` or, where clocks skip it, the first after.
    std::int64_t to_utc(std::int64_t local_s) const;

private:
    static std::shared_ptr<const Zone> load(std::string_view name);
    friend bool read_zone(std::string_view bytes, Zone& out);
    std::vector<std::int64_t> changes_;  // ascending
    std::vector<std::int32_t> offsets_;  // in force from the change of the same index
    std::int32_t first_offset_ = 0;
    ZoneRule rule_;
    bool has_rule_ = false;
};

}  // namespace ponte::values
