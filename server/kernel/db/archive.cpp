#include "kernel/db/archive.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
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

constexpr std::string_view digest_mark = "\nponte-backup-sha256 ";
constexpr std::size_t digest_length = 64;
constexpr std::size_t trailer_length = digest_mark.size() + digest_length + 1;

// SHA-256 of the first `length` bytes, in hexadecimal digits.
std::string digest_of(std::ifstream& file, std::uint64_t length) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> hash(EVP_MD_CTX_new(),
                                                                       EVP_MD_CTX_free);
    EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr);
    std::string block(1 << 20, '\0');
    while (length > 0) {
        const auto wanted = std::min<std::uint64_t>(length, block.size());
        if (!file.read(block.data(), static_cast<std::streamsize>(wanted))) {
            throw std::runtime_error("the backup cannot be read to its end");
        }
        EVP_DigestUpdate(hash.get(), block.data(), wanted);
        length -= wanted;
    }
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(hash.get(), bytes, &size);
    constexpr char hex[] = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        text.push_back(hex[bytes[i] >> 4]);
        text.push_back(hex[bytes[i] & 15]);
    }
    return text;
}

// tar reads up to its own end, so what stands behind is only ours.
void append_digest(const std::string& file) {
    std::ifstream whole(file, std::ios::binary);
    const std::string digest = digest_of(whole, fs::file_size(file));
    std::ofstream out(file, std::ios::binary | std::ios::app);
    out << digest_mark << digest << '\n';
    if (!out.flush()) {
        throw std::runtime_error("cannot write " + file);
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
        append_digest(partial);
        flush(made, partial);
        fs::rename(partial, target);
    } catch (...) {
        ::close(made);
        ::unlink(partial.c_str());
        throw;
    }
    ::close(made);
}

bool verify_digest(const std::string& file) {
    std::ifstream whole(file, std::ios::binary);
    if (!whole || !fs::is_regular_file(file)) {
        throw std::runtime_error("there is no file " + file);
    }
    const std::uint64_t size = fs::file_size(file);
    std::string trailer(trailer_length, '\0');
    if (size > trailer_length) {
        whole.seekg(static_cast<std::streamoff>(size - trailer_length));
        whole.read(trailer.data(), static_cast<std::streamsize>(trailer.size()));
        whole.seekg(0);
    }
    // A backup of an older program ends with tar's zeros; anything else is a digest, or was one.
    if (trailer.find_first_not_of('\0') == std::string::npos) {
        return false;
    }
    const bool is_whole =
        trailer.starts_with(digest_mark) && trailer.substr(digest_mark.size(), digest_length) ==
                                                digest_of(whole, size - trailer_length);
    if (!is_whole) {
        throw std::runtime_error(file +
                                 " is damaged: it is not what was written; nothing was done");
    }
    return true;
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
