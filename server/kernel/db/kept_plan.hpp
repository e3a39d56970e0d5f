// A statement over a table in many parts takes far longer to plan than to run, and PostgreSQL would
// plan it anew for every value whose plan looks a little cheaper. After this, to the end of the
// transaction, one plan does for all values.
#pragma once

#include "kernel/db.hpp"

namespace ponte::db {

inline Statement keep_plans() {
    return {"select set_config('plan_cache_mode', 'force_generic_plan', true)", {}};
}
inline Statement plan_as_usual() {
    return {"select set_config('plan_cache_mode', 'auto', true)", {}};
}

}  // namespace ponte::db
