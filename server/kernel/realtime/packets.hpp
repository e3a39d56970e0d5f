// The Socket.IO v5 packets inside Engine.IO messages: text in, value out, and back. Pure; what it
// refuses closes the connection. Why: docs/decisions/0113.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/json.hpp"

namespace ponte::realtime {

enum class PacketType {
    connect,
    disconnect,
    event,
    ack,
    connect_error,
    binary_event,
    binary_ack,
};

struct Packet {
    PacketType type = PacketType::connect;
    std::string name_space = "/";
    std::optional<std::uint64_t> ack;
    int attachments = 0;  // binary frames that follow
    Json data;            // null when there is none
};

struct Decoded {
    std::optional<Packet> packet;
    std::string problem;  // why there is no packet
};
// `text` is the message without Engine.IO's leading 4.
Decoded decode_packet(std::string_view text);

// Whole messages, the leading 4 included.
std::string connect_message(std::string_view sid, std::string_view pid);
std::string refused_message(std::string_view name_space, std::string_view message, Json data);
std::string ack_message(std::uint64_t ack, const Json& answer);
// A client that may recover takes the last argument of any event as its offset, so every event has
// one.
std::string event_message(std::string_view name, std::string_view payload_json,
                          std::string_view offset);
inline constexpr std::string_view disconnect_message = "41";

}  // namespace ponte::realtime
