// What the jobs of long work do.
#pragma once

#include "kernel/work/work.hpp"

namespace ponte::work {

// Goes on from what its row says, to the end; what fails is tried again a few times, then its row
// says how. Throws when it shall be tried again.
Task<> perform(Ctx& ctx, std::unique_ptr<Work> work, bool is_undo, Id id);

// Its job was killed with the program too often.
Task<> say_given_up(Ctx& ctx, std::unique_ptr<Work> work, Id id);

}  // namespace ponte::work
