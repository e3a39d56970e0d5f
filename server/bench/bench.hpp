// What the budgets of tools/bench measure inside one process: each prints its figures.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "kernel/services.hpp"

namespace ponte {

inline Settings settings_of_a_worker(std::string data_dir) {
    Settings settings;
    settings.data_dir = std::move(data_dir);
    settings.role = "worker";
    settings.rate_limit = false;
    return settings;
}

int bench_jobs(std::int64_t count, std::string data_dir);
int bench_calls(std::int64_t count, std::string data_dir);
int bench_listeners(std::int64_t count, std::string data_dir);

}  // namespace ponte
