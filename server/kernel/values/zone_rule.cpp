#include "kernel/values/zone_rule.hpp"

namespace ponte::values {
namespace {

using namespace std::chrono;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool take(std::string_view& text, char c) {
    if (!text.starts_with(c)) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<int> take_number(std::string_view& text) {
    int value = 0;
    std::size_t length = 0;
    while (length < text.size() && length < 4 && is_digit(text[length])) {
        value = value * 10 + (text[length++] - '0');
    }
    if (length == 0) {
        return {};
    }
    text.remove_prefix(length);
    return value;
}

// "EST", "<-03>"
bool take_name(std::string_view& text) {
    if (take(text, '<')) {
        const auto end = text.find('>');
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        return end != text.npos;
    }
    std::size_t length = 0;
    while (length < text.size() && (text[length] | 32) >= 'a' && (text[length] | 32) <= 'z') {
        ++length;
    }
    text.remove_prefix(length);
    return length >= 3;
}

// [+-]hh[:mm[:ss]] in seconds
std::optional<int> take_clock(std::string_view& text) {
    const bool is_negative = take(text, '-');
    if (!is_negative) {
        take(text, '+');
    }
    int seconds = 0;
    for (const int unit : {3600, 60, 1}) {
        const auto part = take_number(text);
        if (!part) {
            return {};
        }
        seconds += *part * unit;
        if (unit == 1 || !take(text, ':')) {
            break;
        }
    }
    return is_negative ? -seconds : seconds;
}

// ",M10.3.0/0", ",J60", ",59/2"
bool take_change(std::string_view& text, ZoneRule::Change& out) {
    using Form = ZoneRule::Change::Form;
    if (!take(text, ',')) {
        return false;
    }
    if (take(text, 'M')) {
        const auto month = take_number(text);
        const bool has_week = take(text, '.');
        const auto week = take_number(text);
        const bool has_day = take(text, '.');
        const auto weekday = take_number(text);
        if (!month || !week || !weekday || !has_week || !has_day || *month < 1 || *month > 12 ||
            *week < 1 || *week > 5 || *weekday > 6) {
            return false;
        }
        out.month = *month;
        out.week = *week;
        out.weekday = *weekday;
    } else {
        out.form = take(text, 'J') ? Form::day_without_leap : Form::day_of_year;
        const auto day = take_number(text);
        if (!day || *day > 365) {
            return false;
        }
        out.day = *day;
    }
    if (take(text, '/')) {
        const auto at = take_clock(text);
        if (!at) {
            return false;
        }
        out.at_s = *at;
    }
    return true;
}

// The local second at which the clocks change in a year.
std::int64_t change_in(const ZoneRule::Change& change, year in) {
    using Form = ZoneRule::Change::Form;
    sys_days day;
    if (change.form == Form::month_week) {
        const month of{static_cast<unsigned>(change.month)};
        const weekday on{static_cast<unsigned>(change.weekday)};
        day = change.week == 5 ? sys_days{in / of / on[last]}
                               : sys_days{in / of / on[static_cast<unsigned>(change.week)]};
    } else {
        day = sys_days{in / January / 1};
        const bool counts_leap_day = change.form == Form::day_of_year;
        const int ahead = counts_leap_day ? change.day : change.day - 1;
        day += days{ahead + (!counts_leap_day && in.is_leap() && change.day >= 60 ? 1 : 0)};
    }
    return day.time_since_epoch().count() * std::int64_t{86400} + change.at_s;
}

}  // namespace

std::optional<ZoneRule> read_zone_rule(std::string_view text) {
    ZoneRule rule;
    if (!take_name(text)) {
        return {};
    }
    const auto standard = take_clock(text);
    if (!standard) {
        return {};
    }
    rule.standard_s = -*standard;  // POSIX counts west of Greenwich
    if (text.empty()) {
        return rule;
    }
    if (!take_name(text)) {
        return {};
    }
    rule.has_summer = true;
    rule.summer_s = rule.standard_s + 3600;
    if (!text.starts_with(',')) {
        const auto summer = take_clock(text);
        if (!summer) {
            return {};
        }
        rule.summer_s = -*summer;
    }
    if (!take_change(text, rule.starts) || !take_change(text, rule.ends) || !text.empty()) {
        return {};
    }
    return rule;
}

std::int32_t offset_of(const ZoneRule& rule, std::int64_t utc_s) {
    if (!rule.has_summer) {
        return rule.standard_s;
    }
    const sys_seconds local{seconds{utc_s + rule.standard_s}};
    const year in = year_month_day{floor<days>(local)}.year();
    const std::int64_t starts = change_in(rule.starts, in) - rule.standard_s;
    const std::int64_t ends = change_in(rule.ends, in) - rule.summer_s;
    const bool is_summer =
        starts < ends ? utc_s >= starts && utc_s < ends : utc_s >= starts || utc_s < ends;
    return is_summer ? rule.summer_s : rule.standard_s;
}

}  // namespace ponte::values
