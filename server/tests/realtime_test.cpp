// The stock socket.io-client against this server: the list of behaviours in
// kernel/realtime/tests/stock_client, run by node with the packages of the web interface.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

namespace fs = std::filesystem;

const fs::path root = PONTE_SOURCE_DIR;

struct Ended {
    int code = -1;
    std::string output;
};

Ended run(const std::string& command) {
    Ended ended;
    FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
    std::array<char, 4096> piece{};
    while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), pipe)) {
        ended.output.append(piece.data(), got);
    }
    const int status = pclose(pipe);
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ended;
}

// The one that the build brings, or the machine's.
std::string node() {
    const fs::path ours = root / ".cache/node/bin/node";
    return access(ours.c_str(), X_OK) == 0 ? ours.string() : "node";
}

TEST(RealtimeTest, a_stock_client_finds_all_that_it_expects) {
    if (!fs::exists(root / "web/node_modules/socket.io-client")) {
        GTEST_SKIP() << "web/node_modules is missing: ./dev build brings it";
    }
    const fs::path list = root / "server/kernel/realtime/tests/stock_client/conformance.mjs";

    const Ended ended =
        run("PONTE_URL=" + server().url() + " '" + node() + "' '" + list.string() + "'");

    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_NE(ended.output.find("ok     "), std::string::npos) << ended.output;
}

}  // namespace
}  // namespace ponte::testing
