#include <mutex>
#include <thread>

#include "kernel/http/tests/running_server.hpp"
#include "kernel/http/tests/websocket_client.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte::http {
namespace {

using namespace std::chrono_literals;

constexpr int text_opcode = static_cast<int>(Opcode::text);
constexpr int binary_opcode = static_cast<int>(Opcode::binary);
constexpr int pong_opcode = static_cast<int>(Opcode::pong);

class HttpWebSocketTest : public HttpTest {
protected:
    HttpWebSocketTest() {
        config.limits.websocket_message_bytes = 100'000;
        config.limits.websocket_queue_bytes = 1u << 20;
        on_socket = [this](std::shared_ptr<WebSocket> socket) { take(std::move(socket)); };
    }
    // Echoes. The callbacks hold no socket: a socket that held itself would live for ever.
    void take(std::shared_ptr<WebSocket> socket) {
        ++open;
        const std::weak_ptr<WebSocket> weak = socket;
        socket->on_message = [weak](std::string_view payload, bool is_binary) {
            const auto copy = std::make_shared<const std::string>(payload);
            if (const auto self = weak.lock()) {
                is_binary ? self->send_binary(copy) : self->send_text(copy);
            }
        };
        socket->on_close = [this] { --open; };
        const std::lock_guard lock(mutex);
        last = socket;
    }
    // Runs `work` where the last socket lives, and waits for it.
    void on_last(const std::function<void(WebSocket&)>& work) {
        std::shared_ptr<WebSocket> socket;
        {
            const std::lock_guard lock(mutex);
            socket = last.lock();
        }
        ASSERT_TRUE(socket);
        std::atomic<bool> is_done{false};
        socket->loop().post([&] {
            work(*socket);
            is_done = true;
        });
        ASSERT_TRUE(eventually([&] { return is_done.load(); }));
    }
    WebSocketClient client(int receive_buffer = 0) const {
        return WebSocketClient(connect(receive_buffer));
    }
    void expect_closed(WebSocketClient& from, int code) {
        const ServerFrame frame = from.read();
        EXPECT_TRUE(frame.is_close());
        EXPECT_EQ(frame.close_code(), code);
        EXPECT_TRUE(eventually([&] { return open == 0; })) << "and the program is told";
    }

