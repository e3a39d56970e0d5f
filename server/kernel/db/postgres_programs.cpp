#include "kernel/db/postgres_programs.hpp"

#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "kernel/db/child_process.hpp"

namespace ponte::db {
namespace {

namespace fs = std::filesystem;

constexpr int oldest_major = 15;

// "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"
int major_in(const std::string& text) {
    const std::size_t digit = text.find_first_of("0123456789");
    int major = 0;
    if (digit != std::string::npos) {
        std::from_chars(text.data() + digit, text.data() + text.size(), major);
    }
    return major;
}

std::optional<PostgresPrograms> programs_in(const std::string& folder) {
    for (const char* program : {"postgres", "initdb"}) {
        if (::access((folder + "/" + program).c_str(), X_OK) != 0) {
            return {};
        }
    }
    Command ask;
    ask.words = {folder + "/postgres", "--version"};
    const Ended answer = run(ask);
    if (answer.code != 0) {
        return {};
    }
    return PostgresPrograms{folder, major_in(answer.output)};
}

// Debian's folders say their version, so nothing has to be started to know it.
std::vector<PostgresPrograms> debian_programs(const std::string& program) {
    std::vector<PostgresPrograms> found;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", problem)) {
        const std::string folder = (entry.path() / "bin").string();
        if (::access((folder + "/" + program).c_str(), X_OK) == 0) {
            found.push_back({folder, major_in(entry.path().filename().string())});
        }
    }
    return found;
}

std::vector<std::string> folders_of_path() {
    std::vector<std::string> folders;
    std::string rest = std::getenv("PATH") ? std::getenv("PATH") : "";
    while (!rest.empty()) {
        const std::size_t colon = rest.find(':');
        folders.push_back(rest.substr(0, colon));
        rest = colon == std::string::npos ? "" : rest.substr(colon + 1);
    }
    return folders;
}

std::vector<PostgresPrograms> other_programs() {
    std::vector<PostgresPrograms> found;
    for (const std::string& folder : folders_of_path()) {
        if (auto programs = programs_in(folder)) {
            found.push_back(*programs);
        }
        const std::string config = folder + "/pg_config";
        if (::access(config.c_str(), X_OK) == 0) {
            Command ask;
            ask.words = {config, "--bindir"};
            std::string answer = run(ask).output;
            answer.resize(answer.find_last_not_of(" \n") + 1);
            if (auto programs = programs_in(answer)) {
                found.push_back(*programs);
            }
        }
    }
    return found;
}

std::optional<PostgresPrograms> best_of(const std::vector<PostgresPrograms>& all,
                                        std::optional<int> major) {
    std::optional<PostgresPrograms> best;
    for (const PostgresPrograms& one : all) {
        const bool fits = major ? one.major == *major : one.major >= oldest_major;
        if (fits && (!best || one.major > best->major)) {
            best = one;
        }
    }
    return best;
}

}  // namespace

std::optional<PostgresPrograms> find_postgres(std::optional<int> major) {
    auto best = best_of(debian_programs("initdb"), major);
    return best ? best : best_of(other_programs(), major);
}

std::string find_client_program(const std::string& name, int least_major) {
    std::optional<PostgresPrograms> nearest;
    for (const PostgresPrograms& one : debian_programs(name)) {
        if (one.major >= least_major && (!nearest || one.major < nearest->major)) {
            nearest = one;
        }
    }
    if (nearest) {
        return nearest->path(name);
    }
    for (const std::string& folder : folders_of_path()) {
        const std::string path = folder + "/" + name;
        Command ask;
        ask.words = {path, "--version"};
        if (::access(path.c_str(), X_OK) == 0 && major_in(run(ask).output) >= least_major) {
            return path;
        }
    }
    return {};
}

}  // namespace ponte::db
