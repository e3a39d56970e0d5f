// When somebody else takes over a customer, the open proposals and opportunities of whoever had it
// go along.
#pragma once

#include "kernel/ctx.hpp"
#include "kernel/events.hpp"

namespace ponte::sales {

// Both hear contact.updated, of bulks and imports record by record. Safe to hear twice: what has
// gone along is no longer its former owner's.
Task<> hand_over_proposals(Ctx& ctx, const Event& event);
Task<> hand_over_opportunities(Ctx& ctx, const Event& event);

}  // namespace ponte::sales
