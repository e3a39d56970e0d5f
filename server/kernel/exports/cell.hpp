// A value of a record as a file shows it: as people of the reader's language write it, and as the
// number that a spreadsheet calculates with.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "kernel/values.hpp"
#include "kernel/values/zones.hpp"
#include "kernel/words.hpp"

namespace ponte::exports {

struct Cell {
    enum class Kind { text, number, money, percentage, duration, date, moment, address };
    Kind kind = Kind::text;
    std::string text;   // empty: there is none
    double number = 0;  // of money in units, of a percentage in ones, of times in days
    std::string address;
};

struct Writing {
    Language language = Language::pt;
    std::shared_ptr<const values::Zone> zone;
};

// Of a column: `text` is what the database answers with.
Cell cell_of(Type type, std::string_view text, const Writing& how);
// Of a custom field: the value as it is shown.
Cell cell_of(Type type, const Json& shown, const Writing& how);

Cell text_cell(std::string text);

}  // namespace ponte::exports
