#include "kernel/realtime/packets.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "kernel/error.hpp"

namespace ponte::realtime {
namespace {

constexpr int most_attachments = 10;
constexpr std::array<std::string_view, 6> reserved_events = {
    "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"};

bool is_binary(PacketType type) {
    return type == PacketType::binary_event || type == PacketType::binary_ack;
}

bool is_digit(char one) { return one >= '0' && one <= '9'; }

// Takes leading digits off the text; nothing when there are none or the number is no number of
// ours.
std::optional<std::uint64_t> take_number(std::string_view& text) {
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{}) {
        return {};
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

std::string take_attachments(std::string_view& text, Packet& packet) {
    const auto count = take_number(text);
    if (!count || *count == 0 || !text.starts_with('-')) {
        return "Illegal attachments";
    }
    if (*count > most_attachments) {
        return "too many attachments";
    }
    text.remove_prefix(1);
    packet.attachments = static_cast<int>(*count);
    return {};
}

void take_name_space(std::string_view& text, Packet& packet) {
    if (!text.starts_with('/')) {
        return;
    }
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view name = text.substr(0, comma);
    packet.name_space = name.substr(0, name.find('?'));
    text.remove_prefix(std::min(comma + 1, text.size()));
}

bool is_event(const Json& data) {
    if (data.items().empty()) {
        return false;
    }
    const Json& name = data.items().front();
    const bool is_reserved =
        std::ranges::find(reserved_events, name.as_string()) != reserved_events.end();
    return name.is_number() || (name.is_string() && !is_reserved);
}

bool fits(PacketType type, const std::optional<Json>& data) {
    switch (type) {
        case PacketType::connect:
            return !data || data->is_object();
        case PacketType::disconnect:
            return !data;
        case PacketType::connect_error:
            return data && (data->is_string() || data->is_object());
        case PacketType::event:
        case PacketType::binary_event:
            return data && is_event(*data);
        case PacketType::ack:
        case PacketType::binary_ack:
            return data && data->is_array();
    }
    return false;
}

Decoded refused(std::string problem) { return {{}, std::move(problem)}; }

}  // namespace

Decoded decode_packet(std::string_view text) {
    if (text.empty() || text.front() < '0' || text.front() > '6') {
        return refused("unknown packet type " + std::string(text.substr(0, 1)));
    }
    Packet packet;
    packet.type = static_cast<PacketType>(text.front() - '0');
    text.remove_prefix(1);
    if (is_binary(packet.type)) {
        std::string problem = take_attachments(text, packet);
        if (!problem.empty()) {
            return refused(std::move(problem));
        }
    }
    take_name_space(text, packet);
    if (!text.empty() && is_digit(text.front())) {
        packet.ack = take_number(text);
        if (!packet.ack) {
            return refused("invalid ack id");
        }
    }
    std::optional<Json> data;
    if (!text.empty()) {
        try {
            data = Json::parse(text, most_values_in_a_body);
        } catch (const Error&) {
            return refused("invalid payload");
        }
    }
    if (!fits(packet.type, data)) {
        return refused("invalid payload");
    }
    packet.data = data ? std::move(*data) : Json{};
    return {std::move(packet), {}};
}

std::string connect_message(std::string_view sid, std::string_view pid) {
    return "40" + Json::object({{"sid", sid}, {"pid", pid}}).dump();
}

std::string refused_message(std::string_view name_space, std::string_view message, Json data) {
    Json body = Json::object({{"message", message}});
    if (!data.is_null()) {
        body.set("data", std::move(data));
    }
    std::string text = "44";
    if (name_space != "/") {
        text.append(name_space).append(",");
    }
    return text + body.dump();
}

std::string ack_message(std::uint64_t ack, const Json& answer) {
    std::string text = "43" + std::to_string(ack) + "[";
    answer.dump_to(text);
    return text + "]";
}

std::string event_message(std::string_view name, std::string_view payload_json,
                          std::string_view offset) {
    std::string text = "42[";
    append_json_string(text, name);
    text.append(",").append(payload_json).append(",");
    append_json_string(text, offset);
    return text + "]";
}

}  // namespace ponte::realtime
