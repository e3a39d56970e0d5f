// Whoever writes something is in charge of it, unless somebody else is named.
#pragma once

#include "kernel/records.hpp"

namespace ponte::sales {

void name_owners(Changes& changes);  // of new records: `assigned_to`

}  // namespace ponte::sales
