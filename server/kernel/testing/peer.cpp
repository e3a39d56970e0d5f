#include "kernel/testing/peer.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

namespace ponte::testing {
namespace {

// Tests run in the source's folder, or somewhere below it.
std::string folder_of_peers() {
    for (auto at = std::filesystem::current_path(); at != at.root_path(); at = at.parent_path()) {
        if (std::filesystem::exists(at / "tools/peers")) {
            return (at / "tools/peers").string();
        }
    }
    throw std::runtime_error("tools/peers is not found from here");
}

std::string node_beside(const std::string& peers) {
    const std::string own = peers + "/../../.cache/node/bin/node";
    return access(own.c_str(), X_OK) == 0 ? own : "node";
}

[[noreturn]] void become(char* const* words, int output) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(output, STDOUT_FILENO);
    execvp(words[0], words);
    _exit(127);
}

// Up to the end of its first line that begins with "ready "; all it said when it ends before.
std::string said_by(int output) {
    std::string text;
    char bytes[1024];
    for (ssize_t count = 1; count > 0 && text.find("ready http") == text.npos;) {
        count = read(output, bytes, sizeof bytes);
        text.append(bytes, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    return text;
}

}  // namespace

Peer::Peer(const std::string& folder, const std::string& script, std::vector<std::string> words) {
    const std::string peers = folder_of_peers();
    words.insert(words.begin(), {node_beside(peers), peers + "/" + folder + "/" + script});
    std::vector<char*> pointers;
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe");
    }
    pid_ = fork();
    if (pid_ == 0) {
        become(pointers.data(), ends[1]);
    }
    ::close(ends[1]);
    const std::string text = said_by(ends[0]);
    ::close(ends[0]);
    const std::size_t begin = text.find("http", text.find("ready "));
    if (begin == text.npos) {
        throw std::runtime_error(words[1] + " does not become ready (./dev installs it): " + text);
    }
    url_ = text.substr(begin, text.find('\n', begin) - begin);
}

Peer::~Peer() {
    ::kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
}

}  // namespace ponte::testing
