// How a client gets in: its token is checked each time, also when it comes back; then it gets what
// it missed, then the reply, then what happened meanwhile.
#include "kernel/entities/catalogue.hpp"
#include "kernel/log.hpp"
#include "kernel/people.hpp"
#include "kernel/realtime/packets.hpp"
#include "kernel/realtime/station.hpp"
#include "kernel/realtime/ticket.hpp"
#include "kernel/services.hpp"

namespace ponte::realtime {
namespace {

constexpr std::size_t most_missed = 5'000, sid_bytes = 15;
constexpr std::uint16_t try_again_later = 1013;

struct Entrance {
    enum class Answer { welcome, refused, trouble } answer = Answer::trouble;
    Principal who;
    Time expires_at{};
};

Time expiry_of(const Services& services, const std::string& token) {
    const Time at = now();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch());
    const auth::Verified verified =
        auth::verify_token(token, services.keys.token_key, seconds.count());
    return Time{std::chrono::seconds{verified.claims.expires_at_s}};
}

Task<Entrance> ask(Core& core, Loop& loop, std::string token) {
    Entrance entrance;
    try {
        const auth::Credential shown{token, false};
        entrance.who = co_await core.services.sessions().principal_of(loop, shown);
        if (entrance.who.team) {
            co_await core.teams.of(loop, entrance.who.tenant);
        }
        entrance.expires_at = expiry_of(core.services, token);
        entrance.answer = Entrance::Answer::welcome;
    } catch (const Error& error) {
        if (error.status == 401 || error.status == 403) {
            entrance.answer = Entrance::Answer::refused;
        }
    } catch (const std::exception& problem) {
        log::warning("a socket could not be let in", {{"problem", problem.what()}});
    }
    co_return entrance;
}

Task<std::optional<std::vector<Event>>> missed_by(Core& core, Loop& loop, Id tenant,
                                                  Position after) {
    std::optional<std::vector<Event>> missed;
    try {
        missed = co_await core.services.feed().since(loop, tenant, after, most_missed);
    } catch (const std::exception& problem) {
        log::warning("missed events cannot be read", {{"problem", problem.what()}});
    }
    co_return missed;
}

// Only one's own former self: a stolen pid is worth nothing to somebody else.
std::optional<Ticket> ticket_in(const Json& auth, const Principal& who, std::string_view key) {
    const std::string& pid = auth["pid"].as_string();
    if (pid.empty()) {
        return {};
    }
    auto ticket = open_ticket(pid, key);
    if (!ticket || ticket->tenant != who.tenant || ticket->user != who.user) {
        return {};
    }
    if (const auto offset = Position::parse(auth["offset"].as_string())) {
        ticket->position = *offset;
    }
    return ticket;
}

}  // namespace

void Client::refuse(std::string_view why, int code) {
    state_ = State::absent;
    absent_since_ = Clock::now();
    connection_.send(refused_message("/", why, Json::object({{"code", code}})));
    connection_.settled();
}

void Client::enter(Principal who, Time expires_at) {
    who_ = std::move(who);
    role_digest_ = who_.permissions.digest();
    expires_at_ = expires_at;
    state_ = State::catching_up;
    seen_ = connection_.station().position();
    connection_.station().enter(*this);
    connection_.station().core().enter(who_.tenant);
}

void Client::replay(const std::vector<Event>& missed) {
    Core& core = connection_.station().core();
    const auto team_of = core.teams.known(who_.tenant);
    const records::Catalogue& entities = core.services.entities();
    for (const Event& event : missed) {
        const Subject subject = core.subject_of(event);
        ReachByRole reaches;
        const Reaches reach = reaches.of(who_.permissions, role_digest_, subject);
        const Sight sight = sight_of(who_, reach, subject, team_of.get());
        const records::Kind* kind = entities.find(event.entity);
        const records::Kind* seen = kind ? &entities.seen(*kind, who_) : nullptr;
        if (sight != Sight::nothing) {
            connection_.send(sight == Sight::event ? core.untitled_text(event, seen)
                                                   : loss_text(event));
        }
        seen_ = event.position;
    }
}

// What arrived while the past was being read; what the past contained already is left out.
void Client::go_live() {
    state_ = State::live;
    for (const Held& held : std::exchange(held_, {})) {
        deliver(held.position, held.text);
    }
    // Whoever came to its records while it changed loops was told to nobody here.
    for (const Record& record : viewing_) {
        connection_.station().core().tell_viewers(record);
    }
    connection_.settled();
}

Task<> Client::let_in(std::shared_ptr<Connection> connection, Json auth) {
    Client& me = connection->client();
    Station& station = connection->station();
    Core& core = station.core();
    const std::string token = auth["token"].as_string();
    if (token.starts_with(ponte::auth::api_key_prefix)) {
        me.refuse("api_key_not_here", 403);
        co_return;
    }
    Entrance entrance = co_await ask(core, station.loop(), token);
    if (connection->is_closed()) {
        co_return;
    }
    if (entrance.answer == Entrance::Answer::refused) {
        me.refuse("unauthorized", 401);
        co_return;
    }
    if (entrance.answer == Entrance::Answer::trouble) {
        connection->close(try_again_later);
        co_return;
    }
    me.enter(std::move(entrance.who), entrance.expires_at);
    const std::string& key = core.services.keys.seal_key;
    std::optional<Ticket> ticket = ticket_in(auth, me.who_, key);
    std::optional<std::vector<Event>> missed;
    if (ticket) {
        me.seen_ = ticket->position;
        missed = co_await missed_by(core, station.loop(), me.who_.tenant, ticket->position);
    }
    if (connection->is_closed() || !me.is_here()) {
        connection->settled();
        co_return;
    }
    if (missed) {
        me.replay(*missed);
        connection->send(connect_message(ticket->sid, auth["pid"].as_string()));
    } else {
        me.seen_ = station.position();
        me.held_.clear();
        const Ticket given{me.who_.tenant, me.who_.user, auth::random_token(sid_bytes), me.seen_};
        connection->send(connect_message(given.sid, seal_ticket(given, key)));
    }
    me.go_live();
}

void Client::depart() {
    if (is_here()) {
        seen_ = std::max(seen_, connection_.station().position());
        connection_.station().leave(*this);
    }
}

void Client::arrive() {
    if (!is_here()) {
        return;
    }
    connection_.station().enter(*this);
    if (connection_.station().position() != seen_) {
        state_ = State::catching_up;
        spawn(connection_.station().loop(), catch_up(connection_.shared_from_this()));
    }
}

Task<> Client::catch_up(std::shared_ptr<Connection> connection) {
    Client& me = connection->client();
    Station& station = connection->station();
    const auto missed =
        co_await missed_by(station.core(), station.loop(), me.who_.tenant, me.seen_);
    if (connection->is_closed() || !me.is_here()) {
        connection->settled();
        co_return;
    }
    if (!missed) {
        connection->close(try_again_later);
        co_return;
    }
    me.replay(*missed);
    me.go_live();
}

}  // namespace ponte::realtime
