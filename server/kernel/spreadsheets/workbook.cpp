#include "kernel/spreadsheets/workbook.hpp"

#include <charconv>
#include <cstdio>
#include <fstream>
#include <memory>
#include <optional>

#include "kernel/spreadsheets/parts.hpp"
#include "kernel/spreadsheets/safe_cell.hpp"
#include "kernel/spreadsheets/xml.hpp"

namespace ponte::spreadsheets {
namespace {

constexpr std::string_view archive_start = "PK\x03\x04",
                           wrapped_start = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

std::string first_bytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string first(8, '\0');
    file.read(first.data(), static_cast<std::streamsize>(first.size()));
    first.resize(static_cast<std::size_t>(file.gcount()));
    return first;
}

class CsvWriter {
public:
    CsvWriter(const std::string& path, std::uint64_t most_bytes)
        : file_(std::fopen(path.c_str(), "wbe")), most_bytes_(most_bytes) {}
    ~CsvWriter() {
        if (file_) {
            std::fclose(file_);
        }
    }
    CsvWriter(const CsvWriter&) = delete;
    CsvWriter& operator=(const CsvWriter&) = delete;

    void cell(std::string_view text) { line_ += text; }
    void comma() { line_ += ','; }
    bool has_ended(Trouble& trouble) {
        line_ += '\n';
        written_ += line_.size();
        const bool is_well = file_ && written_ <= most_bytes_ &&
                             std::fwrite(line_.data(), 1, line_.size(), file_) == line_.size();
        line_.clear();
        trouble = is_well ? trouble : "unpacks_too_large";
        return is_well;
    }
    bool close() {
        const bool is_well = file_ && std::fclose(file_) == 0;
        file_ = nullptr;
        return is_well;
    }

private:
    std::FILE* file_;
    const std::uint64_t most_bytes_;
    std::uint64_t written_ = 0;
    std::string line_;
};

// "AB12" → 27; none for what names no column.
std::optional<std::size_t> column_of(std::string_view reference) {
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') {
            break;
        }
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
        if (column > 16'384) {
            return {};
        }
    }
    return column == 0 ? std::nullopt : std::optional(column - 1);
}

class RowReader : public XmlHandler {
public:
    RowReader(const SharedStrings& strings, const Formats& formats, bool is_since_1904,
              CsvWriter& out)
        : strings_(strings), formats_(formats), is_since_1904_(is_since_1904), out_(out) {}

    void begin(std::string_view name, const Attributes& attributes) override;
    void end(std::string_view name) override;
    void text(std::string_view text) override {
        if (is_value_) {
            value_ += text;
        }
    }
    std::uint64_t rows() const { return rows_; }

private:
    // What begins like a formula is none here, and gets the mark that imports take off.
    bool is_text() const { return type_ == "s" || type_ == "str" || type_ == "inlineStr"; }
    std::string shown_value() const;
    void end_cell();
    void end_row();

    const SharedStrings& strings_;
    const Formats& formats_;
    const bool is_since_1904_;
    CsvWriter& out_;
    std::uint64_t rows_ = 0, written_lines_ = 0, row_ = 0;
    std::size_t column_ = 0, written_cells_ = 0;
    std::string type_, value_;
    std::size_t style_ = 0;
    bool is_value_ = false, is_phonetic_ = false, has_cell_ = false, has_text_ = false;
};

void RowReader::begin(std::string_view name, const Attributes& attributes) {
    constexpr std::uint64_t last_row = 1'048'576;
    if (name == "row") {
        const std::string_view number = attributes.get("r");
        std::uint64_t row = row_ + 1;
        std::from_chars(number.data(), number.data() + number.size(), row);
        row_ = row > row_ ? row : row_ + 1;
        trouble = row_ > last_row ? "broken" : trouble;
        column_ = written_cells_ = 0;
        has_cell_ = false;
    } else if (name == "c") {
        const std::string_view reference = attributes.get("r"), style = attributes.get("s");
        const std::size_t next = has_cell_ ? column_ + 1 : 0;
        const auto column = reference.empty() ? next : column_of(reference);
        trouble = !column || *column < next ? "broken" : trouble;
        column_ = column.value_or(next);
        has_cell_ = true;
        type_ = attributes.get("t");
        style_ = 0;
        std::from_chars(style.data(), style.data() + style.size(), style_);
        value_.clear();
    } else if (name == "rPh") {
        is_phonetic_ = true;
    } else {
        is_value_ = name == "v" || (name == "t" && !is_phonetic_);
    }
}

