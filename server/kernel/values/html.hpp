// Text within HTML.
#pragma once

#include <string>
#include <string_view>

namespace ponte {

// With its <, >, & and " as what they mean: text, also within a quoted attribute.
std::string escaped_html(std::string_view text);

}  // namespace ponte
