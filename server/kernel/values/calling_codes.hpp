// Country calling codes (ITU-T E.164) and how many digits may follow each.
#pragma once

#include <string_view>

namespace ponte::values {

// Length of the calling code at the start of the digits; 0 when no country has it.
int calling_code_length(std::string_view digits);
// Calling code and national number together, without "+".
bool is_international_number(std::string_view digits);

}  // namespace ponte::values
