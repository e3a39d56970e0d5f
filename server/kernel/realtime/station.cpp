#include "kernel/realtime/station.hpp"

#include <algorithm>
#include <map>

#include "kernel/entities/catalogue.hpp"
#include "kernel/realtime/packets.hpp"
#include "kernel/services.hpp"

namespace ponte::realtime {

Position Station::position() {
    if (position_ == Position{}) {
        position_ = core_.services.feed().newest();
    }
    return position_;
}

std::shared_ptr<Connection> Station::open(std::shared_ptr<http::WebSocket> socket) {
    constexpr std::size_t sid_bytes = 15;
    auto connection = std::make_shared<Connection>(*this, auth::random_token(sid_bytes));
    add(connection);
    ++core_.connected;
    connection->begin(std::move(socket));
    return connection;
}

std::shared_ptr<Connection> Station::find(const std::string& sid) const {
    const auto found = connections_.find(sid);
    return found == connections_.end() ? nullptr : found->second;
}

void Station::add(std::shared_ptr<Connection> connection) {
    core_.settle(connection->sid(), *this);
    connections_[connection->sid()] = std::move(connection);
}

void Station::remove(const std::string& sid) { connections_.erase(sid); }

void Station::enter(Client& client) { clients_[client.who().tenant].push_back(&client); }

void Station::leave(Client& client) {
    const auto found = clients_.find(client.who().tenant);
    if (found == clients_.end()) {
        return;
    }
    std::erase(found->second, &client);
    if (found->second.empty()) {
        clients_.erase(found);
    }
}

namespace {

const std::shared_ptr<const std::string>& whole_text(const Principal& who, const Outgoing& event) {
    const bool may_name =
        event.titled_text &&
        std::all_of(event.titles_of.begin(), event.titles_of.end(), [&](std::string_view resource) {
            return who.permissions.reach(resource, "read") == Reach::all;
        });
    return may_name ? event.titled_text : event.text;
}

// The same event for many readers, each text made once.
class TextsBySight {
public:
    TextsBySight(const Core& core, const Outgoing& event) : core_(core), event_(event) {}
    std::shared_ptr<const std::string> for_reader(const Principal& who) {
        const records::Catalogue& entities = core_.services.entities();
        const records::Kind* seen = event_.kind ? &entities.seen(*event_.kind, who) : nullptr;
        if (!seen || seen->withheld.empty()) {
            return whole_text(who, event_);
        }
        auto& text = made_[seen];
        if (!text) {
            text = core_.untitled_text(*event_.event, seen);
        }
        return text;
    }

private:
    const Core& core_;
    const Outgoing& event_;
    std::map<const records::Kind*, std::shared_ptr<const std::string>> made_;
};

}  // namespace

void Station::deliver(const std::vector<Outgoing>& batch, Position last) {
    for (const Outgoing& event : batch) {
        const auto found = clients_.find(event.tenant);
        if (found == clients_.end()) {
            continue;
        }
        ReachByRole reaches;
        TextsBySight texts(core_, event);
        const auto team_of = core_.teams.known(event.tenant);
        for (Client* client : found->second) {
            const Principal& who = client->who();
            const Reaches reach = reaches.of(who.permissions, client->role_digest(), event.subject);
            const Sight sight = sight_of(who, reach, event.subject, team_of.get());
            if (sight == Sight::event) {
                client->deliver(event.position, texts.for_reader(who));
            } else if (sight == Sight::loss) {
                client->deliver(event.position, event.loss_text);
                client->look_away(event.record);
            }
        }
    }
    position_ = std::max(position_, last);
}

namespace {

bool is_meant(const Announcement& told, const Principal& who, ReachByRole& reaches,
              std::size_t digest) {
    if (told.user && who.user == *told.user) {
        return true;
    }
    if (told.resource.empty()) {
        return !told.user;
    }
    const Reach reach = reaches.of(who.permissions, digest, told.resource);
    return told.user ? reach == Reach::all : reach != Reach::none;
}

}  // namespace

void Station::tell(const Announcement& told) {
    const auto found = clients_.find(told.tenant);
    if (found == clients_.end()) {
        return;
    }
    ReachByRole reaches;
    const auto text = std::make_shared<const std::string>(
        event_message(told.name, told.payload_json, position().text()));
    for (Client* client : found->second) {
        const Principal& who = client->who();
        if (is_meant(told, who, reaches, client->role_digest())) {
            client->tell(text);
        }
    }
}

void Station::tell_viewers(const Record& record, const std::string& payload_json) {
    const auto found = clients_.find(record.tenant);
    if (found == clients_.end()) {
        return;
    }
    const auto text = std::make_shared<const std::string>(
        event_message("viewers", payload_json, position().text()));
    for (Client* client : found->second) {
        if (client->views(record)) {
            client->tell(text);
        }
    }
}

void Station::revoke(const Id& id) {
    std::vector<std::shared_ptr<Connection>> ended;
    for (const auto& [sid, connection] : connections_) {
        const Client& client = connection->client();
        const Principal& who = client.who();
        if (client.is_here() && (who.session == id || who.user == id || who.tenant == id)) {
            ended.push_back(connection);
        }
    }
    for (const auto& connection : ended) {
        connection->client().disconnect();
    }
}

void Station::close_all(std::uint16_t code) {
    for (const auto& [sid, connection] : connections_) {
        connection->close(code);
    }
}

void Station::beat() {
    const auto at = Clock::now();
    const Time wall = now();
    for (const auto& [sid, connection] : connections_) {
        connection->beat(at, wall);
    }
}

}  // namespace ponte::realtime
