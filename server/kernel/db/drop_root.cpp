#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>

#include "kernel/db/child_process.hpp"
#include "kernel/db/private_postgres.hpp"

namespace ponte::db {
namespace {

// A file of ours, opened without following what somebody else can put in its place.
class Handle {
public:
    Handle(int directory, const char* name)
        : file_(::openat(directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC)) {
        if (file_ < 0 || ::fstat(file_, &facts_) != 0) {
            throw std::runtime_error(std::string("cannot look at ") + name + ": " +
                                     std::strerror(errno));
        }
    }
    ~Handle() { ::close(file_); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    const struct stat& facts() const { return facts_; }
    void give(const std::string& path, const SystemUser& user) const {
        if (facts_.st_uid == user.uid) {
            return;
        }
        // Under a second name it may be anybody's.
        if (S_ISREG(facts_.st_mode) && facts_.st_nlink > 1) {
            throw std::runtime_error(path + " has a second name elsewhere; it is not given to " +
                                     user.name + " (remove one of the two)");
        }
        if (::fchownat(file_, "", user.uid, user.gid, AT_EMPTY_PATH) != 0) {
            throw std::runtime_error("cannot give " + path + " to the user " + user.name + ": " +
                                     std::strerror(errno));
        }
    }

private:
    int file_;
    struct stat facts_{};
};

// Uploads, keys, whatever lies beside the database; the database's own files are its user's
// already.
void give_all(const std::string& path, int directory, const SystemUser& user) {
    const std::unique_ptr<DIR, int (*)(DIR*)> list(::fdopendir(directory), ::closedir);
    if (!list) {
        throw std::runtime_error("cannot read " + path + ": " + std::strerror(errno));
    }
    while (const dirent* entry = ::readdir(list.get())) {
        const std::string name = entry->d_name, inner = path + '/' + name;
        if (name == "." || name == "..") {
            continue;
        }
        const Handle handle(::dirfd(list.get()), name.c_str());
        if (S_ISDIR(handle.facts().st_mode) && name != "pg") {
            give_all(inner,
                     ::openat(::dirfd(list.get()), name.c_str(),
                              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
                     user);
        }
        handle.give(inner, user);
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
    give_all(data_dir, ::open(data_dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), *user);
    Handle(AT_FDCWD, data_dir.c_str()).give(data_dir, *user);
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
