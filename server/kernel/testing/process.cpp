#include "kernel/testing/process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "kernel/testing/wait.hpp"

namespace ponte::testing {
namespace {

constexpr std::chrono::milliseconds end_of_database{20'000}, readiness{60'000};

std::string program() {
    const char* const path = std::getenv("PONTE_PROGRAM");
    return path ? path : "";
}

std::string content_of(const std::string& path) {
    std::ifstream file(path);
    std::stringstream out;
    out << file.rdbuf();
    return out.str();
}

bool exists(pid_t pid) { return pid > 0 && ::kill(pid, 0) == 0; }

// A database of its own, whatever the tests around it use, and no limits that tests would run into.
std::vector<std::string> environment_of_child() {
    std::vector<std::string> all{"PONTE_RATE_LIMIT=off"};
    for (char** one = environ; *one; ++one) {
        const std::string_view variable(*one);
        if (!variable.starts_with("DATABASE_URL=") && !variable.starts_with("PONTE_")) {
            all.emplace_back(variable);
        }
    }
    return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& one : texts) {
        pointers.push_back(one.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

// Between fork and exec only what is allowed there: nothing that might take a lock.
[[noreturn]] void become(char* const* arguments, char* const* environment, int output) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    execve(arguments[0], arguments, environment);
    _exit(127);
}

pid_t start(std::vector<std::string>& arguments, const std::string& output_path) {
    std::vector<std::string> environment = environment_of_child();
    const std::vector<char*> words = pointers_to(arguments), variables = pointers_to(environment);
    const int output = open(output_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    const pid_t pid = fork();
    if (pid == 0) {
        become(words.data(), variables.data(), output);
    }
    ::close(output);
    return pid;
}

}  // namespace

struct Process::Parts {
    std::string data_dir, output_path, url;
    pid_t pid = 0;
    int status = 0;
    bool is_over = false;

    // Reaps it when it has ended.
    bool look() {
        if (!is_over && waitpid(pid, &status, WNOHANG) == pid) {
            is_over = true;
        }
        return is_over;
    }
    int exit_code() const { return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status); }
};

bool has_program() { return access(program().c_str(), X_OK) == 0; }

Process::Process(std::string data_dir, Arguments more) : parts_(std::make_unique<Parts>()) {
    parts_->data_dir = data_dir;
    static int number = 0;
    parts_->output_path = data_dir + ".output-" + std::to_string(++number);
    Arguments all{program(), "serve", "--data", data_dir, "--listen", "127.0.0.1:0"};
    all.insert(all.end(), more.begin(), more.end());
    parts_->pid = start(all, parts_->output_path);
}

Process::~Process() {
    const pid_t database = postmaster();
    if (is_running()) {
        kill();
    }
    // Its data directory goes with the test, so the database must have let go of it.
    if (exists(database)) {
        ::kill(database, SIGQUIT);
        comes_true([&] { return !exists(database); }, end_of_database);
    }
    unlink(parts_->output_path.c_str());
}

void Process::wait_until_ready() {
    constexpr std::string_view word = "ready http";
    const auto is_ready = [&] {
        const std::string text = output();
        const std::size_t found = text.find(word);
        const std::size_t end = text.find('\n', found);
        if (found != std::string::npos && end != std::string::npos) {
            parts_->url = text.substr(found + word.size() - 4, end - found - word.size() + 4);
            return true;
        }
        if (parts_->look()) {
            throw std::runtime_error("the program ended with " +
                                     std::to_string(parts_->exit_code()) + ":\n" + text);
        }
        return false;
    };
    if (!comes_true(is_ready, readiness)) {
        throw std::runtime_error("the program does not become ready:\n" + output());
    }
}

const std::string& Process::url() const { return parts_->url; }

pid_t Process::pid() const { return parts_->pid; }

pid_t Process::postmaster() const {
    const std::string text = content_of(parts_->data_dir + "/pg/postmaster.pid");
    return static_cast<pid_t>(std::atol(text.c_str()));
}

bool Process::is_running() { return !parts_->look(); }

void Process::signal(int number) {
    if (is_running()) {
        ::kill(parts_->pid, number);
    }
}

void Process::kill() {
    signal(SIGKILL);
    comes_true([&] { return parts_->look(); });
}

int Process::wait(std::chrono::milliseconds deadline) {
    if (!comes_true([&] { return parts_->look(); }, deadline)) {
        kill();
        return -1;
    }
    return parts_->exit_code();
}

int Process::stop(std::chrono::milliseconds deadline) {
    signal(SIGTERM);
    return wait(deadline);
}

std::string Process::output() const { return content_of(parts_->output_path); }

}  // namespace ponte::testing
