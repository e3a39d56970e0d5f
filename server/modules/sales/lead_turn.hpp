// Who takes new leads, in turn; of some, only those from a source.
#pragma once

#include "kernel/entity.hpp"

namespace ponte::sales {

extern const Entity lead_turn_entity;

}  // namespace ponte::sales
