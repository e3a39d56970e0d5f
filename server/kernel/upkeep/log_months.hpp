// The months of the log (decision 0138): made before they come, begun with the calendar's, dropped
// when they are older than is kept. Each step is one transaction, safe to run twice.
#pragma once

#include "kernel/loop.hpp"
#include "kernel/task.hpp"

namespace ponte {
class App;
class Services;
}  // namespace ponte

namespace ponte::records {

Task<> turn_log_months(Services& services, Loop& loop);
// One month at most, so that a clock that is wrong for a day costs no more.
Task<> drop_old_month(Services& services, Loop& loop, int months_kept);

void declare_log_months(App& app);

}  // namespace ponte::records
