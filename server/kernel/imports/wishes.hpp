// What somebody wants of single rows: cells that were mended on the screen, lines of totals that
// are records after all.
#pragma once

#include <cstdint>
#include <map>
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

    void mend(std::uint64_t row, CsvRecord& record) const;
};

// [{"row": 3, "column": 1, "value": "11987654321"}]; `width` is the header's.
Wishes read_wishes(const Json& fixes, bool takes_summaries, std::size_t width,
                   std::vector<FieldProblem>& problems);
Json wishes_json(const Wishes& wishes);  // as stored
Wishes wishes_from(const Json& stored);

}  // namespace ponte::imports
