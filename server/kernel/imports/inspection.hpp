// What the beginning of a file shows: how it is written, where its header stands, samples. Blocking
// and pure of the database; a few at a time (`Inspections`), so that nobody waits for large files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/auth/turnstile.hpp"
#include "kernel/imports/csv_dialect.hpp"
#include "kernel/imports/mapping.hpp"
#include "kernel/imports/workbook_file.hpp"

namespace ponte::imports {

// What somebody says of a file; the rest is found by looking.
struct Reading {
    std::optional<char> separator;
    std::optional<Encoding> encoding;
    std::optional<std::int64_t> header_line;  // 0: there is none
    std::optional<std::int64_t> sheet;        // of a workbook, counted from 1
    bool is_empty() const { return !separator && !encoding && !header_line && !sheet; }
};

struct HeadRecord {
    std::int64_t line = 0;
    CsvPosition begin, end;
    Cells cells;
};

struct Inspection {
    Workbook workbook;  // of one: its sheets
    Encoding encoding = Encoding::utf8;
    Layout layout;
    std::vector<HeadRecord> head;  // the first records that are not blank
};

// Rewrites the file as UTF-8 when it is something else.
Inspection inspect(const std::string& path, const Reading& reading);

// The place in `head` of the record that names the columns; none when there is no header, or when
// no record begins at the line that was asked for (`is_known` false).
struct Header {
    std::optional<std::size_t> at;
    bool is_known = true;
};
Header header_in(const records::Kind& kind, const std::vector<Target>& targets,
                 const std::vector<HeadRecord>& head, const Reading& reading);

// What the first records show.
struct Look {
    std::vector<HeadRecord> lines;  // from the file's first on: where the header may stand
    std::vector<Cells> samples;
    std::int64_t rows_estimate = 0;
};
// `start`: after the header.
Look look(const std::string& path, char separator, CsvPosition start);

std::string shown_text(std::string_view cell);  // short, and valid whatever stands in the file

auth::Turnstile& inspections();

}  // namespace ponte::imports
