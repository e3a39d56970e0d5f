// Lengths of time as people write them, in Portuguese and in English: "1h30", "1:30", "90 min",
// "2 horas e 15 minutos", "1,5 h". A day has 24 hours. A number alone is of seconds.
#include <array>

#include "kernel/values/readers.hpp"

namespace ponte::values {
namespace {

constexpr std::int64_t minute = 60, hour = 60 * minute, day = 24 * hour;
constexpr std::size_t longest_text = 60;

struct Unit {
    std::string_view name;
    std::int64_t seconds;
};
constexpr Unit units[] = {
    {"d", day},         {"dia", day},        {"dias", day},      {"day", day},
    {"days", day},      {"h", hour},         {"hr", hour},       {"hrs", hour},
    {"hs", hour},       {"hora", hour},      {"horas", hour},    {"hour", hour},
    {"hours", hour},    {"m", minute},       {"min", minute},    {"mins", minute},
    {"minuto", minute}, {"minutos", minute}, {"minute", minute}, {"minutes", minute},
    {"s", 1},           {"seg", 1},          {"segs", 1},        {"segundo", 1},
    {"segundos", 1},    {"sec", 1},          {"secs", 1},        {"second", 1},
    {"seconds", 1},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Takes off what is a number: digits, and a fraction after a comma or a point.
std::string_view take_number(std::string_view& text) {
    std::size_t end = 0;
    while (end < text.size() && (is_digit(text[end]) || text[end] == ',' || text[end] == '.')) {
        ++end;
    }
    const auto number = text.substr(0, end);
    text = trimmed(text.substr(end));
    return number;
}

// Takes off a unit, with the point that shortens it: 0 when there is none, -1 when nobody knows it.
std::int64_t take_unit(std::string_view& text) {
    std::size_t end = 0;
    while (end < text.size() && is_letter(text[end])) {
        ++end;
    }
    const auto name = text.substr(0, end);
    text = trimmed(text.substr(end + (end < text.size() && text[end] == '.' ? 1 : 0)));
    for (const Unit& unit : units) {
        if (unit.name == name) {
            return unit.seconds;
        }
    }
    return name.empty() ? 0 : -1;
}

// What stands between two of them: "1 hora e 30 minutos", "1 hour, 30 minutes".
void take_joint(std::string_view& text) {
    for (const std::string_view joint : {"e ", "and ", ", "}) {
        if (text.starts_with(joint)) {
            text = trimmed(text.substr(joint.size()));
            return;
        }
    }
}

// Whole seconds of so many units: 1,5 h is 5400 s, and 0,1 s is none. A thousand of days are
// written without a point, so what follows one is a fraction, whatever the number of its digits.
std::optional<std::int64_t> seconds_in(std::string_view number, std::int64_t unit) {
    const auto mark = number.find_first_of(",.");
    Decimal decimal;
    decimal.digits = number.substr(0, mark);
    decimal.fraction = mark == number.npos ? "" : number.substr(mark + 1);
    const bool has_fraction = mark != number.npos;
    constexpr std::size_t most_digits = 4;
    if (decimal.digits.empty() || has_fraction == decimal.fraction.empty() ||
        decimal.fraction.size() > most_digits ||
        decimal.fraction.find_first_not_of("0123456789") != std::string::npos) {
        return {};
    }
    constexpr std::int64_t parts = 10'000;
    const auto count = scaled(decimal, {most_digits, longest_duration * parts});
    if (!count || *count > longest_duration * parts / unit || *count * unit % parts != 0) {
        return {};
    }
    return *count * unit / parts;
}

// 1:30 is of hours and minutes, 0:01:30 has seconds as well; 1:30h is the former.
std::optional<std::int64_t> read_clock(std::string_view text) {
    for (const std::string_view hours : {"hs", "h"}) {
        if (text.ends_with(hours)) {
            text = trimmed(text.substr(0, text.size() - hours.size()));
            break;
        }
    }
    std::array<std::int64_t, 3> parts{};
    std::size_t count = 0;
    for (;; ++count) {
        const auto end = text.find(':');
        const auto part = text.substr(0, end);
        const bool is_whole = !part.empty() && part.find_first_not_of("0123456789") == part.npos;
        const auto value = is_whole ? integer_of({false, std::string(part), {}}) : std::nullopt;
        if (!value || count == parts.size() || (count > 0 && (part.size() != 2 || *value >= 60))) {
            return {};
        }
        parts[count] = *value;
        if (end == text.npos) {
            break;
        }
        text.remove_prefix(end + 1);
    }
    if (count == 0 || parts[0] > longest_duration / hour) {
        return {};
    }
    return parts[0] * hour + parts[1] * minute + parts[2];
}

// A number without a unit counts what the former one is made of: 1h30 is an hour and 30 minutes.
std::int64_t smaller_than(std::int64_t unit) {
    return unit == day ? hour : unit == hour ? minute : unit == minute ? 1 : 0;
}

std::optional<std::int64_t> read_units(std::string_view text) {
    std::int64_t sum = 0, former = 0;
    while (!text.empty()) {
        const auto number = take_number(text);
        std::int64_t unit = take_unit(text);
        if (unit == 0) {
            unit = former == 0 ? 1 : smaller_than(former);
        }
        const bool is_in_order = unit > 0 && (former == 0 || unit < former);
        const auto seconds = is_in_order ? seconds_in(number, unit) : std::nullopt;
        if (!seconds) {
            return {};
        }
        sum += *seconds;
        former = unit;
        take_joint(text);
    }
    return sum;
}

}  // namespace

std::optional<std::int64_t> read_duration(std::string_view given) {
    if (given.size() > longest_text) {
        return {};
    }
    const std::string text = folded(given);
    const auto seconds = text.find(':') != text.npos ? read_clock(text) : read_units(text);
    return seconds && *seconds <= longest_duration ? seconds : std::nullopt;
}

}  // namespace ponte::values
