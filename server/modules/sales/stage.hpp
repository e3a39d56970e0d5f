// A step of a pipeline: a column of the board.
#pragma once

#include "kernel/entity.hpp"

namespace ponte::sales {

extern const Entity stage_entity;

}  // namespace ponte::sales
