// Enters what the log and the facts have told into the chains of their companies.
#pragma once

#include "kernel/loop.hpp"
#include "kernel/task.hpp"

namespace ponte {
class Services;
}

namespace ponte::audit {

enum class Entered { all, more, somebody_else };

// Some of what waits, in its order, once: whoever else tries meanwhile is told so.
Task<Entered> enter_some(Services& services, Loop& loop);

}  // namespace ponte::audit
