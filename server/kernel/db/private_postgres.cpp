#include "kernel/db/private_postgres.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "kernel/db/data_directory.hpp"
#include "kernel/db/owner_connection.hpp"
#include "kernel/db/postgres_log.hpp"
#include "kernel/db/postgres_programs.hpp"
#include "kernel/db/postgres_settings.hpp"
#include "kernel/log.hpp"

namespace ponte::db {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr const char* database_name = "ponte";
constexpr const char* owner_name = "ponte";
constexpr milliseconds patience_with_the_old{30'000};  // a server whose program crashed
constexpr milliseconds patience_with_recovery{600'000};
constexpr milliseconds patience_with_fast_stop{45'000}, patience_with_immediate_stop{15'000};
constexpr milliseconds patience_with_orphans{5'000};
constexpr milliseconds between_looks{5};

int first_number_in(const std::string& path) {
    std::ifstream file(path);
    int number = 0;
    file >> number;
    return number;
}

// Of this very cluster: a number alone may by now belong to any other process.
bool is_server_of(pid_t pid, const std::string& cluster) {
    std::error_code problem;
    const fs::path directory = fs::read_symlink("/proc/" + std::to_string(pid) + "/cwd", problem);
    return !problem && directory == cluster;
}

// The server of a program that crashed may still be stopping. Its lock file is its own affair.
void wait_for_the_old(const std::string& cluster) {
    const pid_t old = first_number_in(cluster + "/postmaster.pid");
    if (old <= 0 || !is_server_of(old, cluster)) {
        return;
    }
    log::info("waiting for the database of a former run to stop", {{"pid", Json(old)}});
    ::kill(old, SIGINT);
    const auto end = Clock::now() + patience_with_the_old;
    while (is_server_of(old, cluster)) {
        if (Clock::now() > end) {
            throw std::runtime_error("the database of a former run (process " +
                                     std::to_string(old) + ") does not stop");
        }
        std::this_thread::sleep_for(between_looks);
    }
}

// Connections of a server that was killed outlive it, a busy one for as long as its statement
// takes. They hold its memory, so that no new server starts, and work on under nobody's eyes.
void end_orphans(const std::string& cluster) {
    const auto end = Clock::now() + patience_with_orphans;
    bool has_some = true;
    while (has_some && Clock::now() < end) {
        has_some = false;
        std::error_code problem;
        for (const auto& entry : fs::directory_iterator("/proc", problem)) {
            const std::string name = entry.path().filename();
            pid_t pid = 0;
            const auto read = std::from_chars(name.data(), name.data() + name.size(), pid);
            const bool is_process = read.ec == std::errc{} && *read.ptr == '\0';
            if (is_process && is_server_of(pid, cluster)) {
                ::kill(pid, SIGKILL);
                has_some = true;
            }
        }
        if (has_some) {
            std::this_thread::sleep_for(between_looks);
        }
    }
}

PostgresPrograms programs_for(const DataDirectory& directory) {
    std::optional<int> major;
    if (directory.is_complete()) {
        major = first_number_in(directory.cluster() + "/PG_VERSION");
        if (*major == 0) {
            throw std::runtime_error("the database in " + directory.cluster() +
                                     " is gone or damaged; restore a backup into a new directory");
        }
    }
    const auto found = find_postgres(major);
    if (!found && major) {
        throw std::runtime_error(
            "the data in " + directory.path() + " were written by PostgreSQL " +
            std::to_string(*major) + ", which is not installed: install postgresql-" +
            std::to_string(*major) +
            ". To move to a newer version make a backup and restore it into a new data directory");
    }
    if (!found) {
        throw std::runtime_error(
            "PostgreSQL 15 or newer is not installed (apt install postgresql); or give "
            "DATABASE_URL");
    }
    return *found;
}

std::string conninfo_of(const std::string& sockets, const char* database) {
    return with_database("host='" + sockets + "' user='" + owner_name + "'", database);
}

}  // namespace

struct PrivatePostgres::Parts {
    explicit Parts(Options options_) : options(std::move(options_)), directory(options.data_dir) {}

    const Options options;
    DataDirectory directory;
    std::mutex mutex;
    std::condition_variable has_ended;
    std::thread watcher;
    pid_t pid = 0;                   // 0: it does not run
    std::int64_t log_begins_at = 0;  // what stands before was said by former ones
    bool is_ready = false, is_stopping = false;

    std::string conninfo(const char* database) const {
        return conninfo_of(directory.sockets(), database);
    }
    std::string log_file() const { return directory.path() + "/pg.log"; }
    std::string said() const { return end_of_log(log_file(), log_begins_at); }

    void create_cluster(const PostgresPrograms& programs) {
        directory.make_cluster_directory();
        Command command;
        command.words = {programs.path("initdb"),
                         "--pgdata=" + directory.cluster(),
                         std::string("--username=") + owner_name,
                         "--encoding=UTF8",
                         "--locale=C.UTF-8",
                         "--auth=trust",
                         "--no-instructions",
                         "--no-sync"};  // flushed with everything else by mark_complete
        command.user = directory.user();
        command.ends_with_us = true;
        const Ended ended = run(std::move(command));
        if (ended.code != 0) {
            throw std::runtime_error("the database cannot be created: " + ended.output);
        }
    }
    void launch(const PostgresPrograms& programs) {
        wait_for_the_old(directory.cluster());
        end_orphans(directory.cluster());
        Command command;
        command.words = {programs.path("postgres"),
                         "-D",
                         directory.cluster(),
                         "-k",
                         directory.sockets(),
                         "-h",
                         ""};
        for (const std::string& setting :
             postgres_settings({options.is_durable, options.max_connections})) {
            command.words.insert(command.words.end(), {"-c", setting});
        }
        command.user = directory.user();
        command.ends_with_us = true;
        command.output = directory.open_log();
        log_begins_at = ::lseek(command.output, 0, SEEK_END);
        const pid_t started = db::start(command);
        ::close(command.output);
        if (watcher.joinable()) {
            watcher.join();
        }
        const std::scoped_lock lock(mutex);
        pid = started;
        is_stopping = false;
        watcher = std::thread([this, started] { watch(started); });
    }
    void watch(pid_t watched) {
        const int code = wait_for_exit(watched);
        bool is_death = false;
        // Before anybody is told: what still answers would go on serving.
        end_orphans(directory.cluster());
        {
            const std::scoped_lock lock(mutex);
            pid = 0;
            is_death = !is_stopping && is_ready;
            is_ready = false;
            has_ended.notify_all();
        }
        if (is_death) {
            log::error("the database ended by itself", {{"code", Json(code)}});
            if (options.on_death) {
                options.on_death();
            }
        }
    }
    bool is_running() {
        const std::scoped_lock lock(mutex);
        return pid != 0;
    }
    // True when it answers, false when it ended before.
    bool comes_up() {
        const std::string target = conninfo("postgres");
        const auto end = Clock::now() + patience_with_recovery;
        while (is_running()) {
            if (PQping(target.c_str()) == PQPING_OK) {
                const std::scoped_lock lock(mutex);
                is_ready = pid != 0;
                return is_ready;
            }
            if (Clock::now() > end) {
                throw std::runtime_error("the database does not get ready; see " + log_file());
            }
            std::this_thread::sleep_for(between_looks);
        }
        return false;
    }
    void bring_up(const PostgresPrograms& programs) {
        const auto end = Clock::now() + patience_with_the_old;
        for (;;) {
            launch(programs);
            if (comes_up()) {
                return;
            }
            const std::string said = this->said();
            // The last processes of a killed server keep its memory for a moment longer.
            const bool may_pass = said.find("still in use") != std::string::npos ||
                                  said.find("lock file") != std::string::npos;
            if (!may_pass || Clock::now() > end) {
                throw std::runtime_error("the database does not start:\n" + said);
            }
            std::this_thread::sleep_for(milliseconds{200});
        }
    }
    void signal(int number) {
        const std::scoped_lock lock(mutex);
        is_stopping = true;
        if (pid != 0) {
            ::kill(pid, number);
        }
    }
    bool ends_within(milliseconds patience) {
        std::unique_lock lock(mutex);
        return has_ended.wait_for(lock, patience, [this] { return pid == 0; });
    }
};

PrivatePostgres::PrivatePostgres(Options options)
    : parts_(std::make_unique<Parts>(std::move(options))) {}

PrivatePostgres::~PrivatePostgres() {
    if (parts_) {
        stop();
    }
}

std::string PrivatePostgres::start() {
    Parts& parts = *parts_;
    const PostgresPrograms programs = programs_for(parts.directory);
    const bool is_new = !parts.directory.is_complete();
    if (is_new) {
        parts.create_cluster(programs);
    }
    parts.bring_up(programs);
    if (is_new) {
        OwnerConnection(parts.conninfo("postgres"))
            .run(std::string("create database ") + database_name);
        parts.directory.mark_complete();
    }
    return parts.conninfo(database_name);
}

std::string PrivatePostgres::last_words() const { return last_complaint(parts_->said()); }

void PrivatePostgres::stop() {
    Parts& parts = *parts_;
    parts.signal(SIGINT);
    if (!parts.ends_within(patience_with_fast_stop)) {
        log::warning("the database is slow to stop; it will recover at the next start");
        parts.signal(SIGQUIT);
        if (!parts.ends_within(patience_with_immediate_stop)) {
            log::error("the database does not stop");
            parts.watcher.detach();
            (void)parts_.release();  // the watcher still looks at it
            return;
        }
    }
    if (parts.watcher.joinable()) {
        parts.watcher.join();
    }
}

std::optional<std::string> running_private_postgres(const std::string& data_dir) {
    std::error_code problem;
    const fs::path path = fs::canonical(data_dir, problem);
    if (problem) {
        return {};
    }
    const std::string conninfo = conninfo_of(sockets_for(path.string()), database_name);
    if (PQping(conninfo.c_str()) != PQPING_OK) {
        return {};
    }
    return conninfo;
}

}  // namespace ponte::db
