// A lead becomes a contact and an opportunity, in one transaction.
#pragma once

#include "kernel/records.hpp"

namespace ponte::sales {

// Uses the contact who is known by the same phone, e-mail or document, and the opportunity that is
// named; else makes them. The lead is locked: twice at once converts once.
Task<> convert(Ctx& ctx, const records::Locked& lead, const Values& input);

}  // namespace ponte::sales
