#include "kernel/realtime/probe.hpp"

#include "kernel/realtime/station.hpp"

namespace ponte::realtime {
namespace {

constexpr std::size_t most_early = 100;
constexpr Milliseconds between_releases{50};

}  // namespace

Probe::Probe(std::shared_ptr<Core> core, std::string sid, std::shared_ptr<http::WebSocket> socket)
    : core_(std::move(core)),
      sid_(std::move(sid)),
      loop_(socket->loop()),
      socket_(std::move(socket)) {}

// The socket's callbacks keep us alive until the session listens to it instead, or it closes; then
// we let go of it, so that neither holds the other for ever.
void Probe::begin() {
    const auto self = shared_from_this();
    socket_->on_message = [self](std::string_view payload, bool is_binary) {
        self->receive(payload, is_binary);
    };
    socket_->on_close = [self] {
        self->state_ = State::over;
        self->loop_.post([self] { self->socket_.reset(); });
    };
    const std::weak_ptr<Probe> watched = self;
    loop_.post_after(upgrade_timeout, [watched] {
        const auto probe = watched.lock();
        if (probe && (probe->state_ == State::waiting || probe->state_ == State::probed)) {
            probe->give_up();
        }
    });
}

void Probe::receive(std::string_view payload, bool is_binary) {
    if (state_ == State::moving && early_.size() < most_early) {
        early_.emplace_back(payload, is_binary);
    } else if (state_ == State::waiting && payload == "2probe") {
        state_ = State::probed;
        socket_->send_text(std::make_shared<const std::string>("3probe"));
        release_polls();
    } else if (state_ == State::probed && payload == "5") {
        state_ = State::moving;
        move();
    } else if (state_ != State::over) {
        give_up();
    }
}

// The client finishes its upgrade only when no poll is under way; the one that we release may not
// be the last, since the next may just have been sent.
void Probe::release_polls() {
    if (state_ != State::probed) {
        return;
    }
    if (Station* station = core_->whereabouts(sid_)) {
        station->loop().post([core = core_, station, sid = sid_] {
            if (const auto connection = station->find(sid)) {
                connection->release_poll();
            }
        });
    }
    loop_.post_after(between_releases, [self = shared_from_this()] { self->release_polls(); });
}

void Probe::move() {
    Station* from = core_->whereabouts(sid_);
    if (!from) {
        give_up();
        return;
    }
    Station& target = core_->station_of(loop_);
    auto then = [self = shared_from_this()](const std::shared_ptr<Connection>& connection) {
        if (connection) {
            self->moved(connection);
        } else {
            self->loop_.post([self] { self->give_up(); });
        }
    };
    from->loop().post([core = core_, from, &target, sid = sid_, socket = socket_, then] {
        if (const auto connection = from->find(sid)) {
            connection->upgrade(target, socket, then);
        } else {
            then(nullptr);
        }
    });
}

void Probe::moved(const std::shared_ptr<Connection>& connection) {
    const bool was_lost = state_ == State::over;
    state_ = State::over;
    socket_.reset();
    if (was_lost) {
        connection->close(0);  // it went away while the session was on its way to it
        return;
    }
    for (const auto& [payload, is_binary] : std::exchange(early_, {})) {
        connection->receive(payload, is_binary);
    }
}

void Probe::give_up() {
    if (state_ != State::over) {
        state_ = State::over;
        socket_->close(0);
    }
}

}  // namespace ponte::realtime
