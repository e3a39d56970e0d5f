// Labels of the company; contacts name them, and a name that nobody has used yet becomes one.
#pragma once

#include "kernel/entity.hpp"

namespace ponte::customers {

extern const Entity tag_entity;

}  // namespace ponte::customers
