#include "kernel/imports/csv_dialect.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <system_error>

#include "kernel/imports/csv_reader.hpp"
#include "kernel/values.hpp"

namespace ponte::imports {
namespace {

constexpr std::size_t block_bytes = 1u << 18;
constexpr int records_to_judge = 50;

void read_blocks(const std::string& path, const std::function<void(std::string_view)>& use) {
    std::ifstream file(path, std::ios::binary);
    std::string block(block_bytes, '\0');
    while (file) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        const auto got = static_cast<std::size_t>(file.gcount());
        if (got > 0) {
            use(std::string_view(block).substr(0, got));
        }
    }
}

std::string head_of(const std::string& path, std::size_t length) {
    std::ifstream file(path, std::ios::binary);
    std::string head(length, '\0');
    file.read(head.data(), static_cast<std::streamsize>(length));
    head.resize(static_cast<std::size_t>(file.gcount()));
    return head;
}

// Counts well-formed and broken UTF-8 sequences, across blocks.
class Utf8Judge {
public:
    void look(std::string_view block) {
        for (const char character : block) {
            const auto c = static_cast<unsigned char>(character);
            if (waiting_ > 0 && (c & 0xC0) == 0x80) {
                good_ += --waiting_ == 0;
                continue;
            }
            broken_ += waiting_ > 0;
            waiting_ = 0;
            if (c >= 0x80) {
                waiting_ = c >= 0xF0 && c <= 0xF4  ? 3
                           : c >= 0xE0 && c < 0xF0 ? 2
                           : c >= 0xC2 && c < 0xE0 ? 1
                                                   : 0;
                broken_ += waiting_ == 0;
            }
        }
    }
    // A few broken letters do not turn a UTF-8 file into another one: their rows are reported.
    bool is_utf8() const { return broken_ == 0 || good_ > 10 * broken_; }

private:
    int waiting_ = 0;
    std::uint64_t good_ = 0, broken_ = 0;
};

// What Windows-1252 has at 0x80–0x9F; the five holes become the replacement character.
constexpr std::array<char16_t, 32> windows_1252 = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

void append_utf8(std::string& out, char32_t c) {
    if (c < 0x80) {
        out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
        out.push_back(static_cast<char>(0xC0 | (c >> 6)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else {
        if (c < 0x10000) {
            out.push_back(static_cast<char>(0xE0 | (c >> 12)));
        } else {
            out.push_back(static_cast<char>(0xF0 | (c >> 18)));
            out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
        }
        out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    }
}

class Converter {
public:
    explicit Converter(Encoding from) : from_(from) {}

    void convert(std::string_view block, std::string& out) {
        for (const char character : block) {
            const auto c = static_cast<unsigned char>(character);
            if (from_ == Encoding::windows_1252) {
                line_.push_back(character);
                if (c == '\n' || c == '\r' || line_.size() >= block_bytes) {
                    end_line(out);
                }
            } else if (!has_half_) {
                half_ = c;
                has_half_ = true;
            } else {
                has_half_ = false;
                unit(from_ == Encoding::utf16_le ? half_ | c << 8 : half_ << 8 | c, out);
            }
        }
    }

    void end(std::string& out) { end_line(out); }

private:
    // Two files glued together are one file of two encodings: what is UTF-8 stays as it is.
    void end_line(std::string& out) {
        if (is_valid_utf8(line_)) {
            out += line_;
        } else {
            for (const char character : line_) {
                const auto c = static_cast<unsigned char>(character);
                append_utf8(out, c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c);
            }
        }
        line_.clear();
    }

    void unit(char32_t value, std::string& out) {
        if (value >= 0xD800 && value < 0xDC00) {
            high_ = value;
            return;
        }
        if (value >= 0xDC00 && value < 0xE000) {
            append_utf8(out,
                        high_ ? 0x10000 + ((high_ - 0xD800) << 10) + (value - 0xDC00) : 0xFFFD);
        } else if (value != 0xFEFF) {
            append_utf8(out, value);
        }
        high_ = 0;
    }

    const Encoding from_;
    char32_t half_ = 0, high_ = 0;
    bool has_half_ = false;
    std::string line_;
};

}  // namespace

std::string_view encoding_name(Encoding encoding) {
    switch (encoding) {
        case Encoding::utf16_le:
            return "utf-16le";
        case Encoding::utf16_be:
            return "utf-16be";
        case Encoding::windows_1252:
            return "windows-1252";
        default:
            return "utf-8";
    }
}

std::optional<Encoding> parse_encoding(std::string_view name) {
    for (const Encoding encoding :
         {Encoding::utf8, Encoding::utf16_le, Encoding::utf16_be, Encoding::windows_1252}) {
        if (folded(name) == encoding_name(encoding)) {
            return encoding;
        }
    }
    for (const std::string_view alias : {"latin1", "iso-8859-1", "cp1252", "ansi"}) {
        if (folded(name) == alias) {
            return Encoding::windows_1252;
        }
    }
    return {};
}

bool is_binary(const std::string& path) {
    const std::string head = head_of(path, 8);
    return head.starts_with("%PDF") || head.starts_with("\x1F\x8B") || head.starts_with("\x89PNG");
}

Encoding detect_encoding(const std::string& path) {
    const std::string head = head_of(path, 4096);
    if (head.starts_with("\xEF\xBB\xBF")) {
        return Encoding::utf8;
    }
    if (head.starts_with("\xFF\xFE")) {
        return Encoding::utf16_le;
    }
    if (head.starts_with("\xFE\xFF")) {
        return Encoding::utf16_be;
    }
    // Latin text in UTF-16 has a zero in nearly every second byte.
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < head.size(); ++i) {
        zeros[i % 2] += head[i] == '\0';
    }
    if (zeros[1] > head.size() / 4 && zeros[0] < zeros[1] / 8) {
        return Encoding::utf16_le;
    }
    if (zeros[0] > head.size() / 4 && zeros[1] < zeros[0] / 8) {
        return Encoding::utf16_be;
    }
    Utf8Judge judge;
    read_blocks(path, [&](std::string_view block) { judge.look(block); });
    return judge.is_utf8() ? Encoding::utf8 : Encoding::windows_1252;
}

std::string sent_path(const std::string& path) { return path + ".sent"; }

void convert_to_utf8(const std::string& path, Encoding from) {
    if (from == Encoding::utf8) {
        return;
    }
    const std::string target = path + ".utf8";
    std::ofstream out(target, std::ios::binary | std::ios::trunc);
    Converter converter(from);
    std::string text;
    read_blocks(path, [&](std::string_view block) {
        text.clear();
        converter.convert(block, text);
        out.write(text.data(), static_cast<std::streamsize>(text.size()));
    });
    text.clear();
    converter.end(text);
    out << text;
    out.close();
    if (!out) {
        throw std::system_error(errno, std::generic_category(),
                                "an uploaded file cannot be converted");
    }
    std::filesystem::rename(path, sent_path(path));
    std::filesystem::rename(target, path);
}

namespace {

// How well a separator fits: how many records agree on their number of cells, and on how many.
double fitness(const std::string& path, const Layout& layout) {
    CsvReader reader(path, layout.separator);
    reader.seek(layout.start);
    CsvRecord record;
    std::map<std::size_t, int> sizes;
    int records = 0;
    while (records < records_to_judge && is_worth_looking(layout.start, reader.position()) &&
           reader.next(record)) {
        if (!record.is_blank()) {
            ++sizes[record.size()];
            ++records;
        }
    }
    double best = 0;
    for (const auto& [size, count] : sizes) {
        const double agreement = static_cast<double>(count) / records;
        const double columns = static_cast<double>(std::min<std::size_t>(size, 50));
        best = std::max(best, size < 2 ? 0 : agreement * agreement * (1 + 0.01 * columns));
    }
    return best;
}

}  // namespace

namespace {

// "sep=;", as some spreadsheets write it and others save it again: SEP=;  "sep=;"  sep=;;;
std::optional<char> separator_named_by(std::string_view line) {
    const auto begin = line.find_first_not_of(" \t\"");
    line.remove_prefix(begin == line.npos ? line.size() : begin);
    constexpr std::string_view word = "sep=";
    const bool is_named = line.size() > word.size() && folded(line.substr(0, 4)) == word;
    const char separator = is_named ? line[word.size()] : '\0';
    const std::string rest{separator, ' ', '"'};
    if (!is_named || separators.find(separator) == separators.npos ||
        line.substr(word.size()).find_first_not_of(rest) != line.npos) {
        return {};
    }
    return separator;
}

}  // namespace

Layout detect_layout(const std::string& path) {
    Layout layout;
    CsvReader reader(path, '\0');
    layout.start = reader.position();
    CsvRecord first;
    if (reader.next(first)) {
        if (const auto named = separator_named_by(first.cell(0))) {
            return {*named, reader.position()};
        }
    }
    Layout candidate = layout;
    double best = 0;
    for (const char separator : separators) {
        candidate.separator = separator;
        const double score = fitness(path, candidate);
        if (score > best) {
            best = score;
            layout.separator = separator;
        }
    }
    return layout;
}

}  // namespace ponte::imports
