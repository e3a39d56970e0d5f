// What a company sells, with the price that a proposal begins with.
#pragma once

#include "kernel/entity.hpp"

namespace ponte::sales {

extern const Entity product_entity;

}  // namespace ponte::sales
