// Operations as screens see them: their list, their progress, their undo.
#pragma once

#include "kernel/work/operation.hpp"

namespace ponte {
class App;
}

namespace ponte::records {

// Routes and jobs.
void declare_operations(App& app);

// After the last attempt failed.
Task<> tell_end_of_operation(Ctx& ctx, Id operation_id);

}  // namespace ponte::records
