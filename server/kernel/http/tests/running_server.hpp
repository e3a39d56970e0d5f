// A server with a handler that tells what it was asked, for the tests of kernel/http. Its paths:
// /slow waits until `release`, /file sends `file`, /upload takes files, anything else is echoed.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "kernel/http.hpp"
#include "kernel/http/tests/wire.hpp"

namespace ponte::http {

class HttpTest : public testing::Test {
public:
    static constexpr std::uint64_t most_body_bytes = 64 * 1024;
    static constexpr std::uint64_t most_upload_bytes = 512u << 20;

protected:
    HttpTest();
    ~HttpTest() override;

    void start(unsigned threads = 1);  // after `config` and `on_request` are as wanted
    void stop();
    Wire connect(int receive_buffer = 0) const { return Wire(server->address(), receive_buffer); }
    Answer ask(std::string_view bytes) const;  // on a connection of its own
    std::size_t files_in_upload_dir() const;
    // Whether it becomes true before a deadline.
    static bool eventually(const std::function<bool()>& condition);

    ServerConfig config;
    std::function<Response(Request&)> on_request;               // null: echo
    std::function<void(std::shared_ptr<WebSocket>)> on_socket;  // null: takes none
    std::atomic<bool> is_released{false};
    std::atomic<int> running{0}, served{0};
    std::filesystem::path folder;
    std::unique_ptr<Loops> loops;
    std::unique_ptr<Server> server;

private:
    static Task<Response> answer(HttpTest& test, Loop& loop, Request& request);
    Handlers handlers();
};

}  // namespace ponte::http
