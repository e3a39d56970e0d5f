#include "kernel/imports/inspection.hpp"

#include <algorithm>
#include <thread>

namespace ponte::imports {
namespace {

constexpr std::size_t head_records = 30, shown_lines = 10, sample_records = 300,
                      longest_sample = 200;

bool is_within(const CsvReader& reader, const CsvPosition& start) {
    return is_worth_looking(start, reader.position());
}

std::size_t filled_cells(const Cells& cells) {
    return static_cast<std::size_t>(
        std::count_if(cells.begin(), cells.end(), [](const auto& cell) { return !cell.empty(); }));
}

}  // namespace

std::string shown_text(std::string_view cell) {
    std::string text(cell.substr(0, std::min(cell.size(), longest_sample)));
    while (!text.empty() && text.size() < cell.size() &&
           (static_cast<unsigned char>(cell[text.size()]) & 0xC0) == 0x80) {
        text.pop_back();  // never half a letter
    }
    if (!is_valid_utf8(text)) {
        text.resize(static_cast<std::size_t>(
            std::find_if(text.begin(), text.end(),
                         [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) -
            text.begin()));
    }
    std::erase(text, '\0');
    return text;
}

namespace {

std::vector<HeadRecord> head_of(const std::string& path, const Layout& layout, std::size_t most) {
    CsvReader reader(path, layout.separator);
    reader.seek(layout.start);
    CsvRecord record;
    CsvPosition begin = layout.start;
    std::vector<HeadRecord> head;
    while (head.size() < most && is_within(reader, layout.start) && reader.next(record)) {
        if (!record.is_blank()) {
            const auto line = static_cast<std::int64_t>(record.line);
            head.push_back({line, begin, reader.position(), record.cells()});
        }
        begin = reader.position();
    }
    return head;
}

}  // namespace

Inspection inspect(const std::string& path, const Reading& reading) {
    Inspection out;
    out.encoding = reading.encoding ? *reading.encoding : detect_encoding(path);
    convert_to_utf8(path, out.encoding);
    out.layout = detect_layout(path);
    out.layout.separator = reading.separator.value_or(out.layout.separator);
    out.head = head_of(path, out.layout, head_records);
    return out;
}

Header header_in(const records::Kind& kind, const std::vector<Target>& targets,
                 const std::vector<HeadRecord>& head, const Reading& reading) {
    if (reading.header_line) {
        for (std::size_t i = 0; i < head.size(); ++i) {
            if (head[i].line == *reading.header_line) {
                return {i, true};
            }
        }
        return {{}, *reading.header_line == 0};
    }
    // Titles of a report may stand above: lines with a single value.
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (filled_cells(head[i].cells) > 1) {
            if (i > 0 && names_fields(kind, targets, head[i].cells)) {
                return {i, true};
            }
            break;
        }
    }
    const bool is_first = head.empty() || looks_like_header(kind, targets, head.front().cells);
    return {is_first && !head.empty() ? std::optional<std::size_t>(0) : std::nullopt, true};
}

Look look(const std::string& path, char separator, CsvPosition start) {
    CsvReader reader(path, separator);
    reader.seek(start);
    CsvRecord record;
    Look out;
    out.lines = head_of(path, {separator, CsvReader(path, separator).position()}, shown_lines);
    while (out.samples.size() < sample_records && is_within(reader, start) && reader.next(record)) {
        if (record.is_blank()) {
            continue;
        }
        Cells cells = record.cells();
        for (std::string& cell : cells) {
            cell = shown_text(cell);
        }
        out.samples.push_back(std::move(cells));
    }
    const std::uint64_t read = reader.position().offset - start.offset;
    if (!out.samples.empty() && read > 0) {
        const double each = static_cast<double>(read) / static_cast<double>(out.samples.size());
        out.rows_estimate = static_cast<std::int64_t>(
            static_cast<double>(reader.file_bytes() - start.offset) / each + 0.5);
    }
    return out;
}

auth::Turnstile& inspections() {
    constexpr std::size_t longest_queue = 100;
    static auth::Turnstile gate(
        std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2), longest_queue);
    return gate;
}

}  // namespace ponte::imports
