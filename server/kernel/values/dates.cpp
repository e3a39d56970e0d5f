#include <charconv>

#include "kernel/values/readers.hpp"

namespace ponte {
namespace values {
namespace {

using namespace std::chrono;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads between `fewest` and `most` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t fewest, std::size_t most) {
    std::size_t length = 0;
    int value = 0;
    while (length < text.size() && length < most && is_digit(text[length])) {
        value = value * 10 + (text[length] - '0');
        ++length;
    }
    if (length < fewest) {
        return {};
    }
    text.remove_prefix(length);
    return value;
}

bool take(std::string_view& text, char c) {
    if (!text.starts_with(c)) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<Day> day_of(int year, int month, int day) {
    const Day found{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                    std::chrono::day{static_cast<unsigned>(day)}};
    if (!found.ok() || year < 1000 || year > 9999) {
        return {};
    }
    return found;
}

// 2026-11-24, 2026/11/24
std::optional<Day> take_year_first(std::string_view& text) {
    const auto year = take_number(text, 4, 4);
    const char mark = text.empty() ? '\0' : text.front();
    if (!year || (mark != '-' && mark != '/')) {
        return {};
    }
    text.remove_prefix(1);
    const auto month = take_number(text, 1, 2);
    if (!month || !take(text, mark)) {
        return {};
    }
    const auto day = take_number(text, 1, 2);
    return day ? day_of(*year, *month, *day) : std::nullopt;
}

// 11, nov, Nov: the first three letters in Portuguese or English.
std::optional<int> take_month(std::string_view& text) {
    if (text.empty() || is_digit(text.front())) {
        return take_number(text, 1, 2);
    }
    constexpr std::string_view portuguese = "janfevmarabrmaijunjulagosetoutnovdez",
                               english = "janfebmaraprmayjunjulaugsepoctnovdec";
    const std::string name = folded(text.substr(0, 3));
    for (const std::string_view names : {portuguese, english}) {
        for (std::size_t i = 0; i < names.size(); i += 3) {
            if (names.substr(i, 3) == name) {
                text.remove_prefix(3);
                return static_cast<int>(i / 3) + 1;
            }
        }
    }
    return {};
}

// 24/11/2026, 4-1-26, 24.11.2026, 24/nov/26
std::optional<Day> take_day_first(std::string_view& text) {
    const auto day = take_number(text, 1, 2);
    const char mark = text.empty() ? '\0' : text.front();
    if (!day || (mark != '/' && mark != '-' && mark != '.')) {
        return {};
    }
    text.remove_prefix(1);
    const auto month = take_month(text);
    if (!month || !take(text, mark)) {
        return {};
    }
    const std::size_t left = text.size();
    auto year = take_number(text, 2, 4);
    const std::size_t length = left - text.size();
    if (!year || length == 3) {
        return {};
    }
    if (length == 2) {
        *year += *year < 50 ? 2000 : 1900;
    }
    return day_of(*year, *month, *day);
}

std::optional<Day> take_day(std::string_view& text) {
    const bool is_year_first = text.size() > 4 && is_digit(text[2]) && is_digit(text[3]);
    return is_year_first ? take_year_first(text) : take_day_first(text);
}

// 14:30, 14:30:59, 14:30:59.123, 14h30; the rest stays in `text`.
std::optional<milliseconds> take_time(std::string_view& text) {
    const auto hour = take_number(text, 1, 2);
    if (!hour || *hour > 23 || (!take(text, ':') && !take(text, 'h'))) {
        return {};
    }
    const auto minute = take_number(text, 2, 2);
    if (!minute || *minute > 59) {
        return {};
    }
    milliseconds time = hours{*hour} + minutes{*minute};
    if (take(text, ':')) {
        const auto second = take_number(text, 2, 2);
        if (!second || *second > 59) {
            return {};
        }
        time += seconds{*second};
        if (take(text, '.') || take(text, ',')) {
            int fraction = 0, digits = 0;
            for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1), ++digits) {
                fraction = digits < 3 ? fraction * 10 + (text.front() - '0') : fraction;
            }
            if (digits == 0) {
                return {};
            }
            for (int i = digits; i < 3; ++i) {
                fraction *= 10;
            }
            time += milliseconds{fraction};
        }
    }
    return time;
}

// 2:30 PM, as programs of the United States export it.
std::optional<milliseconds> by_half_day(milliseconds time, std::string_view half) {
    if ((half != "am" && half != "pm") || time < hours{1} || time >= hours{13}) {
        return {};
    }
    const milliseconds of_half = time >= hours{12} ? time - hours{12} : time;
    return half == "pm" ? of_half + hours{12} : of_half;
}

// Z, +03:00, -0300
std::optional<minutes> take_offset(std::string_view& text) {
    if (take(text, 'Z') || take(text, 'z')) {
        return minutes{0};
    }
    const bool is_west = text.starts_with('-');
    if (!take(text, '+') && !take(text, '-')) {
        return {};
    }
    const auto hour = take_number(text, 2, 2);
    take(text, ':');
    const auto minute = take_number(text, 2, 2);
    if (!hour || !minute || *hour > 23 || *minute > 59) {
        return {};
    }
    const minutes offset = hours{*hour} + minutes{*minute};
    return is_west ? -offset : offset;
}

void append_padded(std::string& out, int value, int width) {
    char digits[8];
    for (int i = width - 1; i >= 0; --i) {
        digits[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    out.append(digits, static_cast<std::size_t>(width));
}

}  // namespace

// The zone may carry the last evening of 9999 into a year that has five digits.
bool can_be_written(Time at) {
    const auto year = static_cast<int>(year_month_day{floor<days>(at)}.year());
    return year >= 1000 && year <= 9999;
}

std::optional<Day> read_iso_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-') {
        return {};
    }
    const auto day = take_year_first(text);
    return text.empty() ? day : std::nullopt;
}

