// The table behind folded(): apart from its code, since it is long and made by the database.
#pragma once

#include <string_view>

namespace ponte::values {

// "Àa Æae …": a character, then what stands for it; sets are parted by blanks.
extern const std::string_view foldings;

}  // namespace ponte::values
