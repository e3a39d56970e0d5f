#include "kernel/http/worker.hpp"

#include <algorithm>

#include "kernel/http/session.hpp"

namespace ponte::http {
namespace {

constexpr std::size_t read_bytes = 64 * 1024;
constexpr std::size_t most_spare_texts = 16, most_spare_bytes = 64 * 1024;

}  // namespace

Worker::Worker(Loop& loop, std::shared_ptr<Shared> shared)
    : loop_(loop), shared_(std::move(shared)), read_buffer_(read_bytes) {}

// Fine enough for the shortest limit, coarse enough to cost nothing.
Milliseconds Worker::clock_step() const {
    const Limits& all = limits();
    const auto shortest =
        std::min({all.header_timeout, all.body_timeout, all.idle_timeout, all.write_timeout});
    return std::clamp(shortest / 8, Milliseconds{5}, Milliseconds{1'000});
}

void Worker::start_clock() {
    loop_.post_after(clock_step(), [self = weak_from_this()] {
        if (const auto worker = self.lock()) {
            worker->check_deadlines();
            worker->start_clock();
        }
    });
}

// Backwards, because a connection that ends here is replaced by the last one.
void Worker::check_deadlines() {
    const auto now = Clock::now();
    for (std::size_t i = connections_.size(); i-- > 0;) {
        if (i < connections_.size()) {
            connections_[i]->check_deadline(now);
        }
    }
}

void Worker::accept(std::unique_ptr<Stream> stream, std::string peer_address) {
    const bool is_full = shared_->connections >= limits().max_connections;
    const auto session =
        std::make_shared<Session>(shared_from_this(), std::move(stream), std::move(peer_address));
    session->begin();
    if (is_full) {
        session->refuse(503, "overloaded");
    }
}

void Worker::enter(Connection& connection) {
    connection.place_ = connections_.size();
    connections_.push_back(&connection);
    ++shared_->connections;
}

void Worker::leave(Connection& connection) {
    Connection* last = connections_.back();
    last->place_ = connection.place_;
    connections_[connection.place_] = last;
    connections_.pop_back();
    if (--shared_->connections == 0) {
        const std::lock_guard lock(shared_->mutex);
        shared_->became_empty.notify_all();
    }
}

void Worker::drain() {
    is_draining_ = true;
    for (std::size_t i = connections_.size(); i-- > 0;) {
        if (i < connections_.size()) {
            connections_[i]->drain();
        }
    }
}

void Worker::kill_all() {
    while (!connections_.empty()) {
        connections_.back()->kill();
    }
}

std::string Worker::borrow_text() {
    if (spare_texts_.empty()) {
        return {};
    }
    std::string text = std::move(spare_texts_.back());
    spare_texts_.pop_back();
    return text;
}

void Worker::give_back(std::string text) {
    const bool is_useful = text.capacity() >= 1024 && text.capacity() <= most_spare_bytes;
    if (is_useful && spare_texts_.size() < most_spare_texts) {
        text.clear();
        spare_texts_.push_back(std::move(text));
    }
}

}  // namespace ponte::http
