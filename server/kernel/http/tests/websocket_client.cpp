#include "kernel/http/tests/websocket_client.hpp"

namespace ponte::http {
namespace {

std::string big_endian(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = bytes - 1; i >= 0; --i) {
        text += static_cast<char>(value >> (8 * i));
    }
    return text;
}

std::uint64_t number(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) {
        value = value << 8 | static_cast<unsigned char>(c);
    }
    return value;
}

}  // namespace

std::string code_text(std::uint16_t code) { return big_endian(code, 2); }

std::string ClientFrame::text() const {
    const int first = (is_final ? 0x80 : 0) | reserved_bits << 4 | static_cast<int>(opcode);
    const int mask_bit = is_masked ? 0x80 : 0;
    std::string bytes(1, static_cast<char>(first));
    if (payload.size() < 126) {
        bytes += static_cast<char>(mask_bit | static_cast<int>(payload.size()));
    } else if (payload.size() < 65'536) {
        bytes += static_cast<char>(mask_bit | 126);
        bytes += big_endian(payload.size(), 2);
    } else {
        bytes += static_cast<char>(mask_bit | 127);
        bytes += big_endian(payload.size(), 8);
    }
    if (!is_masked) {
        return bytes + payload;
    }
    const std::string mask = "\x12\x34\x56\x78";
    bytes += mask;
    for (std::size_t i = 0; i < payload.size(); ++i) {
        bytes += static_cast<char>(payload[i] ^ mask[i % 4]);
    }
    return bytes;
}

int ServerFrame::close_code() const {
    return payload.size() < 2 ? 0 : static_cast<int>(number(payload.substr(0, 2)));
}

WebSocketClient::WebSocketClient(Wire wire_, const std::string& path) : wire(std::move(wire_)) {
    wire.send(
        request_text("GET " + path + " HTTP/1.1",
                     {"Upgrade: websocket", "Connection: keep-alive, Upgrade",
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"}));
    opened = wire.read_answer();
}

bool WebSocketClient::send(Opcode opcode, std::string payload) {
    ClientFrame frame;
    frame.opcode = opcode;
    frame.payload = std::move(payload);
    return send(frame);
}

ServerFrame WebSocketClient::read() {
    ServerFrame frame;
    const std::string head = wire.read_bytes(2);
    if (head.size() < 2) {
        return frame;
    }
    frame.opcode = head[0] & 0x0f;
    frame.is_final = (head[0] & 0x80) != 0;
    std::uint64_t size = head[1] & 0x7f;
    if (size >= 126) {
        size = number(wire.read_bytes(size == 126 ? 2 : 8));
    }
    frame.payload = wire.read_bytes(size);
    return frame;
}

}  // namespace ponte::http
