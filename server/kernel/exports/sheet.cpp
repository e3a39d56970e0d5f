#include "kernel/exports/sheet.hpp"

namespace ponte::exports {

std::unique_ptr<Sheet> sheet_of(std::string_view format, const std::string& path,
                                const Cover& cover) {
    if (format == "xlsx") {
        return xlsx_sheet(path, cover);
    }
    return format == "pdf" ? pdf_sheet(path, cover) : csv_sheet(path, cover);
}

std::string_view type_of(std::string_view format) {
    if (format == "xlsx") {
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }
    return format == "pdf" ? "application/pdf" : "text/csv";
}

}  // namespace ponte::exports
