// A blocking connection for what happens beside serving: migrations, backups, drafts, tests.
// Nothing that answers a request uses it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

struct pg_conn;

namespace ponte::db {

struct DatabaseProblem : std::runtime_error {
    DatabaseProblem(const std::string& message, std::string sqlstate_)
        : std::runtime_error(message), sqlstate(std::move(sqlstate_)) {}
    std::string sqlstate;  // empty: there is no connection
};

class OwnerConnection {
public:
    using Cells = std::vector<std::string>;  // null is empty
    using Values = std::vector<std::string>;

    explicit OwnerConnection(const std::string& conninfo);  // throws DatabaseProblem
    ~OwnerConnection();
    OwnerConnection(const OwnerConnection&) = delete;
    OwnerConnection& operator=(const OwnerConnection&) = delete;

    void run(const std::string& sql);  // any number of statements
    std::vector<Cells> rows(const std::string& sql, const Values& values = {});
    std::string value(const std::string& sql, const Values& values = {});  // first cell, or empty

    std::string database() const;
    std::string user() const;
    int server_version() const;  // 150004
    std::string quoted_name(const std::string& name) const;
    std::string quoted_text(const std::string& text) const;
    std::string scram(const std::string& role, const std::string& password) const;

private:
    pg_conn* connection_ = nullptr;
};

// The same server, logged in as somebody else. A database that is not named would be named after
// the user, so name it first.
struct Login {
    std::string user, password;
};
std::string with_login(const std::string& conninfo, const Login& login);
std::string with_database(const std::string& conninfo, const std::string& database);

// Row security binds the owner of a table too, unless it says that it maintains the tables.
std::string with_maintenance(const std::string& conninfo);

// For programs that get the address as an argument, which everybody on the machine can read.
struct Address {
    std::string conninfo;  // without password
    std::vector<std::string> environment;
};
Address without_secrets(const std::string& conninfo);

}  // namespace ponte::db
