#include "kernel/db/child_process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace ponte::db {
namespace {

constexpr int cannot_start = 127;
constexpr std::size_t most_output = 65'536;

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

// Our keys stand in our environment, and that of a child may be read by its user for as long as it
// lives. What PostgreSQL's programs, tar and libraries ask for is known.
bool is_for_children(std::string_view setting) {
    constexpr std::string_view whole[] = {
        "PATH=", "HOME=", "LANG=", "LANGUAGE=", "TMPDIR=", "TZ=", "USER=", "LOGNAME="};
    constexpr std::string_view beginnings[] = {"LC_", "LD_", "PG", "ASAN_", "UBSAN_", "LSAN_"};
    const auto begins = [&](std::string_view one) { return setting.starts_with(one); };
    return std::ranges::any_of(whole, begins) || std::ranges::any_of(beginnings, begins);
}

// Between fork and exec of a program with threads only system calls are safe, so everything that
// takes memory is prepared here.
struct Prepared {
    const Command& command;
    std::vector<std::string> words, environment;
    std::vector<char*> arguments, settings;
    pid_t parent;

    explicit Prepared(const Command& from) : command(from), words(from.words), parent(::getpid()) {
        for (char** one = environ; *one; ++one) {
            if (is_for_children(*one)) {
                environment.emplace_back(*one);
            }
        }
        environment.insert(environment.end(), from.settings.begin(), from.settings.end());
        arguments = pointers_to(words);
        settings = pointers_to(environment);
    }
};

[[noreturn]] void become(const Prepared& prepared) {
    const Command& command = prepared.command;
    ::setpgid(0, 0);  // Ctrl+C in the terminal is meant for us; we end it in our own time
    if (command.user) {
        const SystemUser& user = *command.user;
        if (::setgroups(user.groups.size(), user.groups.data()) != 0 || ::setgid(user.gid) != 0 ||
            ::setuid(user.uid) != 0) {
            ::_exit(cannot_start);
        }
    }
    if (command.ends_with_us) {
        // Only now: a change of user clears it.
        ::prctl(PR_SET_PDEATHSIG, SIGINT);
        if (::getppid() != prepared.parent) {
            ::_exit(cannot_start);
        }
    }
    sigset_t nothing;
    sigemptyset(&nothing);
    ::sigprocmask(SIG_SETMASK, &nothing, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    if (command.output >= 0) {
        ::dup2(command.output, STDOUT_FILENO);
        ::dup2(command.output, STDERR_FILENO);
    }
    const int silence = ::open("/dev/null", O_RDONLY);
    ::dup2(silence, STDIN_FILENO);
    if (::chdir(command.directory.c_str()) == 0) {
        ::execve(prepared.arguments[0], prepared.arguments.data(), prepared.settings.data());
    }
    ::_exit(cannot_start);
}

void read_all(int from, std::string& into) {
    char part[4096];
    for (;;) {
        const ssize_t size = ::read(from, part, sizeof(part));
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size <= 0) {
            return;
        }
        into.append(part, static_cast<std::size_t>(size));
        if (into.size() > 2 * most_output) {
            into.erase(0, into.size() - most_output);
        }
    }
}

}  // namespace

std::optional<SystemUser> SystemUser::named(const std::string& name) {
    const passwd* entry = ::getpwnam(name.c_str());
    if (!entry) {
        return {};
    }
    SystemUser user{name, entry->pw_uid, entry->pw_gid, {}};
    int count = 0;
    ::getgrouplist(name.c_str(), user.gid, nullptr, &count);
    user.groups.resize(static_cast<std::size_t>(count));
    ::getgrouplist(name.c_str(), user.gid, user.groups.data(), &count);
    return user;
}

pid_t start(const Command& command) {
    const Prepared prepared(command);
    const pid_t pid = ::fork();
    if (pid < 0) {
        throw std::runtime_error("cannot start " + command.words.front() + ": " +
                                 std::strerror(errno));
    }
    if (pid == 0) {
        become(prepared);
    }
    return pid;
}

int wait_for_exit(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) {
            return cannot_start;
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Ended run(Command command) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        throw std::runtime_error(std::string("no pipe: ") + std::strerror(errno));
    }
    command.output = ends[1];
    pid_t pid = -1;
    try {
        pid = start(command);
    } catch (...) {
        ::close(ends[0]);
        ::close(ends[1]);
        throw;
    }
    ::close(ends[1]);
    Ended ended;
    read_all(ends[0], ended.output);
    ::close(ends[0]);
    ended.code = wait_for_exit(pid);
    return ended;
}

}  // namespace ponte::db
