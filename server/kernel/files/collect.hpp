// What nobody needs any more: files that no record took, and bytes that no row knows.
#pragma once

#include "kernel/ctx.hpp"

namespace ponte::files {

struct CollectFiles {};
template <class Visit>
void visit_fields(const CollectFiles&, Visit&&) {}

// Safe to run twice, and to be killed anywhere: rows go before their bytes, and what is left of
// that is found by the next one.
Task<> collect_files(Ctx& ctx, const CollectFiles& args);

}  // namespace ponte::files
