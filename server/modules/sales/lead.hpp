// Somebody's interest: where it came from, how good it looks and why, and what became of it. A
// contact may have several over time.
#pragma once

#include "kernel/entity.hpp"

namespace ponte::sales {

extern const Entity lead_entity;

}  // namespace ponte::sales
