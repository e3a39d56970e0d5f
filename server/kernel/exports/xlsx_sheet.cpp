// A workbook, row by row: numbers are numbers, days are days, and text is never a formula.
#include <xlsxwriter.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "kernel/exports/sheet.hpp"

namespace ponte::exports {
namespace {

constexpr std::size_t longest_text = 32'767;  // of a cell, in the letters of UTF-16
constexpr double narrowest = 8, widest = 60, beside_text = 2;

void require(lxw_error error) {
    if (error != LXW_NO_ERROR) {
        throw std::runtime_error(std::string("a workbook is not written: ") + lxw_strerror(error));
    }
}

struct Measured {
    std::size_t bytes = 0, letters = 0;
};

// As much of it as a cell may hold, and how long that is.
Measured measured(std::string_view text) {
    Measured found;
    std::size_t units = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto first = static_cast<unsigned char>(text[at]);
        const std::size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        units += size == 4 ? 2 : 1;
        if (units > longest_text) {
            break;
        }
        at += size;
        found = {std::min(at, text.size()), found.letters + 1};
    }
    return found;
}

std::string money_format(const std::string& currency) {
    const std::string_view sign = currency == "BRL"   ? "R$"
                                  : currency == "USD" ? "US$"
                                  : currency == "EUR" ? "€"
                                                      : std::string_view(currency);
    return "\"" + std::string(sign) + "\" #,##0.00";
}

class XlsxSheet : public Sheet {
public:
    XlsxSheet(const std::string& path, const Cover& cover, std::size_t rows_per_sheet)
        : cover_(cover), rows_per_sheet_(rows_per_sheet), widths_(cover.columns.size(), narrowest) {
        folder_ = std::filesystem::path(path).parent_path().string();
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        options.tmpdir = folder_.data();
        book_ = workbook_new_opt(path.c_str(), &options);
        if (!book_) {
            throw std::runtime_error("a workbook is not begun");
        }
        const bool is_pt = cover.language == Language::pt;
        bold_ = workbook_add_format(book_);
        format_set_bold(bold_);
        add_format(Cell::Kind::money, money_format(cover.currency));
        add_format(Cell::Kind::percentage, "0.00%");
        add_format(Cell::Kind::duration, "[h]:mm:ss");
        add_format(Cell::Kind::date, is_pt ? "dd/mm/yyyy" : "yyyy-mm-dd");
        add_format(Cell::Kind::moment, is_pt ? "dd/mm/yyyy hh:mm" : "yyyy-mm-dd hh:mm");
        lxw_doc_properties about{};
        about.title = cover_.title.data();
        about.company = cover_.company.data();
        workbook_set_properties(book_, &about);
        begin_sheet();
    }
    ~XlsxSheet() override {
        if (book_) {
            lxw_workbook_free(book_);
        }
    }
    XlsxSheet(const XlsxSheet&) = delete;
    XlsxSheet& operator=(const XlsxSheet&) = delete;

    void add(std::span<const Cell> row) override {
        if (row_ > rows_per_sheet_) {
            end_sheet();
            begin_sheet();
        }
        for (std::size_t i = 0; i < row.size(); ++i) {
            put(i, row[i]);
        }
        ++row_;
    }

    void close() override {
        end_sheet();
        require(workbook_close(std::exchange(book_, nullptr)));
    }

private:
    void add_format(Cell::Kind kind, const std::string& how) {
        lxw_format* const format = workbook_add_format(book_);
        format_set_num_format(format, how.c_str());
        formats_[static_cast<std::size_t>(kind)] = format;
    }

    void begin_sheet() {
        sheet_ = workbook_add_worksheet(book_, nullptr);
        if (!sheet_) {
            throw std::runtime_error("a sheet of a workbook is not begun");
        }
        row_ = 0;
        worksheet_freeze_panes(sheet_, 1, 0);
        for (std::size_t i = 0; i < cover_.columns.size(); ++i) {
            put_text(i, cover_.columns[i].label, bold_);
        }
        ++row_;
    }

    void end_sheet() {
        for (std::size_t i = 0; i < widths_.size(); ++i) {
            worksheet_set_column(sheet_, column(i), column(i), widths_[i] + beside_text, nullptr);
        }
        const auto last_row = static_cast<lxw_row_t>(row_ - 1);
        worksheet_autofilter(sheet_, 0, 0, last_row, column(widths_.size() - 1));
    }

    void put(std::size_t place, const Cell& cell) {
        const bool is_text = cell.kind == Cell::Kind::text || cell.kind == Cell::Kind::address;
        if (cell.text.empty()) {
            return;
        }
        if (is_text) {
            put_text(place, cell.text, nullptr);
            return;
        }
        widen(place, cell.text.size());
        require(worksheet_write_number(sheet_, static_cast<lxw_row_t>(row_), column(place),
                                       cell.number, formats_[static_cast<std::size_t>(cell.kind)]));
    }

    void put_text(std::size_t place, std::string_view text, lxw_format* format) {
        const Measured whole = measured(text);
        widen(place, whole.letters);
        const std::string kept(text.substr(0, whole.bytes));
        require(worksheet_write_string(sheet_, static_cast<lxw_row_t>(row_), column(place),
                                       kept.c_str(), format));
    }

    void widen(std::size_t place, std::size_t letters) {
        widths_[place] = std::max(widths_[place], std::min(widest, static_cast<double>(letters)));
    }

    static lxw_col_t column(std::size_t place) { return static_cast<lxw_col_t>(place); }

    Cover cover_;
    const std::size_t rows_per_sheet_;
    std::vector<double> widths_;
    std::string folder_;
    lxw_workbook* book_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    lxw_format* bold_ = nullptr;
    lxw_format* formats_[8] = {};
    std::size_t row_ = 0;
};

}  // namespace

std::unique_ptr<Sheet> xlsx_sheet(const std::string& path, const Cover& cover,
                                  std::size_t rows_per_sheet) {
    return std::make_unique<XlsxSheet>(path, cover, rows_per_sheet);
}

}  // namespace ponte::exports
