// The parts behind values.hpp: one reader for each family of values. Pure functions over text, no
// Json and no allocation where none is needed, since an import calls them millions of times.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/values.hpp"

namespace ponte::values {

// Blanks of ASCII and the invisible ones that spreadsheets and web pages leave behind (no-break
// space, zero width space, byte order mark).
std::string_view trimmed(std::string_view text);

// Text as it is meant: what nobody sees (marks of direction, joiners, fillers) is gone, every kind
// of blank is a blank, and a letter is one with its accents (NFC). Most text comes back as it is.
std::string_view cleaned(std::string_view text, std::string& store);

// "", "encoding" (no UTF-8) or "characters" (control characters).
enum class Lines { one, many };
std::string_view text_problem(std::string_view text, Lines lines);

struct Read {
    std::string text;          // canonical
    std::string_view problem;  // a literal; empty when all is well
};
Read read_email(std::string_view text);
Read read_url(std::string_view text);
Read read_cpf(std::string_view text);
Read read_cnpj(std::string_view text);
Read read_document(std::string_view text);
Read read_postal_code(std::string_view text);
Read read_phone(std::string_view text, std::string_view default_area_code);

// Numbers as people of Brazil write them; "R$", blanks, "%" and accounting parentheses are allowed.
struct Decimal {
    bool is_negative = false;
    std::string digits;    // without leading zeros; "0" for none
    std::string fraction;  // as written
};
std::optional<Decimal> read_decimal(std::string_view text);
std::optional<std::int64_t> integer_of(const Decimal& decimal);  // none when it has a fraction
std::optional<double> number_of(const Decimal& decimal);
// In units of 10^-decimals: 12.5 with two is 1250. None past so many decimals or past `most` units.
struct Scale {
    std::size_t decimals;
    std::int64_t most;
};
std::optional<std::int64_t> scaled(const Decimal& decimal, const Scale& scale);
std::optional<std::int64_t> scaled(double amount, const Scale& scale);  // half away from zero
std::optional<std::int64_t> cents_of(const Decimal& decimal);
std::optional<std::int64_t> cents_of(double amount);
std::optional<bool> read_boolean(std::string_view text);
// 123456 cents → 1234.56
void append_money(std::string& out, std::string_view cents);
// 1250 with two decimals → 12.5
void append_scaled(std::string& out, std::string_view units, std::size_t decimals);
// A hundred years: what is longer was typed wrongly.
constexpr std::int64_t longest_duration = 3'155'760'000;
// Seconds, of "1h30", "1:30", "90 min", "2 h", "1 dia", or a number of them.
std::optional<std::int64_t> read_duration(std::string_view text);

// Days and times of day, not yet placed in a zone.
using Day = std::chrono::year_month_day;
struct LocalTime {
    Day day;
    std::chrono::milliseconds time_of_day{0};
    bool has_time = false;
};
std::optional<Day> read_iso_day(std::string_view text);  // 2026-11-24
std::optional<LocalTime> read_local_time(
    std::string_view text);  // 24/11/2026 14:30, 2026-11-24T14:30
std::string format_day(Day day);
bool can_be_written(Time at);  // four digits of year, also in UTC
std::optional<Time> to_utc(const LocalTime& local,
                           std::string_view timezone);  // none: no such zone
std::optional<Day> local_day(Time at, std::string_view timezone);

}  // namespace ponte::values
