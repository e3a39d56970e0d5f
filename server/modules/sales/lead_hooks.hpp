// What is said of every lead that is written: its score with its reasons, whose it is, and that it
// is converted only by converting.
#pragma once

#include "kernel/records.hpp"

namespace ponte::sales {

Task<> before_lead(Ctx& ctx, Changes& changes);

}  // namespace ponte::sales
