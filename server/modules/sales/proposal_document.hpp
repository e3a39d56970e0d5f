// A file that belongs to a proposal: what the customer sent, what was signed. It comes and goes
// also when the proposal itself is held by its state.
#pragma once

#include "kernel/entity.hpp"

namespace ponte::sales {

extern const Entity proposal_document_entity;

}  // namespace ponte::sales
