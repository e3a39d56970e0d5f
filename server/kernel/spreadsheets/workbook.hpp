// Workbooks (XLSX, ECMA-376) as people send them, turned into the CSV that imports read: one sheet,
// a row a line, values as a person of any language would type them without doubt. Blocking, with
// flat memory, and bounded: a workbook is a stranger's archive of XML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ponte::spreadsheets {

struct Limits {
    std::uint64_t part_bytes = 2048ull << 20;     // of one sheet, unpacked
    std::uint64_t strings_bytes = 512ull << 20;   // of the texts that cells share, unpacked
    std::uint64_t written_bytes = 1024ull << 20;  // of the CSV
    std::size_t sheets = 200, strings = 10'000'000;
};

// Why a workbook cannot be read; "" when it can.
//   not_a_workbook     no archive, or one without a workbook in it
//   locked             protected by a password, or of the years before XLSX
//   unpacks_too_large  it unpacks to more than is read
//   broken             archive or XML end where they should not
//   no_sheet           no sheet of that number
using Trouble = std::string_view;

// By its first bytes alone: an archive, or what Office wraps a locked workbook and old ones (.xls)
// in. Anything else is text.
bool may_be_workbook(const std::string& path);

struct Sheets {
    Trouble trouble;
    std::vector<std::string> names;  // in the order of their tabs, hidden ones left out
};
Sheets sheets_of(const std::string& path, const Limits& limits = {});

struct Written {
    Trouble trouble;
    std::uint64_t rows = 0;  // that hold something
};
// `sheet` counts those that `sheets_of` names. The CSV is UTF-8, cut by commas; a row of the sheet
// begins at the line of its number as long as no cell has line breaks. Dates are 2026-03-15 or
// "2026-03-15 14:30", numbers have a point, percentages their sign, formulas their last result.
Written write_csv(const std::string& path, std::size_t sheet, const std::string& to,
                  const Limits& limits = {});

}  // namespace ponte::spreadsheets
