#include "kernel/spreadsheets/parts.hpp"

#include <charconv>
#include <map>
#include <optional>

#include "kernel/spreadsheets/xml.hpp"

namespace ponte::spreadsheets {
namespace {

constexpr std::uint64_t small_part_bytes = 16u << 20;

// "xl/workbook.xml" and "worksheets/sheet1.xml" → "xl/worksheets/sheet1.xml"
std::string beside(const std::string& part, std::string_view target) {
    std::string folder = part.substr(0, part.rfind('/') + 1);
    if (target.starts_with('/')) {
        return std::string(target.substr(1));
    }
    while (target.starts_with("../") && !folder.empty()) {
        target.remove_prefix(3);
        const std::size_t cut = folder.rfind('/', folder.size() - 2);
        folder.resize(cut == folder.npos ? 0 : cut + 1);
    }
    return folder + std::string(target.starts_with("./") ? target.substr(2) : target);
}

// Where a part's own relations stand: xl/workbook.xml → xl/_rels/workbook.xml.rels
std::string relations_of(const std::string& part) {
    const std::size_t cut = part.rfind('/') + 1;  // 0 when there is none
    return part.substr(0, cut) + "_rels/" + part.substr(cut) + ".rels";
}

struct Relation {
    std::string id, type, target;
};

class RelationReader : public XmlHandler {
public:
    void begin(std::string_view name, const Attributes& attributes) override {
        if (name == "Relationship") {
            const std::string_view type = attributes.get("Type");
            found.push_back({std::string(attributes.get("Id")),
                             std::string(type.substr(type.rfind('/') + 1)),
                             std::string(attributes.get("Target"))});
        }
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}

    std::vector<Relation> found;
};

class SheetReader : public XmlHandler {
public:
    void begin(std::string_view name, const Attributes& attributes) override {
        if (name == "workbookPr") {
            const std::string_view since = attributes.get("date1904");
            is_since_1904 = since == "1" || since == "true";
        } else if (name == "sheet") {
            const std::string_view state = attributes.get("state");
            const bool is_shown = state.empty() || state == "visible";
            sheets.push_back(
                {std::string(attributes.get("name")), std::string(attributes.get("id")), is_shown});
        }
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}

    struct Sheet {
        std::string name, relation;
        bool is_shown;
    };
    std::vector<Sheet> sheets;
    bool is_since_1904 = false;
};

int number_in(std::string_view text, int otherwise) {
    int value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

class FormatReader : public XmlHandler {
public:
    void begin(std::string_view name, const Attributes& attributes) override {
        if (name == "numFmt") {
            const int number = number_in(attributes.get("numFmtId"), -1);
            own_.insert_or_assign(number, format_of(attributes.get("formatCode")));
        } else if (name == "cellXfs") {
            is_of_cells_ = true;
        } else if (name == "xf" && is_of_cells_ && found.size() < most_styles) {
            const int number = number_in(attributes.get("numFmtId"), 0);
            const auto own = own_.find(number);
            found.push_back(own != own_.end() ? own->second : built_in_format(number));
        }
    }
    void end(std::string_view name) override { is_of_cells_ = is_of_cells_ && name != "cellXfs"; }
    void text(std::string_view) override {}

    Formats found;

private:
    static constexpr std::size_t most_styles = 100'000;
    std::map<int, Format> own_;
    bool is_of_cells_ = false;
};

std::optional<std::string> workbook_part(const Archive& archive) {
    RelationReader reader;
    if (!read_xml(archive, "_rels/.rels", small_part_bytes, reader).empty()) {
        return {};
    }
    for (const Relation& relation : reader.found) {
        if (relation.type == "officeDocument") {
            return beside("", relation.target);
        }
    }
    return {};
}

}  // namespace

Trouble read_parts(const Archive& archive, const Limits& limits, Parts& out) {
    const auto workbook = workbook_part(archive);
    if (!workbook || !archive.has(*workbook)) {
        return "not_a_workbook";
    }
    SheetReader book;
    RelationReader related;
    for (const Trouble trouble :
         {read_xml(archive, *workbook, small_part_bytes, book),
          read_xml(archive, relations_of(*workbook), small_part_bytes, related)}) {
        if (!trouble.empty()) {
            return trouble;
        }
    }
    out.is_since_1904 = book.is_since_1904;
    std::map<std::string, std::string> sheets;
    for (const Relation& relation : related.found) {
        const std::string part = beside(*workbook, relation.target);
        if (relation.type == "worksheet") {
            sheets[relation.id] = part;
        } else if (relation.type == "styles" && archive.has(part)) {
            out.styles = part;
        } else if (relation.type == "sharedStrings" && archive.has(part)) {
            out.strings = part;
        }
    }
    for (SheetReader::Sheet& sheet : book.sheets) {
        const auto part = sheets.find(sheet.relation);  // sheets of charts have no rows
        if (sheet.is_shown && part != sheets.end() && out.sheets.size() < limits.sheets) {
            out.sheets.push_back({std::move(sheet.name), part->second});
        }
    }
    return out.sheets.empty() ? "not_a_workbook" : "";
}

Trouble read_formats(const Archive& archive, const Parts& parts, Formats& out) {
    if (parts.styles.empty()) {
        return "";
    }
    FormatReader reader;
    const Trouble trouble = read_xml(archive, parts.styles, small_part_bytes, reader);
    out = std::move(reader.found);
    return trouble;
}

}  // namespace ponte::spreadsheets