    std::atomic<int> open{0};
    std::mutex mutex;
    std::weak_ptr<WebSocket> last;
};

TEST_F(HttpWebSocketTest, messages_of_every_length_come_back) {
    start();
    WebSocketClient ws = client();
    EXPECT_EQ(ws.opened.status, 101);
    EXPECT_EQ(ws.opened.header("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

    for (const std::size_t size : {0u, 1u, 125u, 126u, 127u, 65'535u, 65'536u, 100'000u}) {
        std::string payload(size, 'x');
        for (std::size_t i = 0; i < size; ++i) {
            payload[i] = static_cast<char>('a' + i % 23);
        }
        ws.send(Opcode::text, payload);
        const ServerFrame text = ws.read();
        EXPECT_EQ(text.opcode, text_opcode);
        EXPECT_TRUE(text.is_final);
        EXPECT_TRUE(text.payload == payload) << size;

        payload.append("\xff", size < 100'000 ? 1 : 0);
        ws.send(Opcode::binary, payload);
        const ServerFrame binary = ws.read();
        EXPECT_EQ(binary.opcode, binary_opcode);
        EXPECT_TRUE(binary.payload == payload) << size;
    }
}

TEST_F(HttpWebSocketTest, a_message_in_pieces_is_one_message_and_a_ping_in_between_is_answered) {
    start();
    WebSocketClient ws = client();
    const ClientFrame pieces[] = {{Opcode::text, false, true, 0, "Ol\xc3"},
                                  {Opcode::ping, true, true, 0, "are you there"},
                                  {Opcode::continuation, false, true, 0, ""},
                                  {Opcode::continuation, true, true, 0, "\xa1!"}};
    std::string all;
    for (const auto& piece : pieces) {
        all += piece.text();
    }

    for (const std::size_t step : {all.size(), std::size_t{1}}) {
        for (std::size_t at = 0; at < all.size(); at += step) {
            ws.wire.send(std::string_view(all).substr(at, step));
        }
        const ServerFrame pong = ws.read();
        EXPECT_EQ(pong.opcode, pong_opcode);
        EXPECT_EQ(pong.payload, "are you there");
        const ServerFrame message = ws.read();
        EXPECT_EQ(message.opcode, text_opcode);
        EXPECT_EQ(message.payload, "Ol\xc3\xa1!");
    }
}

TEST_F(HttpWebSocketTest, what_breaks_the_protocol_ends_it_with_the_reason) {
    constexpr bool whole = true, part = false, masked = true, bare = false;
    const std::string long_ping(126, 'x');
    const struct {
        std::string name;
        std::vector<ClientFrame> frames;
        int code = close_code::protocol_error;
    } rows[] = {
        {"without a mask", {{Opcode::text, whole, bare, 0, "x"}}},
        {"a reserved bit", {{Opcode::text, whole, masked, 4, "x"}}},
        {"an unknown opcode", {{static_cast<Opcode>(3), whole, masked, 0, "x"}}},
        {"an unknown control opcode", {{static_cast<Opcode>(11), whole, masked, 0, ""}}},
        {"a ping in pieces", {{Opcode::ping, part, masked, 0, "x"}}},
        {"a long ping", {{Opcode::ping, whole, masked, 0, long_ping}}},
        {"a continuation of nothing", {{Opcode::continuation, whole, masked, 0, "x"}}},
        {"a message inside another",
         {{Opcode::text, part, masked, 0, "x"}, {Opcode::text, whole, masked, 0, "x"}}},
        {"a close of one byte", {{Opcode::close, whole, masked, 0, "x"}}},
        {"a code that may not be sent", {{Opcode::close, whole, masked, 0, code_text(1006)}}},
        {"a code of nobody", {{Opcode::close, whole, masked, 0, code_text(999)}}},
        {"a code too high", {{Opcode::close, whole, masked, 0, code_text(5000)}}},
        {"a reason that is no text", {{Opcode::close, whole, masked, 0, code_text(1000) + "\xff"}}},
        {"text that is no text", {{Opcode::text, whole, masked, 0, "a\xff"}}, close_code::not_utf8},
        {"a letter cut off", {{Opcode::text, whole, masked, 0, "a\xc3"}}, close_code::not_utf8},
        {"a surrogate", {{Opcode::text, whole, masked, 0, "\xed\xa0\x80"}}, close_code::not_utf8},
        {"too large",
         {{Opcode::text, whole, masked, 0, std::string(100'001, 'x')}},
         close_code::too_big},
        {"too large in pieces",
         {{Opcode::text, part, masked, 0, std::string(60'000, 'x')},
          {Opcode::continuation, whole, masked, 0, std::string(60'000, 'x')}},
         close_code::too_big},
    };
    start();
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        WebSocketClient ws = client();
        for (const auto& frame : row.frames) {
            ws.send(frame);
        }
        expect_closed(ws, row.code);
    }
}

TEST_F(HttpWebSocketTest, a_size_beyond_all_reason_takes_no_memory) {
    start();
    WebSocketClient ws = client();

    ws.wire.send(std::string("\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x01\x02\x03\x04", 14));

    expect_closed(ws, close_code::too_big);
}

TEST_F(HttpWebSocketTest, a_client_that_says_goodbye_gets_its_own_code_back) {
    start();
    for (const int code : {1000, 1001, 1011, 3000, 4999}) {
        WebSocketClient ws = client();
        ws.send(Opcode::close, code_text(static_cast<std::uint16_t>(code)) + "bye");
        expect_closed(ws, code);
        EXPECT_TRUE(ws.wire.ends_within(1s));
    }
    WebSocketClient silent = client();
    silent.send(Opcode::close, "");
    expect_closed(silent, 0);
}

TEST_F(HttpWebSocketTest, the_program_closes_and_nothing_more_is_delivered) {
    start();
    WebSocketClient ws = client();
    ASSERT_TRUE(eventually([&] { return open == 1; }));

    on_last([](WebSocket& socket) {
        socket.close(close_code::policy);
        socket.send_text(std::make_shared<const std::string>("too late"));
        socket.close(close_code::normal);
    });
    ws.send(Opcode::text, "too late as well");

    expect_closed(ws, close_code::policy);
    ws.send(Opcode::close, code_text(close_code::policy));
    EXPECT_EQ(ws.read().opcode, -1) << "over";
}

TEST_F(HttpWebSocketTest, a_connection_that_breaks_is_told_once) {
    start();
    for (int i = 0; i < 3; ++i) {
        WebSocketClient ws = client();
        ASSERT_TRUE(eventually([&] { return open == 1; }));
        ws.wire.reset();
        EXPECT_TRUE(eventually([&] { return open == 0; }));
    }
    ponte::testing::let_pass(20ms);
    EXPECT_EQ(open, 0);
}

TEST_F(HttpWebSocketTest, who_does_not_read_is_dropped_when_the_queue_is_full) {
    start();
    WebSocketClient ws = client(4096);
    ASSERT_TRUE(eventually([&] { return open == 1; }));
    const auto block = std::make_shared<const std::string>(64 * 1024, 'x');
    std::size_t most = 0;

    on_last([&](WebSocket& socket) {
        for (int i = 0; i < 200; ++i) {
            socket.send_text(block);
            most = std::max(most, socket.queued_bytes());
        }
    });

    EXPECT_TRUE(eventually([&] { return open == 0; }));
    EXPECT_LE(most, config.limits.websocket_queue_bytes);
    EXPECT_GT(most, config.limits.websocket_queue_bytes / 2) << "what is allowed is kept";
}

TEST_F(HttpWebSocketTest, who_reads_nothing_at_all_is_dropped_in_time) {
    config.limits.write_timeout = 200ms;
    start();
    WebSocketClient ws = client(4096);
    ASSERT_TRUE(eventually([&] { return open == 1; }));

    on_last([&](WebSocket& socket) {
        socket.send_text(std::make_shared<const std::string>(900'000, 'x'));
    });

    EXPECT_TRUE(eventually([&] { return open == 0; }));
}

TEST_F(HttpWebSocketTest, a_queue_that_drains_slowly_arrives_whole_and_in_order) {
    start();
    WebSocketClient ws = client(4096);
    ASSERT_TRUE(eventually([&] { return open == 1; }));

    on_last([&](WebSocket& socket) {
        for (int i = 0; i < 200; ++i) {
            socket.send_text(
                std::make_shared<const std::string>(std::string(4'000, 'x') + std::to_string(i)));
        }
    });

    for (int i = 0; i < 200; ++i) {
        ASSERT_TRUE(ws.read().payload.ends_with("x" + std::to_string(i))) << i;
    }
}

TEST_F(HttpWebSocketTest, draining_tells_every_socket_that_we_go_away) {
    start(2);
    std::vector<WebSocketClient> all;
    for (int i = 0; i < 4; ++i) {
        all.push_back(client());
    }
    ASSERT_TRUE(eventually([&] { return open == 4; }));

    std::thread drain([&] { server->drain(5s); });
    for (auto& ws : all) {
        EXPECT_EQ(ws.read().close_code(), close_code::going_away);
        ws.send(Opcode::close, code_text(close_code::going_away));
    }
    drain.join();

    EXPECT_TRUE(eventually([&] { return open == 0; }));
}

TEST_F(HttpWebSocketTest, a_frame_that_comes_with_the_request_is_read) {
    start();
    Wire wire = connect();
    wire.send(
        request_text("GET /before HTTP/1.1") +
        request_text("GET /socket HTTP/1.1",
                     {"Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="}) +
        ClientFrame{.payload = "early"}.text());

    EXPECT_EQ(wire.read_answer().body, "GET /before?|");
    EXPECT_EQ(wire.read_answer().status, 101);
    EXPECT_EQ(wire.read_bytes(7),
              "\x81\x05"
              "early");
}

TEST_F(HttpWebSocketTest, who_asks_badly_or_elsewhere_is_refused) {
    const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    const std::string version = "Sec-WebSocket-Version: 13", upgrade = "Upgrade: websocket",
                      connection = "Connection: Upgrade";
    const struct {
        std::string name, first_line;
        std::vector<std::string> lines;
        int status;
    } rows[] = {
        {"no key", "GET /socket HTTP/1.1", {upgrade, connection, version}, 400},
        {"a short key",
         "GET /socket HTTP/1.1",
         {upgrade, connection, version, "Sec-WebSocket-Key: abc"},
         400},
        {"no connection header", "GET /socket HTTP/1.1", {upgrade, version, key}, 400},
        {"not GET", "POST /socket HTTP/1.1", {upgrade, connection, version, key}, 400},
        {"another version",
         "GET /socket HTTP/1.1",
         {upgrade, connection, "Sec-WebSocket-Version: 8", key},
         426},
        {"a forbidden path", "GET /forbidden HTTP/1.1", {upgrade, connection, version, key}, 403},
        {"a path without sockets", "GET /x HTTP/1.1", {upgrade, connection, version, key}, 200},
        {"another protocol", "GET /x HTTP/1.1", {"Upgrade: h2c", connection}, 200},
    };
    start();
    for (const auto& row : rows) {
        EXPECT_EQ(ask(request_text(row.first_line, row.lines)).status, row.status) << row.name;
    }
    EXPECT_EQ(open, 0);
}

}  // namespace
}  // namespace ponte::http
