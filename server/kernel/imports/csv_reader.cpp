#include "kernel/imports/csv_reader.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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
    part_ = Part::cell_start;
}

// A quote that is never closed would swallow the rest of the file: report its line and go on with
// the next one.
void CsvReader::give_up_quotes(CsvRecord& record) {
    record.bytes_.resize(record.ends_.empty() ? 0 : record.ends_.back());
    record.problem = "unclosed_quote";
    if (breaks_ > 0) {
        seek(after_first_line_);
        is_ended_ = true;
    } else {
        skip_to_line_end();
        part_ = Part::cell;
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
            ++at_;
        }
    } else {
        while (at_ < filled_ && buffer_[at_] != separator_ && buffer_[at_] != '\n' &&
               buffer_[at_] != '\r') {
            ++at_;
        }
    }
    record.bytes_.append(buffer_, begin, at_ - begin);
}

void CsvReader::step_after_quote(CsvRecord& record, char c) {
    if (c == '"') {  // two quotes are one
        record.bytes_.push_back('"');
        part_ = Part::quoted;
        ++at_;
    } else if (c == ' ' || c == '\t') {
        ++at_;
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
        record.bytes_.push_back(c);
        ++at_;
        const bool is_pair = c == '\r' && (at_ < filled_ || fill()) && buffer_[at_] == '\n';
        if (is_break && !is_pair) {
            ++line_;
            if (breaks_++ == 0) {
                after_first_line_ = position();
            }
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
        part_ = Part::quoted;
        ++at_;
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
    breaks_ = 0;
    bool has_begun = false;
    while (!is_ended_ && (at_ < filled_ || fill())) {
        has_begun = true;
        const char c = buffer_[at_];
        if (part_ == Part::quoted && c != '"' && c != '\n' && c != '\r') {
            take_run(record);
        } else {
            step(record, c);
        }
        const std::size_t begin = record.ends_.empty() ? 0 : record.ends_.back();
        const bool is_too_long = record.bytes_.size() - begin > limits_.cell_bytes ||
                                 record.bytes_.size() > limits_.record_bytes;
        if (part_ == Part::quoted && (is_too_long || breaks_ > limits_.lines_in_quotes)) {
            give_up_quotes(record);
        } else if (is_too_long) {
            record.bytes_.resize(begin);
            record.problem = "too_long";
            skip_to_line_end();
        }
    }
    if (!is_ended_ && has_begun) {
        if (part_ == Part::quoted) {
            give_up_quotes(record);
        } else {
            end_cell(record);  // the last line has no line end
        }
    }
    return has_begun;
}

}  // namespace ponte::imports
