#include "kernel/testing/postgres.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "kernel/db/owner_connection.hpp"
#include "kernel/db/roles.hpp"

namespace ponte::testing {
namespace {

namespace fs = std::filesystem;

constexpr int many_nodes = 400;

// Reads until we are gone, then clears up: also after a crash, which runs no destructor.
constexpr const char* clearing_up =
    "trap '' INT TERM HUP; read -r nothing; "
    "for try in 1 2 3 4 5 6 7 8; do rm -rf \"$1\" 2>/dev/null && exit; sleep 1; done";

void leave_somebody_to_clear_up(const std::string& directory) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe");
    }
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::setsid();
        ::dup2(ends[0], STDIN_FILENO);
        // What waits for the end of our output must not wait for this one's.
        const int silence = ::open("/dev/null", O_WRONLY);
        ::dup2(silence, STDOUT_FILENO);
        ::dup2(silence, STDERR_FILENO);
        ::execl("/bin/sh", "sh", "-c", clearing_up, "sh", directory.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(ends[0]);  // the other end closes with us
}

std::string new_directory() {
    std::string path = (fs::temp_directory_path() / "ponte-test-XXXXXX").string();
    if (!::mkdtemp(path.data()) || ::chmod(path.c_str(), 0711) != 0) {
        throw std::runtime_error("no temporary directory at " + path);
    }
    return path;
}

}  // namespace

TestPostgres& TestPostgres::of_this_program() {
    static TestPostgres postgres;
    return postgres;
}

TestPostgres::TestPostgres() {
    if (const char* given = std::getenv("DATABASE_URL"); given && *given) {
        administrator_ = given;
        // OpenSSL clears itself away at exit, and must do so after us: it has to be there before.
        const db::OwnerConnection first(administrator_);
        return;
    }
    directory_ = new_directory();
    leave_somebody_to_clear_up(directory_);
    db::PrivatePostgres::Options options;
    options.data_dir = directory_ + "/data";
    options.is_durable = false;
    options.max_connections = many_nodes;
    own_ = std::make_unique<db::PrivatePostgres>(std::move(options));
    administrator_ = own_->start();
}

TestPostgres::~TestPostgres() {
    if (own_) {
        own_->stop();
        std::error_code nobody_is_told;
        fs::remove_all(directory_, nobody_is_told);
        return;
    }
    try {
        db::OwnerConnection administrator(administrator_);
        for (const std::string& database : made_) {
            administrator.run("drop database if exists " + administrator.quoted_name(database) +
                              " with (force)");
        }
        const std::string own_roles = "ponte\\_test\\_%\\_" + std::to_string(::getpid()) + "\\_%";
        for (const auto& role : administrator.rows(
                 "select rolname from pg_roles where rolname like $1", {own_roles})) {
            administrator.run("drop role " + administrator.quoted_name(role[0]));
        }
    } catch (const db::DatabaseProblem&) {
        // The tests have said what they had to say.
    }
}

std::string TestPostgres::create_database(const std::string& name,
                                          const std::string& from_template) {
    db::OwnerConnection administrator(administrator_);
    const std::string database = administrator.quoted_name(name);
    administrator.run("drop database if exists " + database + " with (force)");
    std::string sql = "create database " + database;
    if (!from_template.empty()) {
        sql += " template " + administrator.quoted_name(from_template);
    }
    administrator.run(sql);
    made_.push_back(name);
    return conninfo(name);
}

std::string TestPostgres::conninfo(const std::string& database) const {
    return db::with_database(administrator_, database);
}

}  // namespace ponte::testing
