// When somebody else takes over a customer, the open proposals of whoever had it go along.
#pragma once

#include "kernel/ctx.hpp"
#include "kernel/events.hpp"

namespace ponte::sales {

// Hears contact.updated, of bulks and imports record by record. Safe to hear twice: what has gone
// along is no longer its former owner's.
Task<> hand_over_proposals(Ctx& ctx, const Event& event);

}  // namespace ponte::sales
