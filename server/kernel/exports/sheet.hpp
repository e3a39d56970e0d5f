// A file on its way: rows go in, one after the other, with flat memory. All of it blocks, and is
// used by one thread at a time.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kernel/exports/cell.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::exports {

struct Heading {
    std::string label;
    Readable readable = Readable::as_it_is;
};

// What the file says of itself.
struct Cover {
    std::string title, company, currency;
    std::string caption, facts;  // on paper: what was chosen; how many, when
    std::string logo;            // a picture on this machine's disk; empty: none
    Language language = Language::pt;
    std::vector<Heading> columns;
};

class Sheet {
public:
    virtual ~Sheet() = default;
    virtual void add(std::span<const Cell> row) = 0;
    virtual void close() = 0;  // the file is whole, or this throws
};

constexpr std::size_t rows_of_a_sheet = 1'048'575;  // of a workbook, beside the heading

std::unique_ptr<Sheet> csv_sheet(const std::string& path, const Cover& cover);
std::unique_ptr<Sheet> xlsx_sheet(const std::string& path, const Cover& cover,
                                  std::size_t rows_per_sheet = rows_of_a_sheet);

std::unique_ptr<Sheet> pdf_sheet(const std::string& path, const Cover& cover);

// "csv", "xlsx", "pdf"
std::unique_ptr<Sheet> sheet_of(std::string_view format, const std::string& path,
                                const Cover& cover);
std::string_view type_of(std::string_view format);  // "application/pdf"

}  // namespace ponte::exports
