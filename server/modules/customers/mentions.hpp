// Who is named in a text: "@Carlos Meireles" is one of the company's people, however their name is
// written. Whoever is named first by it is told.
#pragma once

#include "kernel/records.hpp"

namespace ponte::customers {

// Of each note whose text is written: `mentions`, the ids of those who are named, each once.
Task<> find_mentions(Ctx& ctx, Changes& changes);

// Those whom an event of a note names and who were not named before.
std::vector<Id> newly_mentioned(const Services&, const Event& event);

}  // namespace ponte::customers