std::optional<LocalTime> read_local_time(std::string_view text) {
    LocalTime out;
    const auto day = take_day(text);
    if (!day) {
        return {};
    }
    out.day = *day;
    if (text.empty()) {
        return out;
    }
    if (!take(text, 'T') && !take(text, ',') && text.front() != ' ') {
        return {};
    }
    text = trimmed(text);
    auto time = take_time(text);
    text = trimmed(text);
    if (time && !text.empty()) {
        time = by_half_day(*time, folded(text));
        text = {};
    }
    if (!time) {
        return {};
    }
    out.time_of_day = *time;
    out.has_time = true;
    return out;
}

std::string format_day(Day day) {
    std::string out;
    append_padded(out, static_cast<int>(day.year()), 4);
    out.push_back('-');
    append_padded(out, static_cast<int>(static_cast<unsigned>(day.month())), 2);
    out.push_back('-');
    append_padded(out, static_cast<int>(static_cast<unsigned>(day.day())), 2);
    return out;
}

}  // namespace values

std::string format_time(Time time) {
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const auto milliseconds_of_day = (time - day).count();
    std::string out = values::format_day(year_month_day{day});
    out.push_back('T');
    const auto part = [&](std::int64_t value, int width, char end) {
        values::append_padded(out, static_cast<int>(value), width);
        out.push_back(end);
    };
    part(milliseconds_of_day / 3'600'000, 2, ':');
    part(milliseconds_of_day / 60'000 % 60, 2, ':');
    part(milliseconds_of_day / 1000 % 60, 2, '.');
    part(milliseconds_of_day % 1000, 3, 'Z');
    return out;
}

std::optional<Time> parse_time(std::string_view text) {
    using namespace std::chrono;
    if (text.size() < 17 || text.size() > 40) {
        return {};
    }
    const auto day = values::read_iso_day(text.substr(0, 10));
    if (!day || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) {
        return {};
    }
    text.remove_prefix(11);
    const auto time = values::take_time(text);
    if (!time) {
        return {};
    }
    const auto offset = values::take_offset(text);
    if (!offset || !text.empty()) {
        return {};
    }
    const Time at{sys_days{*day}.time_since_epoch() + *time - *offset};
    return values::can_be_written(at) ? std::optional{at} : std::nullopt;
}

Time now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace ponte
