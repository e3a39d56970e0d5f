#include "kernel/http/part_head.hpp"

#include <algorithm>

#include "kernel/http/header_text.hpp"
#include "kernel/values.hpp"

namespace ponte::http {
namespace {

// Takes `"…"` off the front of `rest`, and what stands behind a backslash as it is.
std::string take_quoted(std::string_view& rest) {
    std::string text;
    std::size_t i = 1;
    for (; i < rest.size() && rest[i] != '"'; ++i) {
        // Windows paths keep their backslashes; only an escaped quote is an escape in practice.
        if (rest[i] == '\\' && i + 1 < rest.size() && rest[i + 1] == '"') {
            ++i;
        }
        text += rest[i];
    }
    rest.remove_prefix(std::min(i + 1, rest.size()));
    return text;
}

// Browsers write quotes and line breaks in names as %22, %0D and %0A, and nothing else.
std::string without_browser_escapes(std::string text) {
    for (const auto& [code, c] : {std::pair{"%22", '"'}, {"%0D", ' '}, {"%0A", ' '}}) {
        for (auto at = text.find(code); at != text.npos; at = text.find(code, at + 1)) {
            text.replace(at, 3, 1, c);
        }
    }
    return text;
}

}  // namespace

std::optional<std::string> header_parameter(std::string_view value, std::string_view name) {
    auto rest = value.substr(std::min(value.find(';'), value.size()));
    while (!rest.empty()) {
        rest = trimmed(rest.substr(1));
        const auto equals = rest.find_first_of("=;");
        if (equals == rest.npos) {
            return {};
        }
        const std::string key = lower_case(trimmed(rest.substr(0, equals)));
        std::string text;
        if (rest[equals] == '=') {
            rest = trimmed(rest.substr(equals + 1));
            if (rest.starts_with('"')) {
                text = take_quoted(rest);
                rest = rest.substr(std::min(rest.find(';'), rest.size()));
            } else {
                const auto end = std::min(rest.find(';'), rest.size());
                text = trimmed(rest.substr(0, end));
                rest = rest.substr(end);
            }
        } else {
            rest = rest.substr(equals);
        }
        if (key == name) {
            return text;
        }
    }
    return {};
}

std::optional<PartHead> parse_part_head(std::string_view head) {
    PartHead part;
    bool has_name = false;
    while (!head.empty()) {
        const auto end = std::min(head.find("\r\n"), head.size());
        const auto line = head.substr(0, end);
        head.remove_prefix(std::min(end + 2, head.size()));
        const auto colon = std::min(line.find(':'), line.size());
        const std::string name = lower_case(trimmed(line.substr(0, colon)));
        const auto value = trimmed(line.substr(std::min(colon + 1, line.size())));
        if (name == "content-type") {
            part.content_type = value;
        } else if (name == "content-disposition" && lower_case(value).starts_with("form-data")) {
            if (auto field = header_parameter(value, "name")) {
                part.name = without_browser_escapes(std::move(*field));
                has_name = true;
            }
            if (auto file = header_parameter(value, "filename")) {
                part.file_name = without_browser_escapes(std::move(*file));
                part.is_file = true;
            }
        }
    }
    if (!is_valid_utf8(part.file_name)) {
        part.file_name = "upload";
    }
    if (!has_name || !is_valid_utf8(part.name) || !is_valid_utf8(part.content_type)) {
        return {};
    }
    return part;
}

}  // namespace ponte::http
