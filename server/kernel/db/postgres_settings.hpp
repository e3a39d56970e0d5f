// How the private PostgreSQL is set up for this machine (design §3).
#pragma once

#include <string>
#include <vector>

namespace ponte::db {

struct PostgresNeeds {
    bool is_durable = true;
    int max_connections = 100;
};

std::vector<std::string> postgres_settings(const PostgresNeeds& needs);

}  // namespace ponte::db
