// A WebSocket client that may break every rule of the protocol.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/http/tests/wire.hpp"
#include "kernel/http/websocket_frames.hpp"

namespace ponte::http {

struct ClientFrame {
    Opcode opcode = Opcode::text;
    bool is_final = true, is_masked = true;
    int reserved_bits = 0;
    std::string text() const;  // its bytes on the wire
    std::string payload;
};

struct ServerFrame {
    int opcode = -1;  // -1: the connection ended
    bool is_final = false;
    std::string payload;

    bool is_close() const { return opcode == static_cast<int>(Opcode::close); }
    int close_code() const;  // 0: none
};

class WebSocketClient {
public:
    explicit WebSocketClient(Wire wire, const std::string& path = "/socket");

    bool send(Opcode opcode, std::string payload);
    bool send(const ClientFrame& frame) { return wire.send(frame.text()); }
    ServerFrame read();

    Wire wire;
    Answer opened;
};

// Two bytes of a close frame's payload.
std::string code_text(std::uint16_t code);

}  // namespace ponte::http
