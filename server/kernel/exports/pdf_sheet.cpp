// The list on paper.
#include "kernel/exports/sheet.hpp"
#include "kernel/print/printer.hpp"

namespace ponte::exports {
namespace {

constexpr std::size_t to_the_minute = 16;  // of "24/11/2026 12:30:05"

bool is_a_number(Readable readable) {
    return readable == Readable::number || readable == Readable::money ||
           readable == Readable::percentage || readable == Readable::duration;
}

print::Letterhead letterhead_of(const Cover& cover) {
    return {cover.company, cover.title, cover.caption, cover.facts, cover.logo};
}

std::vector<print::Heading> headings_of(const Cover& cover) {
    std::vector<print::Heading> headings;
    for (const Heading& one : cover.columns) {
        headings.push_back(
            {one.label, is_a_number(one.readable) ? print::Side::right : print::Side::left});
    }
    return headings;
}

class PdfSheet : public Sheet {
public:
    PdfSheet(const std::string& path, const Cover& cover)
        : table_(path, letterhead_of(cover), headings_of(cover)), row_(cover.columns.size()) {}

    void add(std::span<const Cell> row) override {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool is_moment = row[i].kind == Cell::Kind::moment;
            row_[i].text = is_moment ? row[i].text.substr(0, to_the_minute) : row[i].text;
            row_[i].address = row[i].address;
        }
        table_.add(row_);
    }
    void close() override { table_.close(); }

private:
    print::Table table_;
    std::vector<print::Text> row_;
};

}  // namespace

std::unique_ptr<Sheet> pdf_sheet(const std::string& path, const Cover& cover) {
    return std::make_unique<PdfSheet>(path, cover);
}

}  // namespace ponte::exports
