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

// A program that talks to servers (pg_dump, pg_restore): of this major version or newer, since none
// understands a newer server than itself. Empty: not installed.
std::string find_client_program(const std::string& name, int least_major);

}  // namespace ponte::db
