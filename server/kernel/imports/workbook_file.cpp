#include "kernel/imports/workbook_file.hpp"

#include "kernel/imports/csv_dialect.hpp"
#include "kernel/imports/import.hpp"
#include "kernel/spreadsheets/workbook.hpp"

namespace ponte::imports {
namespace {

using namespace spreadsheets;

Limits workbook_limits() {
    Limits limits;
    limits.written_bytes = most_upload_bytes;
    return limits;
}

}  // namespace

Workbook unpack_workbook(const std::string& path, std::optional<std::int64_t> sheet) {
    const std::string sent = sent_path(path);
    Sheets found = sheets_of(sent, workbook_limits());
    Workbook out{found.trouble, std::move(found.names), sheet.value_or(1)};
    const auto count = static_cast<std::int64_t>(out.sheets.size());
    if (!out.trouble.empty()) {
        return out;
    }
    if (out.sheet < 1 || out.sheet > count) {
        out.trouble = "no_sheet";
        return out;
    }
    while (true) {
        const auto index = static_cast<std::size_t>(out.sheet - 1);
        const Written written = write_csv(sent, index, path, workbook_limits());
        out.trouble = written.trouble;
        if (sheet || written.rows > 0 || !out.trouble.empty() || out.sheet == count) {
            return out;
        }
        ++out.sheet;
    }
}

}  // namespace ponte::imports
