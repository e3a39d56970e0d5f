// Programs that run beside ours: PostgreSQL and its tools. No shell is involved.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace ponte::db {

// Who runs a program that refuses root.
struct SystemUser {
    std::string name;
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups;

    static std::optional<SystemUser> named(const std::string& name);
};

struct Command {
    std::vector<std::string> words;  // the program with its path, then arguments
    std::string directory = "/";
    std::optional<SystemUser> user;     // none: as ourselves
    bool ends_with_us = false;          // gets SIGINT when the thread that started it ends
    int output = -1;                    // file for what it prints; -1: ours
    std::vector<std::string> settings;  // NAME=value, added to our environment
};

pid_t start(const Command& command);  // throws std::runtime_error
int wait_for_exit(pid_t pid);         // its exit code; 128 + signal when it was killed

struct Ended {
    int code = 0;
    std::string output;  // both streams, the last 64 KB
};
Ended run(Command command);

}  // namespace ponte::db