void RowReader::end(std::string_view name) {
    is_value_ = false;
    if (name == "c") {
        end_cell();
    } else if (name == "row") {
        end_row();
    } else if (name == "rPh") {
        is_phonetic_ = false;
    }
}

std::string RowReader::shown_value() const {
    if (type_ == "s") {
        std::size_t index = 0;
        std::from_chars(value_.data(), value_.data() + value_.size(), index);
        return std::string(strings_.at(index));
    }
    if (is_text()) {
        return unescaped(value_);
    }
    if (type_ == "b") {
        return value_ == "1" ? "true" : "false";
    }
    if (type_ == "d") {
        return iso_text(value_);
    }
    if (type_ == "e") {
        return value_;  // #N/A is told as what it is
    }
    return number_text(value_, style_ < formats_.size() ? formats_[style_] : Format{},
                       is_since_1904_);
}

// Blank lines before a row with something in it are made up for, those after the last are not.
void RowReader::end_cell() {
    const std::string shown = value_.empty() ? std::string{} : shown_value();
    if (shown.empty()) {
        return;
    }
    while (written_lines_ + 1 < row_ && out_.has_ended(trouble)) {
        ++written_lines_;
    }
    for (; written_cells_ < column_; ++written_cells_) {
        out_.comma();
    }
    out_.cell(is_text() ? safe_cell(shown) : shown);
    has_text_ = true;
}

void RowReader::end_row() {
    if (has_text_ && out_.has_ended(trouble)) {
        written_lines_ = row_;
        ++rows_;
    }
    has_text_ = false;
}

}  // namespace

bool may_be_workbook(const std::string& path) {
    const std::string first = first_bytes(path);
    return first.starts_with(archive_start) || first.starts_with(wrapped_start);
}

namespace {

// What is neither an archive nor wrapped in one is an old workbook or a locked one.
Trouble open_parts(const std::string& path, const Archive& archive, const Limits& limits,
                   Parts& parts) {
    if (!archive.is_open()) {
        return first_bytes(path).starts_with(wrapped_start) ? "locked" : "not_a_workbook";
    }
    return read_parts(archive, limits, parts);
}

}  // namespace

Sheets sheets_of(const std::string& path, const Limits& limits) {
    const Archive archive(path);
    Parts parts;
    Sheets out;
    out.trouble = open_parts(path, archive, limits, parts);
    for (Parts::Sheet& sheet : parts.sheets) {
        out.names.push_back(std::move(sheet.name));
    }
    return out;
}

Written write_csv(const std::string& path, std::size_t sheet, const std::string& to,
                  const Limits& limits) {
    const Archive archive(path);
    Parts parts;
    if (const Trouble trouble = open_parts(path, archive, limits, parts); !trouble.empty()) {
        return {trouble};
    }
    if (sheet >= parts.sheets.size()) {
        return {"no_sheet"};
    }
    Formats formats;
    SharedStrings strings;
    const std::string folder = to.substr(0, to.rfind('/') + 1);
    for (const Trouble trouble :
         {read_formats(archive, parts, formats), strings.read(archive, parts, limits, folder)}) {
        if (!trouble.empty()) {
            return {trouble};
        }
    }
    CsvWriter out(to, limits.written_bytes);
    RowReader reader(strings, formats, parts.is_since_1904, out);
    const Trouble trouble = read_xml(archive, parts.sheets[sheet].part, limits.part_bytes, reader);
    const bool is_kept = out.close();
    return {!trouble.empty() ? trouble : is_kept ? "" : "unpacks_too_large", reader.rows()};
}

}  // namespace ponte::spreadsheets
