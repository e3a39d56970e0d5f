// Files: uploaded first, then taken by a field of a record (records/filed.hpp). Decision 0139.
#pragma once

#include "kernel/app.hpp"

namespace ponte::files {

void declare(App& app);

}  // namespace ponte::files
