// CSV as spreadsheets of the reader's language open it: the semicolon where the comma is a decimal
// mark, a byte order mark, nothing that calculates.
#include <cerrno>
#include <fstream>
#include <system_error>

#include "kernel/exports/sheet.hpp"
#include "kernel/spreadsheets/safe_cell.hpp"

namespace ponte::exports {
namespace {

class CsvSheet : public Sheet {
public:
    CsvSheet(const std::string& path, const Cover& cover)
        : out_(path, std::ios::binary | std::ios::trunc),
          separator_(cover.language == Language::pt ? ';' : ',') {
        line_ = "\xef\xbb\xbf";
        for (const Heading& heading : cover.columns) {
            put(heading.label);
        }
        end_line();
    }

    void add(std::span<const Cell> row) override {
        for (const Cell& cell : row) {
            put(cell.text);
        }
        end_line();
    }

    void close() override {
        out_.close();
        require_written();
    }

private:
    void put(std::string_view text) {
        line_ += spreadsheets::safe_cell(text);
        line_.push_back(separator_);
    }
    void end_line() {
        line_.pop_back();
        line_ += "\r\n";
        out_.write(line_.data(), static_cast<std::streamsize>(line_.size()));
        line_.clear();
        require_written();
    }
    void require_written() const {
        if (!out_) {
            throw std::system_error(errno, std::generic_category(), "a CSV file is not written");
        }
    }

    std::ofstream out_;
    const char separator_;
    std::string line_;
};

}  // namespace

std::unique_ptr<Sheet> csv_sheet(const std::string& path, const Cover& cover) {
    return std::make_unique<CsvSheet>(path, cover);
}

}  // namespace ponte::exports
