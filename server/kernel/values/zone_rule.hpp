// The line at the end of a zone's file: how clocks change for ever after.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "kernel/values/zones.hpp"

namespace ponte::values {

std::optional<ZoneRule> read_zone_rule(std::string_view text);
std::int32_t offset_of(const ZoneRule& rule, std::int64_t utc_s);

}  // namespace ponte::values
