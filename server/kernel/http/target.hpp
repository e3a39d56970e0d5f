// The request target, taken apart and made harmless: what a handler sees as path has one spelling.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponte::http {

struct Target {
    std::string path;   // decoded, without empty segments
    std::string query;  // raw
};

// Nothing for what is no sane target: `..` or `.` as a segment, an encoded slash or backslash, NUL
// and other control characters, broken percent signs, text that is not UTF-8, in the query, too.
std::optional<Target> parse_target(std::string_view method, std::string_view target);

}  // namespace ponte::http
