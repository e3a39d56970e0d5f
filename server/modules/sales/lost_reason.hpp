// Why opportunities are lost: a list of the company's own.
#pragma once

#include "kernel/entity.hpp"

namespace ponte::sales {

extern const Entity lost_reason_entity;

}  // namespace ponte::sales
