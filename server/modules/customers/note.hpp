// What somebody wrote down about a contact. A note counts as an interaction with it.
#pragma once

#include "kernel/entity.hpp"

namespace ponte::customers {

extern const Entity note_entity;

}  // namespace ponte::customers
