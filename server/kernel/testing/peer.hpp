// Somebody else's program that speaks a protocol for real, for tests of what calls out: a script of
// tools/peers, run by the Node that ./dev brings, on a free port of the loopback.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace ponte::testing {

class Peer {
public:
    // `folder` below tools/peers; throws with what it said when it does not become ready.
    Peer(const std::string& folder, const std::string& script, std::vector<std::string> words);
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    const std::string& url() const { return url_; }  // "http://127.0.0.1:41234"

private:
    std::string url_;
    pid_t pid_ = 0;
};

}  // namespace ponte::testing
