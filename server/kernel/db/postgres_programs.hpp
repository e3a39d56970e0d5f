// Where PostgreSQL's programs are on this machine.
#pragma once

#include <optional>
#include <string>

namespace ponte::db {

struct PostgresPrograms {
    std::string folder;
    int major = 0;

    std::string path(const std::string& program) const { return folder + "/" + program; }
};

// The newest that we can use, or the one of this major version; none: not installed.
std::optional<PostgresPrograms> find_postgres(std::optional<int> major = {});

}  // namespace ponte::db
