// A backup as it lies open in a folder: the dump of the database and the copied folders.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ponte::db {

constexpr std::string_view dump_name = "database.dump", manifest_name = "ponte-backup.json";

// What is kept beside the database; anything else in the data directory can be made again.
constexpr std::string_view kept_folders[] = {"uploads", "files", "secrets"};

// A folder that is gone with its owner.
class WorkFolder {
public:
    explicit WorkFolder(const std::string& parent);
    ~WorkFolder();
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    const std::string& path() const { return path_; }
    std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }

private:
    std::string path_;
};

// Behind the archive stands the digest of all its bytes: a flipped bit anywhere, in a key, a file
// or the database's own text, is noticed before anything is written.
void pack(const WorkFolder& folder, const std::string& data_dir, const std::string& file);
void unpack(const std::string& file, const WorkFolder& folder);
// Throws when the file is not what was written. Of a backup of an older program, which has no
// digest, that cannot be known: false.
bool verify_digest(const std::string& file);

}  // namespace ponte::db
