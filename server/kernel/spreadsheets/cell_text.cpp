#include "kernel/spreadsheets/cell_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>

namespace ponte::spreadsheets {
namespace {

constexpr double day_s = 86'400;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A format without its colours, conditions, quoted words and other sections; `[h]` becomes `[`.
std::string bare_code(std::string_view code) {
    std::string bare;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        const char c = code[i];
        if (c == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '[') {
            const std::size_t end = std::min(code.find(']', i), code.size());
            const std::string_view inside = code.substr(i + 1, end - i - 1);
            const bool is_elapsed =
                !inside.empty() && inside.find_first_not_of("hHmMsS") == inside.npos;
            bare += is_elapsed ? "[" : "";
            i = end;
        } else {
            bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return bare;
}

// "000\.000\.000\-00" is 000.000.000-00: digits with leading zeros and what stands between. Empty
// when the format is anything else.
std::string mask_of(std::string_view code) {
    constexpr std::string_view plain = "-()/ +:";
    constexpr int fewest_digits = 3;
    std::string mask;
    int digits = 0;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        if (code[i] == '0') {
            mask += '0';
            ++digits;
        } else if (code[i] == '\\' && i + 1 < code.size() && code[i + 1] != '0') {
            mask += code[++i];
        } else if (code[i] == '"') {
            const std::size_t end = code.find('"', i + 1);
            if (end == code.npos || code.substr(i, end - i).find('0') != code.npos) {
                return {};
            }
            mask += code.substr(i + 1, end - i - 1);
            i = end;
        } else if (plain.find(code[i]) != plain.npos) {
            mask += code[i];
        } else {
            return {};
        }
    }
    return digits >= fewest_digits ? mask : std::string{};
}

// The digits of a whole number in the zeros of a mask; more digits than zeros stand before it.
std::string masked(std::string_view digits, std::string_view mask) {
    std::string out;
    std::size_t left = digits.size();
    const std::size_t first = mask.find('0');
    for (std::size_t i = mask.size(); i-- > 0;) {
        if (mask[i] != '0') {
            out += mask[i];
            continue;
        }
        out += left > 0 ? digits[--left] : '0';
        while (i == first && left > 0) {
            out += digits[--left];
        }
    }
    std::ranges::reverse(out);
    return out;
}

// To the fifteen digits that spreadsheets show of a double; never with an exponent.
std::string plain_number(double value) {
    constexpr int digits = 15, widest = 40;
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value),
                                   std::chars_format::scientific, digits - 1);
    const std::string_view form(buffer.data(), end.ptr);  // 1.23450000000000e+03
    const std::size_t e = form.find('e');
    int exponent = 0;
    std::from_chars(form.data() + e + (form[e + 1] == '+' ? 2 : 1), end.ptr, exponent);
    if (!std::isfinite(value) || std::abs(exponent) > widest) {
        return std::string(form);  // 1e300: nobody meant that
    }
    std::string text(1, form[0]);
    text += form.substr(2, e - 2);
    if (exponent < 0) {
        text.insert(0, static_cast<std::size_t>(-exponent), '0');
        exponent = 0;
    }
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    text.resize(std::max(text.size(), whole), '0');
    std::string fraction = text.substr(whole);
    fraction.resize(fraction.find_last_not_of('0') + 1);  // npos + 1 is 0
    text.resize(whole);
    // A group of three behind a point is what Brazilians write for thousands.
    fraction += fraction.size() == 3 ? "0" : "";
    text += fraction.empty() ? "" : "." + fraction;
    return value < 0 ? "-" + text : text;
}

