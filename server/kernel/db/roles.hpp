// The three roles that look through the wall, named after the database, so that installations may
// share a cluster.
#pragma once

#include <string>

#include "kernel/db/owner_connection.hpp"

namespace ponte::db {

struct RoleNames {
    std::string app, reader, system;
};

RoleNames roles_of(const std::string& database);

// Creates what is missing, mends what is wrong; changes nothing when all is well. Where the owner
// may not, the text of the exception says what the administrator has to run.
void ensure_roles(OwnerConnection& owner, const std::string& owner_conninfo,
                  const std::string& app_password);

}  // namespace ponte::db
