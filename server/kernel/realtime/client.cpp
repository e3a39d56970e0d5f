#include "kernel/realtime/client.hpp"

#include <algorithm>

#include "kernel/app.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/log.hpp"
#include "kernel/realtime/packets.hpp"
#include "kernel/realtime/station.hpp"
#include "kernel/records/read.hpp"
#include "kernel/services.hpp"

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

struct Question {
    Principal who;
    Record record;
};

// As GET of the record would answer.
Task<bool> may_read(Station& station, Question question) {
    Services& services = station.core().services;
    Ctx ctx(services, station.loop());
    ctx.who = std::move(question.who);
    const records::ReadOne one{question.record.id};
    db::Statement statement =
        read_statement(ctx, services.entities().get(question.record.entity), one);
    const db::Scope scope{db::Role::app, question.record.tenant};
    bool is_readable = false;
    try {
        const db::Rows rows = co_await services.database().query(
            station.loop(), scope, std::move(statement.sql), std::move(statement.params));
        is_readable = !rows.empty();
    } catch (const std::exception& problem) {
        log::warning("a viewer could not be let in", {{"problem", problem.what()}});
    }
    co_return is_readable;
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
    if (packet.type == PacketType::event && name == "viewing") {
        Asked asked{argument, packet.ack};
        spawn(connection_.station().loop(), view(connection_.shared_from_this(), std::move(asked)));
    } else if (packet.type == PacketType::event && name == "leaving") {
        answer(packet.ack, stop_viewing(argument));
    } else {
        answer(packet.ack, failure("unknown_event"));
    }
}

void Client::answer(const std::optional<std::uint64_t>& ack, const Json& what) {
    if (ack) {
        connection_.send(ack_message(*ack, what));
    }
}

// Who may not read a record does not learn who looks at it, and is not seen there.
Task<> Client::view(std::shared_ptr<Connection> connection, Asked asked) {
    Client& me = connection->client();
    Station& station = connection->station();
    const auto record = record_in(asked.record, me.who_.tenant);
    if (!record) {
        me.answer(asked.ack, failure("bad_request"));
        co_return;
    }
    const auto& entities = station.core().services.entities();
    const std::string_view resource = entities.resource_of(record->entity);
    if (resource.empty() || me.who_.permissions.reach(resource, "read") == Reach::none) {
        me.answer(asked.ack, failure("forbidden"));
        co_return;
    }
    if (me.viewing_.size() + me.asked_to_view_.size() >= most_viewed && !me.views(*record)) {
        me.answer(asked.ack, failure("too_many"));
        co_return;
    }
    me.asked_to_view_.push_back(*record);
    Question question{me.who_, *record};
    ++me.questions_;
    const bool is_readable = co_await may_read(station, std::move(question));
    --me.questions_;
    const auto place = std::ranges::find(me.asked_to_view_, *record);
    const bool still_asks = me.is_here() && place != me.asked_to_view_.end();
    if (still_asks && !connection->is_closed()) {
        me.asked_to_view_.erase(place);
        me.answer(asked.ack, is_readable ? me.begin_viewing(*record) : failure("not_found"));
    }
    connection->settled();
}

Json Client::begin_viewing(const Record& record) {
    Core& core = connection_.station().core();
    if (!views(record)) {
        viewing_.push_back(record);
        if (core.presence.enter(record, who_.user, who_.name)) {
            core.tell_viewers(record);
        }
    }
    return Json::object({{"users", core.presence.users(record)}});
}

void Client::look_away(const Record& record) {
    Core& core = connection_.station().core();
    std::erase(asked_to_view_, record);
    if (std::erase(viewing_, record) > 0 && core.presence.leave(record, who_.user)) {
        core.tell_viewers(record);
    }
}

Json Client::stop_viewing(const Json& record_json) {
    const auto record = record_in(record_json, who_.tenant);
    if (!record) {
        return failure("bad_request");
    }
    look_away(*record);
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
    asked_to_view_.clear();
    held_.clear();
}

}  // namespace ponte::realtime
