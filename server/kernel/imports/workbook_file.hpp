// A workbook that somebody sends is turned into a CSV file once, and read as one from then on; the
// workbook stays beside it for whoever chooses another of its sheets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ponte::imports {

struct Workbook {
    std::string_view trouble;  // the code of the problem with the file or with `sheet`; a literal
    std::vector<std::string> sheets;
    std::int64_t sheet = 1;  // counts from 1
};

// Writes `path` out of the workbook beside it (csv_dialect.hpp, sent_path). Nothing said is the
// first sheet that holds anything. Blocking.
Workbook unpack_workbook(const std::string& path, std::optional<std::int64_t> sheet);

}  // namespace ponte::imports