std::string two_digits(std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string clock_text(std::int64_t seconds) {
    const std::int64_t h = seconds / 3600, m = seconds / 60 % 60, s = seconds % 60;
    return two_digits(h) + ":" + two_digits(m) + (s == 0 ? "" : ":" + two_digits(s));
}

// Day 60 of a workbook is the 29th of February of 1900, which never was (18.17.4.1).
std::string date_text(std::int64_t day, bool is_since_1904) {
    using namespace std::chrono;
    const auto first = is_since_1904 ? sys_days{year{1904} / 1 / 1}
                       : day < 60    ? sys_days{year{1899} / 12 / 31}
                                     : sys_days{year{1899} / 12 / 30};
    const year_month_day date{first + days{day}};
    return std::to_string(static_cast<int>(date.year())) + "-" +
           two_digits(static_cast<unsigned>(date.month())) + "-" +
           two_digits(static_cast<unsigned>(date.day()));
}

std::string moment_text(double value, Format::Kind kind, bool is_since_1904) {
    const auto seconds = static_cast<std::int64_t>(std::llround(value * day_s));
    const std::int64_t day = seconds / 86'400, rest = seconds % 86'400;
    if (kind == Format::Kind::elapsed) {
        return clock_text(seconds);
    }
    if (kind == Format::Kind::time && day == 0) {
        return clock_text(rest);
    }
    const std::string date = date_text(day, is_since_1904);
    return kind == Format::Kind::date || rest == 0 ? date : date + " " + clock_text(rest);
}

bool is_moment(Format::Kind kind) {
    return kind == Format::Kind::date || kind == Format::Kind::time ||
           kind == Format::Kind::date_and_time || kind == Format::Kind::elapsed;
}

}  // namespace

Format format_of(std::string_view code) {
    const std::string bare = bare_code(code);
    const auto has = [&](std::string_view letters) {
        return bare.find_first_of(letters) != bare.npos;
    };
    if (bare.find("general") != bare.npos || bare == "@") {
        return {};
    }
    if (has("[")) {
        return {Format::Kind::elapsed, {}};
    }
    if (has("dy")) {
        return {has("hs") ? Format::Kind::date_and_time : Format::Kind::date, {}};
    }
    if (has("hs")) {
        return {Format::Kind::time, {}};
    }
    if (has("m")) {
        return {Format::Kind::date, {}};
    }
    if (has("%")) {
        return {Format::Kind::percentage, {}};
    }
    std::string mask = mask_of(code);
    return mask.empty() ? Format{} : Format{Format::Kind::mask, std::move(mask)};
}

Format built_in_format(int number) {
    using Kind = Format::Kind;
    if (number == 9 || number == 10) {
        return {Kind::percentage, {}};
    }
    if (number == 22) {
        return {Kind::date_and_time, {}};
    }
    if ((number >= 18 && number <= 21) || number == 45 || number == 47) {
        return {Kind::time, {}};
    }
    if (number == 46) {
        return {Kind::elapsed, {}};
    }
    const bool is_date = (number >= 14 && number <= 17) || (number >= 27 && number <= 36) ||
                         (number >= 50 && number <= 58);
    return {is_date ? Kind::date : Kind::number, {}};
}

std::string number_text(std::string_view number, const Format& format, bool is_since_1904) {
    constexpr double last_day = 2'958'466;  // after the last of 9999
    constexpr std::size_t exact_digits = 15;
    double value = 0;
    const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
    if (read.ec != std::errc{} || read.ptr != number.data() + number.size()) {
        return std::string(number);
    }
    if (is_moment(format.kind) && value >= 0 && value < last_day) {
        return moment_text(value, format.kind, is_since_1904);
    }
    if (format.kind == Format::Kind::percentage) {
        return plain_number(value * 100) + "%";
    }
    const bool is_whole = std::ranges::all_of(number, is_digit) && number.size() <= exact_digits;
    if (format.kind == Format::Kind::mask && is_whole) {
        return masked(number, format.mask);
    }
    return is_whole ? std::string(number) : plain_number(value);
}

std::string iso_text(std::string_view date) {
    const std::size_t cut = date.find('T');
    if (cut == date.npos) {
        return std::string(date);
    }
    std::string_view time = date.substr(cut + 1);
    time = time.substr(0, time.find_first_of(".Z+-"));
    std::string out(date.substr(0, cut));
    if (time != "00:00:00" && time != "00:00") {
        out += ' ';
        out += time;
    }
    return out;
}

std::string unescaped(std::string_view text) {
    constexpr std::size_t length = 7;  // _xHHHH_
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned code = 0;
        const std::string_view part = text.substr(i, length);
        const bool is_escape = part.size() == length && part.starts_with("_x") && part[6] == '_';
        if (is_escape) {
            const auto read = std::from_chars(part.data() + 2, part.data() + 6, code, 16);
            // Only what is below a space is ever meant; a name like _x0041_ is left alone.
            if (read.ptr == part.data() + 6 && code < 0x20) {
                out += code == '\r' || code == 0 ? std::string{} : std::string(1, char(code));
                i += length - 1;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

}  // namespace ponte::spreadsheets
