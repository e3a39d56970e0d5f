#include "kernel/db/listening.hpp"

#include <utility>

#include "kernel/log.hpp"

namespace ponte::db {
namespace {

constexpr Milliseconds subscribe_within{10'000};

std::string quoted(const std::string& name) {
    std::string out = "\"";
    for (const char c : name) {
        out += c;
        if (c == '"') {
            out += c;
        }
    }
    return out += '"';
}

}  // namespace

Listening::Listening(std::shared_ptr<Surroundings> around, std::string channel,
                     std::function<void(std::string)> on_notify)
    : around_(std::move(around)), channel_(std::move(channel)), on_notify_(std::move(on_notify)) {}

void Listening::open() {
    if (is_closed_) {
        return;
    }
    Connection::Events events;
    events.on_open = [this] { subscribe(); };
    events.on_notify = on_notify_;
    events.on_lost = [weak = weak_from_this()](const std::string& problem) {
        if (const auto self = weak.lock()) {
            self->lost(problem);
        }
    };
    connection_ = std::make_shared<Connection>(around_, std::move(events));
    connection_->open();
}

void Listening::subscribe() {
    auto unit = std::make_shared<Unit>();
    unit->timeout = subscribe_within;
    unit->has_prologue = false;
    unit->statements.push_back({"listen " + quoted(channel_), {}});
    unit->then = [weak = weak_from_this(), sent = unit.get()] {
        const auto self = weak.lock();
        if (!self || self->is_closed_ || sent->failure) {
            return;
        }
        self->around_->counters.reconnects += self->was_open_ ? 1 : 0;
        self->was_open_ = true;
        self->backoff_.reset();
        self->on_notify_({});  // something may have been told while nobody listened
    };
    connection_->send(std::move(unit));
}

void Listening::lost(const std::string& problem) {
    if (is_closed_) {
        return;
    }
    connection_.reset();
    if (backoff_.is_first()) {
        log::warning("the database is not heard", {{"channel", channel_}, {"problem", problem}});
    }
    around_->loop.post_after(backoff_.next(), [weak = weak_from_this()] {
        if (const auto self = weak.lock()) {
            self->open();
        }
    });
}

void Listening::look(Clock::time_point now) {
    if (connection_) {
        connection_->look(now);
    }
}

void Listening::close() {
    is_closed_ = true;
    if (connection_) {
        connection_->close();
    }
}

}  // namespace ponte::db
