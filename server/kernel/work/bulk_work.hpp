// The kinds of work that bulks are.
#pragma once

#include "kernel/work/operation.hpp"

namespace ponte::work {

extern const WorkKind bulk_kinds[3];  // bulk_update, bulk_delete, bulk_restore

}  // namespace ponte::work
