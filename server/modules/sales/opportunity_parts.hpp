// What stands inside an opportunity: what would be sold, and who has a say in it.
#pragma once

#include "kernel/entity.hpp"

namespace ponte::sales {

extern const Entity opportunity_item_entity;
extern const Entity opportunity_contact_entity;

}  // namespace ponte::sales
