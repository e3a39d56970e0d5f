// Reads a UTF-8 CSV file record by record with flat memory, however large the file or broken its
// quotes. It can continue from any record's end, so that an import survives a restart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ponte::imports {

struct CsvLimits {
    std::size_t columns = 500;
    std::size_t cell_bytes = 128 * 1024;
    std::size_t record_bytes = 1u << 20;
    // More means that somebody forgot to close them.
    std::size_t lines_in_quotes = 100'000, bytes_in_quotes = 4u << 20;
    std::size_t width = 0;  // cells of the header, where known: what a row inside quotes looks like
};

// Where a record ended: enough to go on from there.
struct CsvPosition {
    std::uint64_t offset = 0;  // bytes
    std::uint64_t line = 1;    // of the next record; lines count from 1
};

class CsvRecord {
public:
    std::size_t size() const { return ends_.size(); }
    std::string_view cell(std::size_t index) const;   // empty past the last
    bool is_blank() const { return bytes_.empty(); }  // an empty line, or nothing but separators
    std::vector<std::string> cells() const;
    void replace(std::size_t index, std::string_view value);

    std::uint64_t line = 0;  // where it begins
    std::string_view
        problem;  // a literal: "unclosed_quote", "quote", "too_many_columns", "too_long"

private:
    friend class CsvReader;
    void clear();
    std::string bytes_;
    std::vector<std::size_t> ends_;
};

class CsvReader {
public:
    CsvReader(std::string path, char separator, CsvLimits limits = {});
    ~CsvReader();
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    void seek(CsvPosition position);
    // False at the end of the file. A malformed record has a problem, and what could be read of it.
    bool next(CsvRecord& record);
    CsvPosition position() const { return {buffer_start_ + at_, line_}; }
    std::uint64_t file_bytes() const { return file_bytes_; }

private:
    enum class Part { cell_start, cell, quoted, after_quote };
    bool fill();
    void step(CsvRecord& record, char c);
    void step_after_quote(CsvRecord& record, char c);
    void take_run(CsvRecord& record);
    void end_cell(CsvRecord& record);
    void open_quotes();
    void break_line(CsvRecord& record);
    void give_up_quotes(CsvRecord& record);
    void check_length(CsvRecord& record);
    bool has_swallowed_rows(const CsvRecord& record) const;
    void skip_to_line_end();

    const std::string path_;
    const char separator_;
    const CsvLimits limits_;
    int file_ = -1;
    std::uint64_t file_bytes_ = 0;
    std::string buffer_;
    std::size_t at_ = 0, filled_ = 0;
    std::uint64_t buffer_start_ = 0, line_ = 1;
    Part part_ = Part::cell_start;
    bool is_ended_ = false;  // the record under way is complete
    // Of the last cell with line breaks inside quotes: where its second line begins, what of the
    // record stood before that, and what its lines look like.
    CsvPosition after_first_line_;
    std::size_t first_line_cells_ = 0, first_line_bytes_ = 0;
    std::size_t breaks_ = 0, separators_ = 0, lines_like_rows_ = 0, skipped_ = 0;
    bool is_first_line_whole_ = false;
    bool is_skipping_ = false;  // the cell is too long to be kept; its end is looked for
};

}  // namespace ponte::imports
