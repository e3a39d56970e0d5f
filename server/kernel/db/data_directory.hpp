// The directory of one installation: held by one process at a time, with a part that belongs to the
// user of the database.
#pragma once

#include <optional>
#include <string>

#include "kernel/db/child_process.hpp"

namespace ponte::db {

// The user for programs that refuse root; none when we are not root. Throws when there is none.
std::optional<SystemUser> database_user();

// Where the server of this directory (its canonical path) has its socket.
std::string sockets_for(const std::string& data_dir);

class DataDirectory {
public:
    explicit DataDirectory(const std::string& path);  // makes and locks it
    ~DataDirectory();
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;

    const std::string& path() const { return path_; }  // absolute
    std::string cluster() const { return path_ + "/pg"; }
    const std::string& sockets() const { return sockets_; }
    // As whom the database runs; none: as we do, which is so once we are no longer root.
    std::optional<SystemUser> user() const;

    bool is_complete() const;       // the cluster was created to its end
    void mark_complete();           // once everything is on the disk
    void make_cluster_directory();  // empty, whatever half of one there was
    int open_log() const;           // appends to pg.log; a long one is put aside first

private:
    void lock();
    void make_own(const std::string& path) const;  // 0700, of the database's user
    void require_reachable() const;

    std::string path_, sockets_;
    std::optional<SystemUser> user_;
    int lock_ = -1;
};

}  // namespace ponte::db
