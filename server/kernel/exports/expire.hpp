// Files of exports go after a week, and what is told of an export a good while later.
#pragma once

#include "kernel/ctx.hpp"

namespace ponte::exports {

struct ExpireExports {};
template <class Visit>
void visit_fields(const ExpireExports&, Visit&&) {}

Task<> expire_exports(Ctx& ctx, const ExpireExports& args);

}  // namespace ponte::exports
