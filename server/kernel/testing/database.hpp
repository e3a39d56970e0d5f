// Real databases for tests: a private PostgreSQL for each test program, or the one that
// DATABASE_URL names. They are migrated once, copied for each name, and gone when the program ends,
// however it ends.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "kernel/kernel.hpp"
#include "kernel/loop.hpp"

namespace ponte::testing {

struct TestDatabase {
    std::string owner_conninfo;  // of the tables' owner, and nothing walls it out
    std::string app_conninfo;    // as the application logs in
    std::string reader_role, system_role;
};

// The same name is the same database for the whole program.
const TestDatabase& database_named(std::string_view name);

// The application's conninfo of that database.
std::string database_of_its_own(std::string_view name);

// An empty database without migrations; the conninfo of its owner.
std::string empty_database(std::string_view name);

// A node of the program on such a database, without modules, with keys of this test program.
std::unique_ptr<Kernel> make_kernel(Loops& loops, const std::string& conninfo);

}  // namespace ponte::testing
