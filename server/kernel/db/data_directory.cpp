#include "kernel/db/data_directory.hpp"

#include <fcntl.h>
#include <openssl/sha.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

namespace ponte::db {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_socket_path = 107;  // sun_path
constexpr off_t longest_log = 4 << 20;

[[noreturn]] void fail(const std::string& what, const std::string& path) {
    throw std::runtime_error(what + " " + path + ": " + std::strerror(errno));
}

// A path that is too deep for a socket gets a short one that only this directory has.
std::string short_directory_for(const std::string& path) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(path.data()), path.size(), digest);
    constexpr char hex[] = "0123456789abcdef";
    std::string name = "/tmp/ponte-";
    for (int i = 0; i < 8; ++i) {
        name.push_back(hex[digest[i] >> 4]);
        name.push_back(hex[digest[i] & 15]);
    }
    return name;
}

// The user of the database owns this directory and may put links in place of our files, which root
// would follow: only a file that nobody else can mean is opened.
int open_own(const std::string& file, int flags, mode_t mode) {
    const int opened = ::open(file.c_str(), flags | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode);
    struct stat facts{};
    const bool is_ours = opened >= 0 && ::fstat(opened, &facts) == 0 && S_ISREG(facts.st_mode) &&
                         facts.st_nlink == 1;
    if (!is_ours && (opened >= 0 || errno == ELOOP)) {
        ::close(opened);
        throw std::runtime_error(file + " is a link to another file; remove it");
    }
    if (!is_ours) {
        fail("cannot open", file);
    }
    return opened;
}

bool may_pass(const struct stat& facts, const SystemUser& user) {
    if (facts.st_uid == user.uid) {
        return (facts.st_mode & S_IXUSR) != 0;
    }
    for (const gid_t group : user.groups) {
        if (facts.st_gid == group) {
            return (facts.st_mode & S_IXGRP) != 0;
        }
    }
    return (facts.st_mode & S_IXOTH) != 0;
}

}  // namespace

std::optional<SystemUser> database_user() {
    if (::geteuid() != 0) {
        return {};
    }
    auto user = SystemUser::named("postgres");
    if (!user) {
        throw std::runtime_error(
            "PostgreSQL does not run as root, and there is no user `postgres` to run it as; "
            "install PostgreSQL's package, or start this program as an ordinary user");
    }
    return user;
}

std::string sockets_for(const std::string& data_dir) {
    const std::string usual = data_dir + "/run";
    const bool fits = usual.size() + std::strlen("/.s.PGSQL.5432") <= longest_socket_path;
    return fits ? usual : short_directory_for(data_dir);
}

DataDirectory::DataDirectory(const std::string& path) : user_(database_user()) {
    std::error_code problem;
    const bool is_new = fs::create_directories(path, problem);
    if (problem) {
        throw std::runtime_error("cannot make the data directory " + path + ": " +
                                 problem.message());
    }
    path_ = fs::canonical(path).string();
    if (is_new && ::chmod(path_.c_str(), 0711) != 0) {
        fail("cannot set the rights of", path_);
    }
    require_reachable();
    lock();
    sockets_ = sockets_for(path_);
    make_own(sockets_);
}

DataDirectory::~DataDirectory() {
    if (lock_ >= 0) {
        ::close(lock_);
    }
}

void DataDirectory::require_reachable() const {
    if (!user_) {
        return;
    }
    for (fs::path one = path_; one != one.root_path(); one = one.parent_path()) {
        struct stat facts{};
        if (::stat(one.c_str(), &facts) == 0 && !may_pass(facts, *user_)) {
            throw std::runtime_error("as root the database runs as the user " + user_->name +
                                     ", who may not enter " + one.string() +
                                     "; choose another data directory (--data /var/lib/ponte)");
        }
    }
}

void DataDirectory::lock() {
    const std::string file = path_ + "/lock";
    lock_ = open_own(file, O_RDWR, 0644);
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        char holder[16]{};
        const ssize_t size = ::pread(lock_, holder, sizeof(holder) - 1, 0);
        ::close(lock_);
        lock_ = -1;
        throw std::runtime_error("another ponte uses the data directory " + path_ +
                                 (size > 0 ? std::string(" (process ") + holder + ")" : ""));
    }
    const std::string self = std::to_string(::getpid());
    if (::ftruncate(lock_, 0) != 0 || ::pwrite(lock_, self.data(), self.size(), 0) < 0) {
        fail("cannot write", file);
    }
}

void DataDirectory::make_own(const std::string& path) const {
    const uid_t owner = user_ ? user_->uid : ::geteuid();
    const bool is_new = ::mkdir(path.c_str(), 0700) == 0;
    if (!is_new && errno != EEXIST) {
        fail("cannot make", path);
    }
    if (is_new && user_ && ::lchown(path.c_str(), user_->uid, user_->gid) != 0) {
        fail("cannot give away", path);
    }
    struct stat facts{};
    if (::lstat(path.c_str(), &facts) != 0) {
        fail("cannot look at", path);
    }
    // Anybody may make a directory in /tmp before us, and then listen on our socket.
    if (!S_ISDIR(facts.st_mode) || facts.st_uid != owner || (facts.st_mode & 077) != 0) {
        throw std::runtime_error(path +
                                 " must be a directory that only the user of the database may "
                                 "enter (chown, chmod 700)");
    }
}

std::optional<SystemUser> DataDirectory::user() const {
    return ::geteuid() == 0 ? user_ : std::nullopt;
}

bool DataDirectory::is_complete() const { return fs::exists(path_ + "/init.done"); }

// Creating a cluster flushes a thousand files one by one; flushing all of them together, before the
// marker, is as safe and much faster.
void DataDirectory::mark_complete() {
    const int cluster_directory = ::open(cluster().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (cluster_directory < 0 || ::syncfs(cluster_directory) != 0) {
        fail("cannot flush", cluster());
    }
    ::close(cluster_directory);
    const std::string file = path_ + "/init.done";
    const int marker = open_own(file, O_WRONLY, 0644);
    if (::fsync(marker) != 0) {
        fail("cannot write", file);
    }
    ::close(marker);
}

void DataDirectory::make_cluster_directory() {
    fs::remove_all(cluster());
    make_own(cluster());
}

int DataDirectory::open_log() const {
    const std::string file = path_ + "/pg.log";
    struct stat facts{};
    if (::lstat(file.c_str(), &facts) == 0 && facts.st_size > longest_log) {
        ::rename(file.c_str(), (file + ".old").c_str());
    }
    const int log = open_own(file, O_WRONLY | O_APPEND, 0640);
    if (user() && ::fchown(log, user_->uid, user_->gid) != 0) {
        fail("cannot give away", file);
    }
    return log;
}

}  // namespace ponte::db
