// The installation's keys: from the environment, or made once and kept in <data>/secrets.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <stdexcept>

#include "kernel/auth.hpp"

namespace ponte::auth {
namespace {

constexpr std::size_t shortest_key = 16;
constexpr std::size_t longest_key_file = 64 * 1024;

[[noreturn]] void fail(const std::string& what, const std::string& path) {
    throw std::runtime_error(what + " " + path + ": " + std::strerror(errno));
}

std::string without_line_end(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
        text.pop_back();
    }
    return text;
}

// Empty optional: there is no such file.
std::optional<std::string> read_key(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) {
        if (errno == ENOENT) {
            return {};
        }
        fail("cannot read the key", path);
    }
    struct stat facts{};
    if (::fstat(file, &facts) == 0 && (facts.st_mode & 077) != 0) {
        // A backup restored with other rights must not leave the key open to everybody.
        (void)::fchmod(file, 0600);
    }
    std::string text(longest_key_file, '\0');
    const ssize_t size = ::read(file, text.data(), text.size());
    ::close(file);
    if (size < 0) {
        fail("cannot read the key", path);
    }
    text.resize(static_cast<std::size_t>(size));
    text = without_line_end(std::move(text));
    if (text.size() < shortest_key) {
        throw std::runtime_error("the key in " + path + " is damaged; restore it from a backup");
    }
    return text;
}

void write_all(int file, std::string_view text, const std::string& path) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0) {
            fail("cannot write the key", path);
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

// Complete or not there at all, and never over another process's key: written aside, then linked.
void make_key(const std::string& path) {
    const std::string aside = path + "." + random_token(9);
    const int file = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        fail("cannot make the key", aside);
    }
    write_all(file, random_token(32) + "\n", aside);
    ::fsync(file);
    ::close(file);
    const int linked = ::link(aside.c_str(), path.c_str());
    const int problem = errno;
    ::unlink(aside.c_str());
    if (linked != 0 && problem != EEXIST) {
        errno = problem;
        fail("cannot make the key", path);
    }
}

std::string key_from(const char* variable, const std::string& path) {
    if (const char* given = variable ? std::getenv(variable) : nullptr; given && *given) {
        if (std::strlen(given) < shortest_key) {
            throw std::runtime_error(std::string(variable) + " must have at least 16 characters");
        }
        return given;
    }
    if (const auto kept = read_key(path)) {
        return *kept;
    }
    make_key(path);
    const auto made = read_key(path);
    if (!made) {
        throw std::runtime_error("the key " + path + " vanished");
    }
    return *made;
}

void make_folder(const std::string& path, mode_t mode) {
    if (::mkdir(path.c_str(), mode) != 0 && errno != EEXIST) {
        fail("cannot make the folder", path);
    }
}

}  // namespace

Keys Keys::load_or_make(const std::string& data_dir) {
    make_folder(data_dir, 0711);
    const std::string folder = data_dir + "/secrets";
    make_folder(folder, 0700);
    Keys keys;
    keys.token_key = key_from("JWT_SECRET_KEY", folder + "/token.key");
    keys.seal_key = key_from("ENCRYPT_TOKEN_KEY", folder + "/seal.key");
    keys.database_key = key_from(nullptr, folder + "/database.key");
    return keys;
}

}  // namespace ponte::auth
