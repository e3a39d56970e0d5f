// What a cell of a workbook holds, as text. A number is a number to a workbook whatever it means:
// what it means is said by the format it is shown in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponte::spreadsheets {

struct Format {
    enum class Kind { number, percentage, date, time, date_and_time, elapsed, mask };
    Kind kind = Kind::number;
    std::string mask;  // "000.000.000-00": each zero a digit
};

// Of a format as it is written ("dd/mm/yyyy;@"), and of those that have but a number (18.8.30).
Format format_of(std::string_view code);
Format built_in_format(int number);

// As a person of any language would type it without doubt: 1234.5, 12.5%, 2026-03-15, 14:30.
std::string number_text(std::string_view number, const Format& format, bool is_since_1904);
// 2026-03-15T00:00:00 → 2026-03-15
std::string iso_text(std::string_view date);
// _x000D_ is how a workbook writes what XML cannot.
std::string unescaped(std::string_view text);

}  // namespace ponte::spreadsheets
