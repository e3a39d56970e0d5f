// What is offered to a contact: items, a total, and what became of it.
#pragma once

#include "kernel/entity.hpp"

namespace ponte::sales {

extern const Entity proposal_entity;

}  // namespace ponte::sales
