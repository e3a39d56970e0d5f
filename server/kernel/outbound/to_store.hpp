// Calls to the store of objects that the operator named in the environment, from code without a
// Ctx. Its address may be private, since the operator typed it: exactly that host and port, and for
// this function alone. What companies typed never goes this way, and shares no connection with it.
#pragma once

#include "kernel/outbound.hpp"

namespace ponte::outbound {

// Answers in the order of the calls; throws std::logic_error for any other address.
Task<std::vector<Answer>> call_store(Outbound& outbound, Loop& loop, std::vector<Call> calls,
                                     std::size_t at_once);

}  // namespace ponte::outbound
