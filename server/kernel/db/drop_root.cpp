#include <grp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "kernel/db/child_process.hpp"
#include "kernel/db/private_postgres.hpp"

namespace ponte::db {
namespace {

namespace fs = std::filesystem;

void give(const fs::path& path, const SystemUser& user) {
    if (::lchown(path.c_str(), user.uid, user.gid) != 0) {
        throw std::runtime_error("cannot give " + path.string() + " to the user " + user.name +
                                 ": " + std::strerror(errno));
    }
}

// Uploads, keys, whatever lies beside the database; the database's own files are its user's
// already.
void give_all(const fs::path& directory, const SystemUser& user) {
    give(directory, user);
    for (const auto& entry : fs::directory_iterator(directory)) {
        give(entry.path(), user);
        const bool is_of_the_database = entry.path().filename() == "pg";
        if (entry.is_directory() && !entry.is_symlink() && !is_of_the_database) {
            give_all(entry.path(), user);
        }
    }
}

}  // namespace

bool drop_root(const std::string& data_dir) {
    if (::geteuid() != 0) {
        return true;
    }
    const auto user = SystemUser::named("postgres");
    if (!user) {
        return false;
    }
    give_all(data_dir, *user);
    // Rights of root would outlive setuid in the groups.
    if (::setgroups(user->groups.size(), user->groups.data()) != 0 || ::setgid(user->gid) != 0 ||
        ::setuid(user->uid) != 0 || ::setuid(0) == 0) {
        throw std::runtime_error("cannot become the user " + user->name);
    }
    // The change of user hides /proc/self from ourselves.
    ::prctl(PR_SET_DUMPABLE, 1);
    return true;
}

}  // namespace ponte::db
