#include "kernel/db/branch.hpp"

#include <algorithm>
#include <utility>

#include "kernel/db/errors.hpp"

namespace ponte::db {
namespace {

constexpr Milliseconds between_looks{50}, between_looks_while_stopping{5};

}  // namespace

int slow_sessions_of_a_loop(const Config& config, std::size_t loops) {
    constexpr int least = 3;
    const int count = static_cast<int>(loops);
    return std::max(least, (config.slow_total + count - 1) / count);
}

Branch::Branch(Loop& loop, const Config& config, std::size_t loops)
    : around_(std::make_shared<Surroundings>(loop, config)),
      lanes_(around_),
      exclusive_(std::make_shared<Pool>(around_, config.exclusive_per_loop)),
      slow_(std::make_shared<Pool>(around_, slow_sessions_of_a_loop(config, loops))) {}

Lanes& Branch::lanes() {
    admit();
    return lanes_;
}

Pool& Branch::pool(bool is_slow) {
    admit();
    return is_slow ? *slow_ : *exclusive_;
}

void Branch::admit() {
    if (is_stopping_) {
        throw no_database();
    }
    watch();
}

void Branch::watch() {
    if (!std::exchange(is_watching_, true)) {
        around_->loop.post_after(between_looks, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->look();
            }
        });
    }
}

void Branch::look() {
    is_watching_ = false;
    const auto now = Clock::now();
    lanes_.look(now);
    exclusive_->look(now);
    slow_->look(now);
    for (const auto& listening : listenings_) {
        listening->look(now);
    }
    if (!lanes_.is_idle() || !exclusive_->is_idle() || !slow_->is_idle()) {
        watch();
    }
}

void Branch::listen(std::string channel, std::function<void(std::string)> on_notify) {
    if (!is_stopping_) {
        listenings_.push_back(
            std::make_shared<Listening>(around_, std::move(channel), std::move(on_notify)));
        listenings_.back()->open();
    }
}

void Branch::stop(Clock::time_point deadline, std::function<void()> on_stopped) {
    is_stopping_ = true;
    for (const auto& listening : std::exchange(listenings_, {})) {
        listening->close();
    }
    const bool is_idle = lanes_.is_idle() && exclusive_->is_idle() && slow_->is_idle();
    if (!is_idle && Clock::now() < deadline) {
        around_->loop.post_after(
            between_looks_while_stopping,
            [self = shared_from_this(), deadline, on_stopped = std::move(on_stopped)]() mutable {
                self->stop(deadline, std::move(on_stopped));
            });
        return;
    }
    lanes_.close();
    exclusive_->close();
    slow_->close();
    on_stopped();
}

}  // namespace ponte::db
