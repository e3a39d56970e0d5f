#include "kernel/imports/preview.hpp"

#include <algorithm>
#include <map>

#include "kernel/imports/option_names.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::imports {
namespace {

using records::Kind;

// Values of a choice that no option stands for, with the option that may have been meant.
Json unmatched_json(const Kind& kind, const Target& target, const Look& look, std::size_t column) {
    constexpr std::size_t most_shown = 100;
    const FieldType& type = field_type(target.type);
    if (!type.has_options || type.is_list) {
        return Json::array();
    }
    const OptionNames options(*kind.entity, target);
    std::map<std::string, std::int64_t> counts;
    for (const Cells& cells : look.samples) {
        const std::string value = column < cells.size() ? cells[column] : "";
        if (!value.empty() && !options.find(value) &&
            (counts.contains(value) || counts.size() < most_shown)) {
            ++counts[value];
        }
    }
    Json out = Json::array();
    for (const auto& [value, count] : counts) {
        const auto nearest = options.nearest(value);
        out.push(Json::object({{"value", value},
                               {"count", count},
                               {"suggestion", nearest ? Json(*nearest) : Json{}}}));
    }
    return out;
}

Json columns_json(const Kind& kind, const std::vector<Target>& targets, const Upload& upload,
                  const Look& look, const Suggestions& suggestions) {
    constexpr std::size_t shown_samples = 5;
    Json columns = Json::array();
    for (std::size_t i = 0; i < upload.headers.size(); ++i) {
        Json sample = Json::array();
        for (std::size_t row = 0; row < std::min(look.samples.size(), shown_samples); ++row) {
            sample.push(i < look.samples[row].size() ? look.samples[row][i] : std::string{});
        }
        const auto target = std::find_if(targets.begin(), targets.end(), [&](const Target& one) {
            return suggestions[i] == one.name;
        });
        const bool is_known = target != targets.end();
        const bool skips = is_known && is_suggested_to_skip(*target);
        columns.push(
            Json::object({{"index", static_cast<std::int64_t>(i)},
                          {"header", upload.headers[i]},
                          {"sample", std::move(sample)},
                          {"suggestedField", suggestions[i] ? Json(*suggestions[i]) : Json{}},
                          {"suggestedOnError", skips ? "skip_field" : "refuse_row"},
                          {"unmatchedValues",
                           is_known ? unmatched_json(kind, *target, look, i) : Json::array()}}));
    }
    return columns;
}

Json lines_json(const Look& look) {
    Json lines = Json::array();
    for (std::size_t i = 0; i < look.lines.size(); ++i) {
        Json cells = Json::array();
        for (const std::string& cell : look.lines[i].cells) {
            cells.push(shown_text(cell));
        }
        lines.push(Json::object({{"line", look.lines[i].line}, {"cells", std::move(cells)}}));
    }
    return lines;
}

}  // namespace

Json preview_json(const Kind& kind, const std::vector<Target>& targets, const Upload& upload,
                  const Look& look) {
    const Suggestions suggestions = suggest(kind, targets, upload.headers, look.samples);
    Json sheets = Json::array();
    for (const std::string& sheet : upload.sheets) {
        sheets.push(sheet);
    }
    return Json::object({{"uploadId", upload.id},
                         {"encoding", upload.encoding},
                         {"separator", upload.separator},
                         {"hasHeader", upload.has_header},
                         {"headerLine", upload.header_line},
                         {"sheets", std::move(sheets)},
                         {"sheet", upload.sheet ? Json(*upload.sheet) : Json{}},
                         {"lines", lines_json(look)},
                         {"columns", columns_json(kind, targets, upload, look, suggestions)},
                         {"totalRowsEstimate", look.rows_estimate}});
}

}  // namespace ponte::imports
