// A line of a proposal: so much of something, at a price.
#pragma once

#include "kernel/entity.hpp"

namespace ponte::sales {

extern const Entity proposal_item_entity;

}  // namespace ponte::sales
