// How a CSV file that somebody sends is written: its encoding and separator, found by looking.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/imports/csv_reader.hpp"

namespace ponte::imports {

enum class Encoding { utf8, utf16_le, utf16_be, windows_1252 };
std::string_view encoding_name(Encoding encoding);  // "utf-8", "utf-16le", "windows-1252"

std::optional<Encoding> parse_encoding(std::string_view name);  // also "latin1", "iso-8859-1"

// Looks at the whole file, in blocks. Never throws for strange content, only for unreadable files.
Encoding detect_encoding(const std::string& path);
// Rewrites the file as UTF-8, so that everything after speaks one language and counts bytes. What
// was sent stays beside it, for whoever says that it was written otherwise.
std::string sent_path(const std::string& path);
void convert_to_utf8(const std::string& path, Encoding from);
// A picture or an archive is neither text nor a workbook.
bool is_binary(const std::string& path);

// A file may begin with blank lines, but not with millions: each costs as much as a full one.
constexpr bool is_worth_looking(const CsvPosition& start, const CsvPosition& at) {
    constexpr std::uint64_t most_bytes = 8u << 20, most_lines = 100'000;
    return at.offset - start.offset < most_bytes && at.line - start.line < most_lines;
}

constexpr std::string_view separators = ";,\t|";

struct Layout {
    char separator = ',';
    CsvPosition start;  // after the line "sep=;" that some spreadsheets write first
};
// The separator that cuts the first records into the same number of cells; ',' when none does.
Layout detect_layout(const std::string& path);

}  // namespace ponte::imports
