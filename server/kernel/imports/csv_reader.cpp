#include "kernel/imports/csv_reader.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace ponte::imports {
namespace {

constexpr std::size_t block_bytes = 256 * 1024;

}  // namespace

std::string_view CsvRecord::cell(std::size_t index) const {
    if (index >= ends_.size()) {
        return {};
    }
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(bytes_).substr(begin, ends_[index] - begin);
}

std::vector<std::string> CsvRecord::cells() const {
    std::vector<std::string> out;
    out.reserve(size());
    for (std::size_t i = 0; i < size(); ++i) {
        out.emplace_back(cell(i));
    }
    return out;
}

void CsvRecord::replace(std::size_t index, std::string_view value) {
    std::vector<std::string> all = cells();
    all.resize(std::max(all.size(), index + 1));
    all[index] = value;
    bytes_.clear();
    ends_.clear();
    for (const std::string& one : all) {
        bytes_ += one;
        ends_.push_back(bytes_.size());
    }
}

void CsvRecord::clear() {
    bytes_.clear();
    ends_.clear();
    problem = {};
}

CsvReader::CsvReader(std::string path, char separator, CsvLimits limits)
    : path_(std::move(path)), separator_(separator), limits_(limits), buffer_(block_bytes, '\0') {
    file_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat facts{};
    if (file_ < 0 || ::fstat(file_, &facts) != 0) {
        const int reason = errno;
        if (file_ >= 0) {
            ::close(file_);
        }
        throw std::system_error(reason, std::generic_category(), "an uploaded file cannot be read");
    }
    file_bytes_ = static_cast<std::uint64_t>(facts.st_size);
    ::posix_fadvise(file_, 0, 0, POSIX_FADV_SEQUENTIAL);
    if (fill() && std::string_view(buffer_).starts_with("\xEF\xBB\xBF")) {
        at_ = 3;
    }
}

CsvReader::~CsvReader() { ::close(file_); }

void CsvReader::seek(CsvPosition position) {
    buffer_start_ = position.offset;
    line_ = position.line;
    at_ = filled_ = 0;
}

// The next block, once the one in hand is used up.
bool CsvReader::fill() {
    buffer_start_ += filled_;
    at_ = filled_ = 0;
    ssize_t got = -1;
    do {
        got = ::pread(file_, buffer_.data(), buffer_.size(), static_cast<off_t>(buffer_start_));
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        throw std::system_error(errno, std::generic_category(), "an uploaded file cannot be read");
    }
    filled_ = static_cast<std::size_t>(got);
    return filled_ > 0;
}

void CsvReader::end_cell(CsvRecord& record) {
    if (record.ends_.size() < limits_.columns) {
        record.ends_.push_back(record.bytes_.size());
    } else {
        record.bytes_.resize(record.ends_.back());
        record.problem = "too_many_columns";
    }
    is_skipping_ = false;
    part_ = Part::cell_start;
}

void CsvReader::open_quotes() {
    part_ = Part::quoted;
    separators_ = lines_like_rows_ = skipped_ = 0;
    ++at_;
}

// A quote that is never closed would swallow what follows: report its line and go on with the next.
void CsvReader::give_up_quotes(CsvRecord& record) {
    record.problem = "unclosed_quote";
    if (breaks_ > 0) {
        record.ends_.resize(first_line_cells_);
        record.bytes_.resize(first_line_bytes_);
        record.ends_.push_back(first_line_bytes_);
        seek(after_first_line_);
        is_ended_ = true;
    } else {
        record.bytes_.resize(record.ends_.empty() ? 0 : record.ends_.back());
        skip_to_line_end();
        part_ = Part::cell;
    }
}

// A line ends inside quotes. When line after line looks like a row, the quote is a stray one.
void CsvReader::break_line(CsvRecord& record) {
    constexpr std::size_t lines_to_judge = 20;
    ++line_;
    if (breaks_++ == 0 || first_line_cells_ != record.ends_.size()) {
        breaks_ = 1;
        is_first_line_whole_ =
            separators_ > 0 && record.ends_.size() + separators_ + 1 == limits_.width;
        after_first_line_ = position();
        first_line_cells_ = record.ends_.size();
        first_line_bytes_ = record.bytes_.size() - (is_skipping_ ? 0 : 1);
    }
    lines_like_rows_ += breaks_ > 1 && limits_.width > 1 && separators_ + 1 == limits_.width;
    separators_ = 0;
    const bool are_rows = breaks_ >= lines_to_judge && lines_like_rows_ * 10 >= breaks_ * 8;
    if (are_rows || breaks_ > limits_.lines_in_quotes) {
        give_up_quotes(record);
    }
}

// Quotes that were closed by another row's leave a record with more cells than the header, or a
// cell whose every line is a whole row. (Addresses have commas, too; they have no semicolons.)
bool CsvReader::has_swallowed_rows(const CsvRecord& record) const {
    const bool are_rows =
        separator_ != ',' && is_first_line_whole_ && breaks_ > 1 && lines_like_rows_ + 1 == breaks_;
    if (are_rows) {
        return true;
    }
    const bool may_have = breaks_ == 1 || lines_like_rows_ > 0;
    if (limits_.width == 0 || breaks_ == 0 || !may_have) {
        return false;
    }
    for (std::size_t i = limits_.width; i < record.size(); ++i) {
        if (!record.cell(i).empty()) {
            return true;
        }
    }
    return false;
}

