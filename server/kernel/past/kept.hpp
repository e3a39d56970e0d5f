// What the log keeps of a kind, for whoever wants something of its past.
#pragma once

#include "kernel/entities/catalogue.hpp"

namespace ponte::records {

Error past_not_kept();  // 409 history.not_kept

// Throws it, unless so much of the kind's changes is kept.
void require_past(const Kind& kind, History least);

}  // namespace ponte::records
