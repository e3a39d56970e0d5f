// The PostgreSQL of this test program.
#pragma once

#include <memory>
#include <string>

#include "kernel/db/private_postgres.hpp"

namespace ponte::testing {

class TestPostgres {
public:
    static TestPostgres& of_this_program();

    TestPostgres();
    ~TestPostgres();
    TestPostgres(const TestPostgres&) = delete;
    TestPostgres& operator=(const TestPostgres&) = delete;

    // Replaces what a former test program of the same process id may have left.
    std::string create_database(const std::string& name, const std::string& from_template = {});
    std::string conninfo(const std::string& database) const;

private:
    std::string directory_, administrator_;
    std::unique_ptr<db::PrivatePostgres> own_;
    std::vector<std::string> made_;
};

}  // namespace ponte::testing