// What is too long is not kept. Inside quotes with line breaks its end is looked for, so that one
// long text does not become thousands of records.
void CsvReader::check_length(CsvRecord& record) {
    const std::size_t begin = record.ends_.empty() ? 0 : record.ends_.back();
    const bool is_too_long = record.bytes_.size() - begin > limits_.cell_bytes ||
                             record.bytes_.size() > limits_.record_bytes;
    if (part_ == Part::quoted && is_skipping_ && skipped_ > limits_.bytes_in_quotes) {
        give_up_quotes(record);
    } else if (!is_too_long) {
        return;
    } else if (part_ == Part::quoted && breaks_ == 0) {
        give_up_quotes(record);
    } else if (part_ == Part::quoted) {
        record.bytes_.resize(first_line_bytes_);
        record.problem = "too_long";
        is_skipping_ = true;
    } else {
        record.bytes_.resize(begin);
        record.problem = "too_long";
        skip_to_line_end();
    }
}

void CsvReader::skip_to_line_end() {
    while (at_ < filled_ || fill()) {
        const char c = buffer_[at_];
        if (c == '\n' || c == '\r') {
            break;
        }
        ++at_;
    }
}

// Everything up to the next character that means something, in one piece.
void CsvReader::take_run(CsvRecord& record) {
    const std::size_t begin = at_;
    if (part_ == Part::quoted) {
        while (at_ < filled_ && buffer_[at_] != '"' && buffer_[at_] != '\n' &&
               buffer_[at_] != '\r') {
            separators_ += buffer_[at_] == separator_;
            ++at_;
        }
    } else {
        while (at_ < filled_ && buffer_[at_] != separator_ && buffer_[at_] != '\n' &&
               buffer_[at_] != '\r') {
            ++at_;
        }
    }
    if (is_skipping_) {
        skipped_ += at_ - begin;
    } else {
        record.bytes_.append(buffer_, begin, at_ - begin);
    }
}

void CsvReader::step_after_quote(CsvRecord& record, char c) {
    if (c == '"') {  // two quotes are one
        record.bytes_.append(is_skipping_ ? 0 : 1, '"');
        part_ = Part::quoted;
        ++at_;
    } else if (c == ' ' || c == '\t') {
        ++at_;
    } else if (breaks_ > 0) {
        give_up_quotes(record);  // another row's quote seemed to close it
    } else {
        record.problem = "quote";
        part_ = Part::cell;
    }
}

// One meaningful character. Line ends are CR LF, LF, or the CR of very old files.
void CsvReader::step(CsvRecord& record, char c) {
    const bool is_break = c == '\n' || c == '\r';
    if (part_ == Part::quoted) {
        if (c == '"') {
            part_ = Part::after_quote;
            ++at_;
            return;
        }
        record.bytes_.append(is_skipping_ ? 0 : 1, c);
        ++at_;
        const bool is_pair = c == '\r' && (at_ < filled_ || fill()) && buffer_[at_] == '\n';
        if (is_break && !is_pair) {
            break_line(record);
        }
        return;
    }
    if (c == separator_) {
        end_cell(record);
        ++at_;
    } else if (is_break) {
        end_cell(record);
        ++at_;
        if (c == '\r' && (at_ < filled_ || fill()) && buffer_[at_] == '\n') {
            ++at_;
        }
        ++line_;
        is_ended_ = true;
    } else if (part_ == Part::after_quote) {
        step_after_quote(record, c);
    } else if (part_ == Part::cell_start && c == '"') {
        open_quotes();
    } else if (part_ == Part::cell_start && c == ' ') {
        ++at_;  // a blank before a quote; cells are trimmed later anyway
    } else {
        part_ = Part::cell;
        take_run(record);
    }
}

bool CsvReader::next(CsvRecord& record) {
    record.clear();
    record.line = line_;
    part_ = Part::cell_start;
    is_ended_ = false;
    breaks_ = first_line_cells_ = 0;
    is_skipping_ = is_first_line_whole_ = false;
    bool has_begun = false;
    while (!is_ended_ && (at_ < filled_ || fill())) {
        has_begun = true;
        const char c = buffer_[at_];
        if (part_ == Part::quoted && c != '"' && c != '\n' && c != '\r') {
            take_run(record);
        } else {
            step(record, c);
        }
        if (!is_ended_) {
            check_length(record);
        }
    }
    if (!is_ended_ && has_begun) {
        if (part_ == Part::quoted) {
            give_up_quotes(record);
        } else {
            end_cell(record);  // the last line has no line end
        }
    }
    if (record.problem.empty() && has_swallowed_rows(record)) {
        give_up_quotes(record);
    }
    return has_begun;
}

}  // namespace ponte::imports
