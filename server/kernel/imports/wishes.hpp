// What somebody wants of single rows: cells that were mended on the screen, lines of totals that
// are records after all.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "kernel/error.hpp"
#include "kernel/imports/csv_reader.hpp"

namespace ponte::imports {

struct Wishes {
    struct Fix {
        std::size_t column = 0;
        std::string value;
    };
    std::map<std::uint64_t, std::vector<Fix>> fixes;  // by the number of the row
    bool takes_summaries = false;
    std::set<std::uint64_t> summaries;  // rows that only look like totals

    void mend(std::uint64_t row, CsvRecord& record) const;
    bool takes_summary(std::uint64_t row) const;
};

// [{"row": 3, "column": 1, "value": "11987654321"}]; `width` is the header's.
Wishes read_wishes(const Json& fixes, std::size_t width, Problems& problems);
Json fixes_json(const Wishes& wishes);
// Numbers of rows; `field` is what they are called where something is wrong with them.
std::set<std::uint64_t> read_rows(const char* field, const Json& rows, Problems& problems);
Json rows_json(const std::set<std::uint64_t>& rows);
Json wishes_json(const Wishes& wishes);  // as stored
Wishes wishes_from(const Json& stored);

}  // namespace ponte::imports
