// Makes a database ready for this program: its roles, then every migration that it lacks. Called
// once at start, by the owner, before anything connects as the application.
#pragma once

#include <string>

namespace ponte::db {

struct Access {
    std::string conninfo;  // logs in as the application's role
    std::string reader_role, system_role;
};

// Safe to run on several nodes at once. Without a password the application's role is taken as it
// is. Throws std::runtime_error with a text for the administrator.
Access prepare_database(const std::string& owner_conninfo, const std::string& app_password);

}  // namespace ponte::db
