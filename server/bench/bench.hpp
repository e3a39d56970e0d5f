// What the budgets of tools/bench measure inside one process: each prints its figures.
#pragma once

#include <cstdint>
#include <string>

namespace ponte {

int bench_jobs(std::int64_t count, std::string data_dir);
int bench_listeners(std::int64_t count, std::string data_dir);

}  // namespace ponte
