#include "kernel/realtime/client.hpp"

#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/realtime/packets.hpp"
#include "kernel/realtime/station.hpp"
#include "kernel/resources/catalogue.hpp"

namespace ponte::realtime {
namespace {

constexpr std::size_t most_held = 2'000, most_viewed = 5;

Json failure(std::string_view code) {
    return Json::object({{"error", Json::object({{"code", code}})}});
}

std::optional<Record> record_in(const Json& json, const Id& tenant) {
    const auto id = Id::parse(json["id"].as_string());
    const std::string& entity = json["entity"].as_string();
    if (!id || entity.empty()) {
        return {};
    }
    return Record{tenant, entity, *id};
}

}  // namespace

bool Client::is_late(Clock::time_point at) const {
    return state_ == State::absent && at - absent_since_ >= connect_timeout;
}

bool Client::views(const Record& record) const {
    return state_ == State::live && std::ranges::find(viewing_, record) != viewing_.end();
}

void Client::receive(std::string_view text) {
    const Decoded decoded = decode_packet(text);
    if (!decoded.packet || attachments_owed_ > 0) {
        connection_.close(0);
        return;
    }
    const Packet& packet = *decoded.packet;
    if (packet.type == PacketType::connect) {
        connect(packet);
        return;
    }
    if (packet.name_space != "/" || !is_here()) {
        connection_.close(0);
        return;
    }
    switch (packet.type) {
        case PacketType::disconnect:
            leave();
            break;
        case PacketType::binary_event:
        case PacketType::binary_ack:
        case PacketType::event:
            attachments_owed_ = packet.attachments;
            handle(packet);
            break;
        case PacketType::ack:
            break;  // we never ask for one
        case PacketType::connect:
        case PacketType::connect_error:
            connection_.close(0);
            break;
    }
}

void Client::receive_binary() {
    if (attachments_owed_ == 0) {
        connection_.close(0);
        return;
    }
    --attachments_owed_;  // accepted and ignored: nothing that we offer takes bytes
}

void Client::connect(const Packet& packet) {
    if (packet.name_space != "/") {
        connection_.send(refused_message(packet.name_space, "Invalid namespace", {}));
        return;
    }
    if (state_ != State::absent) {
        connection_.close(0);
        return;
    }
    state_ = State::asking;
    spawn(connection_.station().loop(), let_in(connection_.shared_from_this(), packet.data));
}

void Client::handle(const Packet& packet) {
    if (packet.type == PacketType::binary_ack) {
        return;
    }
    const Json::Array& items = packet.data.items();
    const std::string& name = items.front().as_string();
    const Json argument = items.size() > 1 ? items[1] : Json{};
    Json answer = failure("unknown_event");
    if (packet.type == PacketType::event && name == "viewing") {
        answer = view(argument);
    } else if (packet.type == PacketType::event && name == "leaving") {
        answer = stop_viewing(argument);
    }
    if (packet.ack) {
        connection_.send(ack_message(*packet.ack, answer));
    }
}

Json Client::view(const Json& record_json) {
    Core& core = connection_.station().core();
    const auto record = record_in(record_json, who_.tenant);
    if (!record) {
        return failure("bad_request");
    }
    const std::string_view resource = core.app.entities().resource_of(record->entity);
    const bool may_read =
        !resource.empty() && who_.permissions.reach(resource, "read") != Reach::none;
    if (!may_read) {
        return failure("forbidden");
    }
    if (!views(*record)) {
        if (viewing_.size() >= most_viewed) {
            return failure("too_many");
        }
        viewing_.push_back(*record);
        if (core.presence.enter(*record, who_.user, who_.name)) {
            core.tell_viewers(*record);
        }
    }
    return Json::object({{"users", core.presence.users(*record)}});
}

Json Client::stop_viewing(const Json& record_json) {
    Core& core = connection_.station().core();
    const auto record = record_in(record_json, who_.tenant);
    if (!record) {
        return failure("bad_request");
    }
    if (std::erase(viewing_, *record) > 0 && core.presence.leave(*record, who_.user)) {
        core.tell_viewers(*record);
    }
    return Json::object();
}

void Client::deliver(Position position, const std::shared_ptr<const std::string>& text) {
    if (position <= seen_) {
        return;
    }
    if (state_ == State::live) {
        connection_.send(text);
    } else if (held_.size() < most_held) {
        held_.push_back({position, text});
    } else {
        connection_.close(0);
    }
}

void Client::tell(const std::shared_ptr<const std::string>& text) {
    if (state_ == State::live) {
        connection_.send(text);
    }
}

void Client::disconnect() {
    connection_.send(std::string(disconnect_message));
    leave();
}

void Client::leave() {
    if (!is_here()) {
        state_ = State::absent;
        return;
    }
    Core& core = connection_.station().core();
    state_ = State::absent;
    absent_since_ = Clock::now();
    connection_.station().leave(*this);
    core.leave(who_.tenant);
    for (const Record& record : std::exchange(viewing_, {})) {
        if (core.presence.leave(record, who_.user)) {
            core.tell_viewers(record);
        }
    }
    held_.clear();
}

}  // namespace ponte::realtime
