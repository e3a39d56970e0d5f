// Where an opportunity stands: every way of writing passes here, so that pipeline, stage, status,
// probability and the history of stages never contradict each other.
#pragma once

#include "kernel/records.hpp"

namespace ponte::sales {

// Before it is written: who names no stage gets the first one; a stage brings its pipeline, its
// outcome and its probability along, and what it asks for must be there (422).
Task<> stand_somewhere(Ctx& ctx, Changes& changes);
// Afterwards: the move is kept, and won, lost and reopened are told.
Task<> note_moves(Ctx& ctx, const Changes& changes);

// The stage of its pipeline in which an opportunity is won, lost or, where it stood last, open
// again; 409 when there is none.
Task<Id> first_stage_with(Ctx& ctx, const records::Locked& opportunity, std::string_view outcome);
// 422 when it is not one of the company's list.
Task<> require_reason(Ctx& ctx, Id reason);

}  // namespace ponte::sales
