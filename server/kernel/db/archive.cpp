#include "kernel/db/archive.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "kernel/db/child_process.hpp"

namespace ponte::db {
namespace {

namespace fs = std::filesystem;

constexpr const char* tar = "/bin/tar";

// A backup that is not on the disk yet is none.
void flush(int file, const std::string& name) {
    if (::fsync(file) != 0) {
        throw std::runtime_error("cannot write " + name + ": " + std::strerror(errno));
    }
}

void run_tar(Command command, const char* complaint) {
    const Ended ended = run(std::move(command));
    // 1 says that a file grew meanwhile; it came after the database was read, so nobody needs it.
    if (ended.code > 1) {
        throw std::runtime_error(std::string(complaint) + ": " + ended.output);
    }
}

}  // namespace

WorkFolder::WorkFolder(const std::string& parent) {
    path_ = parent + "/backup-XXXXXX";
    if (!::mkdtemp(path_.data())) {
        throw std::runtime_error("cannot make a folder in " + parent + ": " + std::strerror(errno));
    }
}

WorkFolder::~WorkFolder() {
    std::error_code nobody_is_told;
    fs::remove_all(path_, nobody_is_told);
}

void pack(const WorkFolder& folder, const std::string& data_dir, const std::string& file) {
    const std::string target = fs::absolute(file).string();
    const std::string partial = target + ".partial";
    // Made by us first, so that it is nobody else's to read at any moment: it holds the keys.
    const int made = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (made < 0) {
        throw std::runtime_error("cannot write " + partial + ": " + std::strerror(errno));
    }
    Command command;
    command.words = {tar,
                     "-cf",
                     partial,
                     "-C",
                     folder.path(),
                     std::string(manifest_name),
                     std::string(dump_name)};
    const std::string beside = fs::absolute(data_dir).string();
    for (const std::string_view kept : kept_folders) {
        if (fs::is_directory(beside + "/" + std::string(kept))) {
            command.words.insert(command.words.end(), {"-C", beside, std::string(kept)});
        }
    }
    try {
        run_tar(std::move(command), "the backup cannot be written");
        flush(made, partial);
        fs::rename(partial, target);
    } catch (...) {
        ::close(made);
        ::unlink(partial.c_str());
        throw;
    }
    ::close(made);
}

void unpack(const std::string& file, const WorkFolder& folder) {
    const std::string source = fs::absolute(file).string();
    if (!fs::is_regular_file(source)) {
        throw std::runtime_error("there is no file " + source);
    }
    Command command;
    command.words = {tar, "-xf", source, "-C", folder.path(), "--no-same-owner"};
    run_tar(std::move(command), "the backup cannot be read");
    for (const std::string_view name : {manifest_name, dump_name}) {
        if (!fs::is_regular_file(folder.file(name))) {
            throw std::runtime_error(source + " is not a backup of Ponte: it lacks " +
                                     std::string(name));
        }
    }
}

}  // namespace ponte::db
