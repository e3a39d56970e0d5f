// What makes a lead look good, in points: a question to one of its fields.
#pragma once

#include "kernel/entity.hpp"

namespace ponte::sales {

extern const Entity score_rule_entity;

}  // namespace ponte::sales
