// The headers of one part of a multipart body.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponte::http {

struct PartHead {
    std::string name, file_name, content_type;
    bool is_file = false;
};

// Nothing when it does not say which field it is.
std::optional<PartHead> parse_part_head(std::string_view head);

// `name` of `form-data; name="x"`, quoted or not.
std::optional<std::string> header_parameter(std::string_view value, std::string_view name);

}  // namespace ponte::http
